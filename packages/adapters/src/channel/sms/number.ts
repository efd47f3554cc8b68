/** A Chinese mobile; nothing else in mainland China takes a text message. */
const chinese = /^\+861[3-9]\d{9}$/

/**
 * A number as E.164, read in a country (its calling code, e.g. `86`) when it names none itself.
 * `undefined` for what can take no text message, such as a landline in China.
 */
export const mobileNumber = (written: string, country: string): string | undefined => {
  const digits = written
    .normalize('NFKC')
    .replace(/[\s().\-‐-―]/g, '')
    .replace(/^00/, '+')
  if (!/^\+?\d{5,15}$/.test(digits)) return undefined
  const number =
    country === '86'
      ? digits.replace(/^(?:86|0)?(?=1[3-9]\d{9}$)/, '+86')
      : digits.replace(/^0?(?=\d)/, `+${country}`)
  const whole = digits.startsWith('+') ? digits : number
  if (!/^\+[1-9]\d{6,14}$/.test(whole)) return undefined
  return whole.startsWith('+86') && !chinese.test(whole) ? undefined : whole
}
