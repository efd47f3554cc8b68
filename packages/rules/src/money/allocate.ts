import * as z from 'zod'
import { refuse } from '../refusal.ts'
import { type Minor, narrow, safe } from './amount.ts'

/** A share's weight: a decimal from 0, such as `"49"` or `"33.5"`. */
export const Weight = z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,12})?$/, 'weight.malformed')
export type Weight = z.infer<typeof Weight>

const decimals = 12

const readWeight = (text: Weight): bigint => {
  if (!Weight.safeParse(text).success) return refuse('weight.malformed')
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}

/**
 * Shares an amount of minor units by weight so that the shares sum to it exactly: whole units first,
 * then one more to the largest remainders, ties to the earlier weight. A negative amount gives the
 * negation. Refuses weights of which none is above 0 (`allocation.no-weight`).
 */
export const allocate = (amount: Minor, weights: readonly Weight[]): readonly Minor[] => {
  if (safe(amount) < 0) return allocate(-amount, weights).map((share) => safe(-share))
  const parts = weights.map(readWeight)
  const all = parts.reduce((sum, part) => sum + part, 0n)
  if (all === 0n) return refuse('allocation.no-weight')
  const exact = parts.map((part) => part * BigInt(amount))
  const shares = exact.map((share) => share / all)
  const spare = BigInt(amount) - shares.reduce((sum, share) => sum + share, 0n)
  const byRemainder = exact
    .map((share, place) => ({ place, rest: share % all }))
    .sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest < b.rest ? 1 : -1))
  const favoured = new Set(byRemainder.slice(0, Number(spare)).map(({ place }) => place))
  return shares.map((share, place) => narrow(favoured.has(place) ? share + 1n : share))
}
