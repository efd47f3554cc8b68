import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

/** Words by code, as ICU messages. */
export type Catalogue = Readonly<Record<string, string>>

/** Says a code in a language. A word of the values (`state`, `result`, …) is said in that language too. */
export type Say = (
  locale: string,
  code: string,
  params?: Readonly<Record<string, string | number>>,
) => string

const own: Readonly<Record<string, Catalogue>> = { en, 'zh-CN': zhCn }

/** Values that are codes themselves, and under which prefix their words stand. */
const spoken = ['state', 'result', 'role', 'reason', 'purpose', 'channel', 'kind'] as const

/**
 * Makes a voice from the crm's own catalogues (`en`, `zh-CN`) and a host's, which come first. A locale
 * falls back to its language and then to English, an unknown code to itself.
 */
export const voice = (more: Readonly<Record<string, Catalogue>> = {}): Say => {
  const written = new Map<string, IntlMessageFormat | null>()
  const find = (locale: string, code: string) => {
    const [language = ''] = locale.split('-')
    const alike = Object.keys({ ...more, ...own }).filter((name) => name.split('-')[0] === language)
    for (const name of [locale, ...alike, 'en']) {
      const text = more[name]?.[code] ?? own[name]?.[code]
      if (text !== undefined) return new IntlMessageFormat(text, name)
    }
    return null
  }
  const formatOf = (locale: string, code: string) => {
    const name = `${locale} ${code}`
    const known = written.get(name)
    if (known !== undefined) return known
    const made = find(locale, code)
    written.set(name, made)
    return made
  }
  const say: Say = (locale, code, params = {}) => {
    const format = formatOf(locale, code)
    if (!format) return code
    const values: Record<string, string | number> = { ...params }
    for (const name of spoken) {
      const value = params[name]
      const word = value === undefined ? undefined : formatOf(locale, `${name}.${value}`)
      if (word) values[name] = String(word.format())
    }
    return String(format.format(values))
  }
  return say
}
