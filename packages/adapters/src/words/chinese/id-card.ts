/** The digits of a resident identity card to the front of its check, weighed as GB 11643-1999 says. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const checkOf = (front: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(front[at]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

const isDay = (digits: string): boolean => {
  const day = digits.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/**
 * The other form of a Chinese identity card number: 18 digits for the 15 of a card from before 1999, and
 * the other way round. `undefined` for anything that is no such number, or was born too late for the old one.
 */
export const otherCardNumber = (number: string): string | undefined => {
  if (/^\d{15}$/.test(number)) {
    const front = `${number.slice(0, 6)}19${number.slice(6)}`
    return isDay(front.slice(6, 14)) ? front + checkOf(front) : undefined
  }
  if (!/^\d{6}19\d{9}[\dX]$/.test(number) || !isDay(number.slice(6, 14))) return undefined
  if (checkOf(number) !== number[17]) return undefined
  return number.slice(0, 6) + number.slice(8, 17)
}
