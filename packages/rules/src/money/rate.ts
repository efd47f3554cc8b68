import * as z from 'zod'
import { refuse } from '../refusal.ts'

/** A rate as people write it: `"5%"`, or a plain ratio such as `"0.05"`, or `"7"` for seven a unit. */
export const Rate = z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,12})?%?$/, 'rate.malformed')
export type Rate = z.infer<typeof Rate>

/** An exact fraction in lowest terms; `per` is above 0. */
export interface Ratio {
  readonly parts: bigint
  readonly per: bigint
}

/** Refuses what is not written as a rate (`rate.malformed`). Twelve decimals at most. */
export const readRate = (text: Rate): Ratio => {
  if (!Rate.safeParse(text).success) return refuse('rate.malformed')
  const isPercent = text.endsWith('%')
  const [whole = '', fraction = ''] = (isPercent ? text.slice(0, -1) : text).split('.')
  return reduced(BigInt(whole + fraction), 10n ** BigInt(fraction.length + (isPercent ? 2 : 0)))
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))

const reduced = (parts: bigint, per: bigint): Ratio => {
  const common = divisor(per, parts)
  return { parts: parts / common, per: per / common }
}

/** The smallest number that all of these divide. */
export const commonMultiple = (numbers: readonly bigint[]): bigint =>
  numbers.reduce((multiple, number) => (multiple / divisor(multiple, number)) * number, 1n)
