import type { Words } from '@hospital-crm/core'
import { otherCardNumber } from './id-card.ts'
import { nameWords } from './name.ts'
import { phoneWords } from './phone.ts'

const identifierWords = (value: string): readonly string[] => {
  const own = value
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]/g, '')
    .toUpperCase()
  const other = otherCardNumber(own)
  return [own, ...(other === undefined ? [] : [other])].filter(Boolean)
}

/**
 * Words for Chinese names (the characters, the whole pinyin, its initials), phone numbers as written in
 * Chinese records (E.164) and identity card numbers (15 digits find 18 and back). The first word is the
 * value's own one form. Needs `pinyin-pro` and `libphonenumber-js`.
 */
export const chineseWords = (): Words => ({
  of: (kind, value) => {
    if (kind === 'name') return nameWords(value)
    if (kind === 'phone') return phoneWords(value)
    if (kind === 'identifier') return identifierWords(value)
    if (kind === 'email') return [value.normalize('NFKC').trim().toLowerCase()].filter(Boolean)
    return []
  },
})
