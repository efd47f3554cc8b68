import { readDecimal, widen, writeDecimal } from './decimal.ts'
import type { FactDeclaration, FactValue } from './fact.ts'
import { type Key, kinds, nextDay } from './value-kind.ts'
import type { FactVariable } from './variables.ts'

/**
 * A value of a fact in one region: near its lower bound, within what is declared of the fact, `null`
 * where the region is that it is missing. Undefined where the fact can have no such value.
 */
export const sampleIn = (
  { fact, cuts, scale }: FactVariable<never>,
  region: number,
): FactValue | null | undefined => {
  if (region === 0) return fact.optional ? null : undefined
  const { isOrdered, isValid, keyOf } = kinds[fact.type]
  const within = (value: FactValue, low: Key | undefined, high: Key | undefined) => {
    const key = keyOf(value, scale)
    return (low === undefined || key >= low) && (high === undefined || key < high)
  }
  const isAllowed = (value: FactValue): boolean => {
    if (!isValid(value)) return false
    const same = (other: FactValue) => keyOf(other, scale) === keyOf(value, scale)
    if (fact.values && !fact.values.some(same)) return false
    const { min, max } = fact
    const isBelow = min !== undefined && keyOf(value, 40) < keyOf(min, 40)
    return !isBelow && !(max !== undefined && keyOf(value, 40) > keyOf(max, 40))
  }
  if (!isOrdered) {
    const cut = cuts[region - 1]
    const candidates = cut === undefined ? others(fact) : [cut as FactValue]
    const isCut = (value: FactValue) => cuts.includes(value as Key)
    return candidates.find((value) => isAllowed(value) && (cut !== undefined || !isCut(value)))
  }
  const [low, high] = [cuts[region - 2], cuts[region - 1]]
  return candidatesOf(fact, low, high, scale).find(
    (value) => isAllowed(value) && within(value, low, high),
  )
}

/** Values that a rule set may not have named. */
const others = ({ type, values }: FactDeclaration): readonly FactValue[] => {
  if (values) return values
  if (type === 'boolean') return [true, false]
  return type === 'strings' ? [[]] : ['other', 'another', 'yet another', 'something else']
}

const candidatesOf = (
  fact: FactDeclaration,
  low: Key | undefined,
  high: Key | undefined,
  scale: number,
): readonly FactValue[] => {
  const nearby = near[fact.type]?.(low, high, scale, fact) ?? []
  const declared = [fact.values ?? [], fact.min ?? [], fact.max ?? []].flat() as FactValue[]
  return [...nearby, ...declared]
}

type Near = (
  low: Key | undefined,
  high: Key | undefined,
  scale: number,
  fact: FactDeclaration,
) => readonly FactValue[]

/** Numbers that people write, before those that only a computer does. */
const numbers = (low: number | undefined, high: number | undefined): readonly number[] => {
  if (low === undefined) return [high === undefined ? 0 : Math.ceil(high) - 1]
  const round = Number(low.toPrecision(12)) === low ? [low] : []
  const between =
    high === undefined ? [] : [Number(((low + high) / 2).toPrecision(6)), (low + high) / 2]
  return [...round, Math.floor(low) + 1, ...between, low]
}

const dayBefore = (day: string) => (day === '9999-12-32' ? '9999-12-31' : nextDay(day, -1))

const minutes = (count: number) =>
  `${String(Math.floor(count / 60)).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}`

const near: Readonly<Partial<Record<string, Near>>> = {
  integer: (low, high) => numbers(low as number, high as number),
  number: (low, high) => numbers(low as number, high as number),
  decimal: (low, high, scale, { decimals = scale + 1 }) => decimalsNear(low, high, scale, decimals),
  date: (low, high) => [
    (low ?? (high === undefined ? '2026-01-01' : dayBefore(high as string))) as string,
  ],
  instant: (low, high) => {
    const at = low ?? (high === undefined ? 0 : Number(high) - 1)
    return [new Date(Number(at)).toISOString()]
  },
  time: (low, high) => {
    if (low !== undefined) return [low as string]
    if (high === undefined) return ['00:00']
    const [hours = 0, minute = 0] = (high as string).split(':').map(Number)
    return [minutes(hours * 60 + minute - 1)]
  },
}

/** The nearest decimals of so many places: at the bound or above it, or below the upper one. */
const decimalsNear = (
  low: Key | undefined,
  high: Key | undefined,
  scale: number,
  decimals: number,
): readonly string[] => {
  const bound = low ?? high
  if (bound === undefined) return ['0']
  const units = (BigInt(bound) - (BigInt(bound) & 1n)) / 2n
  const exact = { digits: units, scale }
  const [whole = '0', fraction = ''] = writeDecimal(exact).split('.')
  const cut = readDecimal(
    decimals > 0 && fraction ? `${whole}.${fraction.slice(0, decimals)}` : whole,
  )
  const step = (by: bigint) =>
    writeDecimal({
      digits: widen(cut, Math.max(decimals, cut.scale)) + by,
      scale: Math.max(decimals, cut.scale),
    })
  return low === undefined
    ? [step(-1n), step(0n)]
    : [...(scale <= decimals ? [writeDecimal(exact)] : []), step(0n), step(1n)]
}
