import { type Hl7Time, parseTime } from '../hl7v2/codec/time.ts'

/** How each letter of a format is written; twice the letter asks for both digits. */
const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d\\d)',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d\\d)',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d\\d)',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d\\d)',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d\\d)',
  s: '(?<second>\\d{1,2})',
}

const token = /yyyy|MM?|dd?|HH?|mm?|ss?/g

/** Whether a format says at least year, month and day, and each part once. */
export const isDateFormat = (format: string): boolean => {
  const found = (format.match(token) ?? []).map((part) => part.charAt(0))
  const isOnce = new Set(found).size === found.length
  return isOnce && ['y', 'M', 'd'].every((part) => found.includes(part))
}

/** A reader of texts in one format, such as `d/M/yyyy H:mm` or `yyyy年M月d日`; undefined for any other text. */
export const dateFormat = (format: string) => {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  let pattern = ''
  let at = 0
  for (const { 0: part, index } of format.matchAll(token)) {
    pattern += literal(format.slice(at, index)) + (tokens[part] ?? '')
    at = index + part.length
  }
  const whole = new RegExp(`^${pattern}${literal(format.slice(at))}$`)
  return (text: string): Hl7Time | undefined => {
    const parts = whole.exec(text)?.groups
    if (!parts) return undefined
    const { year, month = '', day = '', hour = '0', minute = '0', second = '0' } = parts
    const two = (digits: string) => digits.padStart(2, '0')
    const packed = [year, two(month), two(day), two(hour), two(minute), two(second)].join('')
    return parseTime(packed)
  }
}
