import * as z from 'zod'

/** `half-up` goes away from zero on both sides, `down` towards it. */
export const RoundingMode = z.enum(['half-up', 'half-even', 'down'])
export type RoundingMode = z.infer<typeof RoundingMode>

const goesUp = (twice: number | bigint, per: number | bigint, isOdd: boolean, mode: RoundingMode) =>
  mode !== 'down' && (twice > per || (twice === per && (mode === 'half-up' || isOdd)))

/**
 * `parts / per` as a whole number, for safe integers with `parts` from 0 and `per` from 1. `beside`
 * is a whole number it will stand beside: a half-even tie looks at the two together.
 */
export const divide = (parts: number, per: number, mode: RoundingMode, beside = 0): number => {
  const rest = parts % per
  const whole = (parts - rest) / per
  return goesUp(2 * rest, per, (whole + beside) % 2 !== 0, mode) ? whole + 1 : whole
}

/** The same for BigInt of either sign, `per` from 1. */
export const divideBig = (parts: bigint, per: bigint, mode: RoundingMode, beside = 0n): bigint => {
  if (parts < 0n) return -divideBig(-parts, per, mode, beside)
  const rest = parts % per
  const whole = parts / per
  return goesUp(2n * rest, per, (whole + beside) % 2n !== 0n, mode) ? whole + 1n : whole
}
