import * as fc from 'fast-check'
import { runCaseFile } from '../cases/run-case-file.ts'
import { Refusal } from '../refusal.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { createEngine } from './create-engine.ts'
import type { FactRecord } from './fixtures.ts'
import { lists, tables, tierSets, vocabulary } from './random-sets.fixture.ts'
import { checkBook } from './rule-book.ts'

/** Numbers from 0 to 1 from a seed (mulberry32): a hostile pack is found again by its place. */
const diceOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const deep = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = { fact: 'age', op: 'eq', value: 1 }
  for (let level = 0; level < levels; level += 1) value = wrap(value)
  return value
}

const polluting = (key: string) => JSON.parse(`{"${key}": {"polluted": true}, "x": 1}`)

const looped = () => {
  const loop: Record<string, unknown> = {}
  loop.all = [loop]
  return loop
}

const trap = () =>
  Object.defineProperty({}, 'fact', { enumerable: true, get: () => process.exit(9) })

/** What somebody may put where a value is expected. The last ones are large, and seldom taken. */
const payloads: readonly (() => unknown)[] = [
  () => polluting('__proto__'),
  () => polluting('constructor'),
  () => polluting('prototype'),
  () => ({ fact: '__proto__', op: 'eq', value: 1 }),
  () => ({ fact: 'constructor', op: 'present' }),
  () => ({ fn: 'toString', args: [] }),
  () => ({ use: 'hasOwnProperty' }),
  () => ({ use: 'frail' }),
  () => ({ param: '__proto__' }),
  () => ({ all: Array.from({ length: 300 }, () => ({ use: 'frail' })) }),
  () => ({ not: { not: { use: 'round' } } }),
  looped,
  trap,
  () => Number.MAX_VALUE,
  () => -Number.MIN_VALUE,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 2 ** 53 + 2,
  () => '9'.repeat(40),
  () => `0.${'1'.repeat(40)}`,
  () => '1e999999999',
  () => 10n ** 50n,
  () => '9999-12-31',
  () => '2026-02-30',
  () => '+275760-09-13T00:00:00Z',
  () => '\u0000\ud800',
  () => null,
  () => undefined,
  () => Symbol('x'),
  () => () => process.exit(9),
  () => new Date(0),
  () => new Map([['a', 1]]),
  () => new Array(5),
  () => Object.assign([1], { keys: () => process.exit(9) }),
  () => [[[[]]]],
  () => deep(31, (not) => ({ not })),
  () => deep(20, (one) => ({ any: [one, one] })),
  () => deep(50_000, (not) => ({ not })),
  () => deep(50_000, (one) => [one]),
  () => 'x'.repeat(10_001),
  () => 'x'.repeat(10_000_000),
  () => new Array(250_000).fill(0),
  () => new Array(10_000_000),
]
const large = 8

const bases = (seed: number): readonly RuleSet[] =>
  fc.sample(fc.oneof(lists, tables, tierSets), { numRuns: 200, seed }) as RuleSet[]

type Place = { readonly parent: Record<string, unknown>; readonly key: string }

const placesIn = (value: unknown, places: Place[] = []): Place[] => {
  if (typeof value !== 'object' || value === null || places.length > 5000) return places
  for (const key of Object.keys(value)) {
    const parent = value as Record<string, unknown>
    places.push({ parent, key })
    placesIn(parent[key], places)
  }
  return places
}

const spoil = (set: unknown, roll: () => number): void => {
  const pick = <Value>(list: readonly Value[]): Value =>
    list[Math.floor(roll() * list.length)] as Value
  const payload = () =>
    roll() < 0.01 ? pick(payloads)() : pick(payloads.slice(0, payloads.length - large))()
  const places = placesIn(set)
  for (let left = roll() < 0.6 ? 1 : 3; left > 0; left -= 1) {
    const { parent, key } = pick(places)
    const deed = roll()
    if (deed < 0.6) parent[key] = payload()
    else if (deed < 0.7) delete parent[key]
    else if (deed < 0.8) parent[pick(['id', 'extra', '__proto__x', 'then', 'toJSON'])] = payload()
    else if (Array.isArray(parent)) parent.push(structured(pick(parent)))
    else parent[key] = structured(pick(places).parent)
  }
}

/** A copy, so that ids stand there twice; what cannot be copied stays as it is. */
const structured = (value: unknown): unknown => {
  try {
    return structuredClone(value)
  } catch {
    return value
  }
}

/** A spoilt rule set by its number; the same for the same number. */
export const hostileSets = (seed: number) => {
  const sets = bases(seed)
  return (place: number): unknown => {
    const set = JSON.parse(JSON.stringify(sets[place % sets.length]))
    set.conditions = {
      ...set.conditions,
      round: { all: [{ use: 'turn' }] },
      turn: { use: 'round' },
    }
    if (place % 3 > 0) delete set.conditions.round
    if (place % 3 > 0) delete set.conditions.turn
    spoil(set, diceOf(seed * 1_000_003 + place))
    return set
  }
}

const engine = createEngine<FactRecord>(vocabulary)

const refusedOr = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** Everything that a pack of unknown origin may be put through. Throws where anything but findings comes of it. */
export const digest = (set: unknown): 'sound' | 'found' => {
  const { ok, findings } = engine.check(set)
  if (ok !== findings.every(({ level }) => level === 'warning')) throw new Error('ok is not so')
  engine.check([set, set])
  const book = { format: 'rule-book/1', facts: { age: { type: 'integer' } }, sets: [set] }
  checkBook(book)
  refusedOr(() => runCaseFile(book))
  refusedOr(() => runCaseFile({ ...book, format: 'decision-cases/1', tables: { set }, cases: [] }))
  if (!ok) return 'found'
  const compiled = engine.compile(set as RuleSet)
  const records: readonly FactRecord[] = [{}, { age: 3, ward: 'icu', fee: '0.10', amount: 5 }]
  for (const facts of records) {
    refusedOr(() => compiled.decide(facts))
    refusedOr(() => compiled.explain(facts))
  }
  return 'sound'
}

/** What the prototypes of everybody hold, to see that nobody has changed them. */
export const prototypes = () =>
  [Object, Array, Function, String].map(({ prototype }) =>
    Reflect.ownKeys(prototype).map(String).join(),
  )
