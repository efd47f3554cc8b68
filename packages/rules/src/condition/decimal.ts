/** `digits` divided by ten to the power of `scale`: exact, of any size. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export const decimalForm = /^-?\d{1,40}(\.\d{1,40})?$/
const written = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/

export const ten = (power: number): bigint => 10n ** BigInt(power)

/** Reads a decimal text, or a number by the shortest text that writes it: 0.1 is one tenth. */
export const readDecimal = (value: string | number): Decimal => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = written.exec(`${value}`) ?? []
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  return scale < 0 ? { digits: digits * ten(-scale), scale: 0 } : { digits, scale }
}

/** With as many decimals as its scale says. */
export const writeDecimal = ({ digits, scale }: Decimal): string => {
  const text = `${digits < 0n ? -digits : digits}`.padStart(scale + 1, '0')
  const point = text.length - scale
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`
}

/** The same value with more decimals. */
export const widen = ({ digits, scale }: Decimal, to: number): bigint => digits * ten(to - scale)

const aligned = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale)
  return [widen(a, scale), widen(b, scale), scale]
}

export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  const [left, right, scale] = aligned(a, b)
  return { digits: left + right, scale }
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export type RoundingMode = 'half-up' | 'half-even' | 'down'

/** `half-up` goes away from zero on both sides, `down` towards it. */
export const roundDecimal = (value: Decimal, scale: number, mode: RoundingMode): Decimal => {
  if (value.scale <= scale) return { digits: widen(value, scale), scale }
  const per = ten(value.scale - scale)
  const [whole, rest] = [value.digits / per, value.digits % per]
  const twice = 2n * (rest < 0n ? -rest : rest)
  const isOdd = whole % 2n !== 0n
  const goesOn =
    mode !== 'down' && (twice > per || (twice === per && (mode === 'half-up' || isOdd)))
  return { digits: goesOn ? whole + (value.digits < 0n ? -1n : 1n) : whole, scale }
}

const [zero, minus, point] = [48, 45, 46] as const

/** Fifteen digits, sign and point among them, are a safe integer whichever way they are scaled. */
const quickly = 15

/**
 * A decimal text as a whole number of units of `scale`, where it is one and is safe; NaN where not,
 * also where the text is no decimal at all.
 */
export const unitsOf = (text: string, scale: number): number => {
  if (text.length === 0 || text.length + scale > quickly) return Number.NaN
  let [units, decimals] = [0, -1]
  const from = text.charCodeAt(0) === minus ? 1 : 0
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === point) {
      if (decimals >= 0 || at === from) return Number.NaN
      decimals = 0
    } else {
      const digit = code - zero
      if (!(digit >= 0 && digit <= 9)) return Number.NaN
      units = units * 10 + digit
      if (decimals >= 0) decimals += 1
    }
  }
  if (decimals === 0 || text.length === from || decimals > scale) return Number.NaN
  for (let left = scale - Math.max(decimals, 0); left > 0; left -= 1) units *= 10
  return from === 1 ? 0 - units : units
}

/** A number where it is safe, else a BigInt: the two compare exactly with each other. */
export const narrow = (value: bigint): number | bigint => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/**
 * What decimals are ordered by among bounds of at most `scale` decimals: twice the units, and one more
 * where digits are cut off, so that such a value lies between two bounds and equals none. NaN where the text is no decimal.
 */
export const decimalKey = (text: string, scale: number): number | bigint => {
  const units = unitsOf(text, scale)
  if (!Number.isNaN(units)) return units * 2
  if (!decimalForm.test(text)) return Number.NaN
  const value = readDecimal(text)
  if (value.scale <= scale) return narrow(widen(value, scale) * 2n)
  const per = ten(value.scale - scale)
  const rest = ((value.digits % per) + per) % per
  return narrow(((value.digits - rest) / per) * 2n + (rest === 0n ? 0n : 1n))
}
