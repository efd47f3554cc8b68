import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** What clerks write where there is no number. */
const nothing = /^(无|没有|同上|同前|不详|不明|未知|暂无|未填|拒绝提供|n\/?a|none|null|0+|1|-*)$/i

/** Several numbers in one field. */
const several = /[/;,|、，；\n]|或/

/** An extension, which other writers of the same number leave out. */
const extension = /(转|分机|ext\.?|x|#).*$/i

/** The dial-round codes of the Chinese carriers, in front of a number. */
const dialRound = /^(17951|17911|17909|17901|12593|10193)(?=\d{7})/

/** A Chinese mobile, a landline with its area code, a service number, or a number with its country. */
const complete = /^(1[3-9]\d{9}|0[1-9]\d{8,10}|[48]00\d{7}|\+.*)$/

const digitsOf = (text: string) => {
  const digits = text.replace(/[^+\d]/g, '').replace(/(?!^)\+/g, '')
  return digits.startsWith('+') ? digits : digits.replace(dialRound, '')
}

/** Without what may stand in front of a number in China: 0086, 86, and the 0 that some dial before a mobile's. */
const withoutFront = (digits: string) =>
  digits
    .replace(/^00(?=[1-9])/, '+')
    .replace(/^\+?86(?=1[3-9]\d{9}$)/, '')
    .replace(/^86(?=[2-9]\d{8,10}$)/, '+86')
    .replace(/^\+?86(?=0)/, '')
    .replace(/^0(?=1[3-9]\d{9}$)/, '')

const oneForm = (text: string): string | undefined => {
  const trimmed = text.trim()
  if (nothing.test(trimmed)) return undefined
  const digits = digitsOf(trimmed.replace(extension, ''))
  const number = withoutFront(digits)
  const parsed = complete.test(number) ? parsePhoneNumberFromString(number, 'CN') : undefined
  const form = parsed?.isValid() ? parsed.number : number.replace('+', '')
  return /^\+?0*$/.test(form) ? undefined : form
}

/** Every number in a field as E.164, or as its bare digits when it is no number as it stands. */
export const phoneWords = (value: string): readonly string[] => {
  const text = value.normalize('NFKC')
  if (nothing.test(text.trim())) return []
  const forms = text.split(several).flatMap((part) => oneForm(part) ?? [])
  return [...new Set(forms)]
}
