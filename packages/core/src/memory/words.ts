import type { PersonalKind, Words } from '../ports/words.ts'

const plain = (value: string) => value.normalize('NFKC').trim().toLowerCase()

/** One form for each value, in any script: case, width and spacing do not matter, nor a number's punctuation. */
export const plainWords: Words = {
  of: (kind: PersonalKind, value: string) => {
    if (kind === 'text' || kind === 'date') return []
    if (kind === 'phone') return [plain(value).replace(/[^0-9]/g, '')].filter(Boolean)
    if (kind === 'identifier') return [plain(value).replace(/\s/g, '')]
    return [plain(value).replace(/\s+/g, ' ')]
  },
}
