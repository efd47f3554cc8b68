import { decimalForm, decimalKey, narrow } from './decimal.ts'
import type { FactType, FactValue } from './fact.ts'

/** What values of a type are compared by: keys of one fact order and equal as their values do. */
export type Key = number | bigint | string | boolean

/** How a type of fact behaves; everything that is particular to a type stands in this table. */
export interface ValueKind {
  /** What `typeof` says of its values. */
  readonly js: 'number' | 'string' | 'boolean' | 'object'
  readonly isOrdered: boolean
  /** Its values are their own keys. */
  readonly isPlain: boolean
  readonly isValid: (value: FactValue) => boolean
  readonly keyOf: (value: FactValue, scale: number) => Key
  /** The smallest key above this one. */
  readonly after: (key: Key) => Key
}

const plain = { isPlain: true, keyOf: (value: FactValue) => value as Key, after: (key: Key) => key }
const ordered = { ...plain, isOrdered: true }
const unordered = { ...plain, isOrdered: false }

const bits = new DataView(new ArrayBuffer(8))

const nextNumber = (value: number): number => {
  if (value === 0) return Number.MIN_VALUE
  bits.setFloat64(0, value)
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return bits.getFloat64(0)
}

const dayMs = 86_400_000
const dayForm = /^\d{4}-\d\d-\d\d$/
const instantForm =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const timeForm = /^([01]\d|2[0-3]):[0-5]\d$/

const writeDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** A civil day of the calendar, not merely eight digits. */
export const isDay = (text: string): boolean =>
  dayForm.test(text) && !Number.isNaN(Date.parse(text)) && writeDay(Date.parse(text)) === text

export const nextDay = (day: string, days = 1): string => writeDay(Date.parse(day) + days * dayMs)

const nextMinute = (time: string) => {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + 1
  return (
    `${Math.floor(minutes / 60)}`.padStart(2, '0') + `:${minutes % 60}`.replace(/:(\d)$/, ':0$1')
  )
}

const texts = (test: (text: string) => boolean) => (value: FactValue) =>
  typeof value === 'string' && test(value)

export const kinds: Readonly<Record<FactType, ValueKind>> = {
  boolean: { ...unordered, js: 'boolean', isValid: (value) => typeof value === 'boolean' },
  string: { ...unordered, js: 'string', isValid: texts(() => true) },
  strings: {
    ...unordered,
    js: 'object',
    isValid: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  integer: {
    ...ordered,
    js: 'number',
    isValid: (value) => Number.isSafeInteger(value),
    after: (key) => (key as number) + 1,
  },
  number: {
    ...ordered,
    js: 'number',
    isValid: (value) => Number.isFinite(value),
    after: (key) => nextNumber(key as number),
  },
  decimal: {
    js: 'string',
    isOrdered: true,
    isPlain: false,
    isValid: texts((text) => decimalForm.test(text)),
    keyOf: (value, scale) => decimalKey(value as string, scale),
    after: (key) => narrow(BigInt(key) + 1n),
  },
  date: {
    ...ordered,
    js: 'string',
    isValid: texts(isDay),
    // The last day there is has no next one; its successor only has to sort behind it.
    after: (key) => (key === '9999-12-31' ? '9999-12-32' : nextDay(key as string)),
  },
  instant: {
    js: 'string',
    isOrdered: true,
    isPlain: false,
    isValid: texts(
      (text) => isDay(instantForm.exec(text)?.[1] ?? '') && !Number.isNaN(Date.parse(text)),
    ),
    keyOf: (value) => Date.parse(value as string),
    after: (key) => (key as number) + 1,
  },
  time: {
    ...ordered,
    js: 'string',
    isValid: texts((text) => timeForm.test(text)),
    after: (key) => nextMinute(key as string),
  },
}

/** What is wrong with a value under the name of a fact, in words; null where nothing is. */
export const factFault = (
  facts: Readonly<Record<string, { readonly type: FactType }>>,
  id: string,
  value: FactValue | null | undefined,
): string | null => {
  const fact = Object.hasOwn(facts, id) ? facts[id] : undefined
  if (!fact) return 'no fact of this name'
  const isFine = value === null || value === undefined || kinds[fact.type].isValid(value)
  return isFine ? null : `a ${fact.type} expected`
}
