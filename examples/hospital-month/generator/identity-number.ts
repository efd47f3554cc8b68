import type { Sex } from './names.ts'

/**
 * No place: GB/T 2260 gives out nothing that begins with 9, and read as the number of a foreigner (9, region,
 * nationality) neither region 99 nor nationality 999 exists. So no number made here is anybody's.
 */
const nowhere = '999999'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check character of GB 11643 (ISO 7064 MOD 11-2) for the first 17 digits. */
export const checkCharacter = (digits: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return '10X98765432'.charAt(sum % 11)
}

/** The 18-digit number of a person; `sequence`, 0 to 499, tells persons of one birthday and sex apart. */
export const identityNumber = (birthDate: string, sex: Sex, sequence: number): string => {
  const order = String(2 * sequence + (sex === 'M' ? 1 : 0)).padStart(3, '0')
  const digits = nowhere + birthDate.replaceAll('-', '') + order
  return digits + checkCharacter(digits)
}
