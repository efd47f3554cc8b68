import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Crm } from './create-crm.ts'
import { type Call, calls } from './every-method.fixture.ts'
import {
  type Changing,
  filledHospital,
  type Surroundings,
  settling,
  workerOf,
} from './filled-hospital.fixture.ts'
import type { Taken } from './flows/intake/desk.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Change, Json, LoggedEvent, Store } from './ports/store.ts'
import { en } from './views/catalogue/en.ts'

/** Methods that answer how much was left to do, which is less when it has been done before. */
const counting = [
  'pump',
  'tick',
  'deliver',
  'rollUp',
  'tell',
  'work',
  'redrive',
  'rewrap',
  'followUps.handOver',
  'partners.handOver',
]
/** The one method that never asks the store. */
export const selfSufficient = ['door.blind']

const through = ({ taken, known, ...rest }: Taken) => ({ ...rest, through: taken + known })
const outcomesOf = (outcomes: object[]) =>
  outcomes.map((each) => (each instanceof Refusal ? each.code : { ...each, known: '' }))
/** What answers have in common, whether what was asked had been done before or not. */
const alike: Readonly<Record<string, (answer: never) => unknown>> = {
  'intakes.take': through,
  'intakes.replay': () => 'left to do',
  'door.runMany': outcomesOf,
  'followUps.recordContacts': outcomesOf,
  'followUps.assignMany': outcomesOf,
  'followUps.rescheduleMany': outcomesOf,
  'charges.postMany': outcomesOf,
  ...Object.fromEntries(counting.map((name) => [name, () => 'left to do'])),
}

/** A message may have been claimed again by somebody else, and nothing else of it may differ. */
const withoutClaims = (state: Json) => {
  const { claim: _, attempts: __, ...rest } = state as Record<string, Json>
  return rest
}

const isDone = (state: Json) => (state as { status?: string } | null)?.status === 'done'

/** What a call has changed in the end: records with their entries, and what happened to each in order. */
const pictureOf = async ({ store, changed, happened }: Place) => {
  const tenants = await store.tenants(undefined, 9)
  const records = (await changed()).filter(
    ({ key: { kind }, state }) => kind !== 'lease' && (kind !== 'parked' || !isDone(state)),
  )
  const log = (await Promise.all(tenants.map(happened))).flat()
  const told = log.filter(({ type }) => type !== 'access.opened' && type !== 'message.claimed')
  const events = Map.groupBy(told, ({ key: { kind, id } }) => `${kind}/${id}`)
  return [
    records.map(({ key, state, entries }) => [
      key,
      key.kind === 'message' ? withoutClaims(state) : state,
      entries,
    ]),
    [...events]
      .sort()
      .map(([of, each]) => [
        of,
        each.map(({ type, at, actor, data, place }) => ({ type, at, actor, data, place })),
      ]),
  ]
}

const expectOnce = (log: readonly LoggedEvent[]) => {
  const names = log.map(({ cause, place }) => `${cause}/${place}`)
  expect(new Set(names).size).toBe(names.length)
  expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
}

export interface Attempted {
  readonly answer?: unknown
  readonly error?: unknown
}

const attempted = async (call: () => Promise<unknown>): Promise<Attempted> => {
  try {
    return { answer: await call() }
  } catch (error) {
    return { error }
  }
}

/** Whether a caller can tell what went wrong: a refusal that is documented. */
export const isDocumented = (error: unknown) =>
  error instanceof Refusal && Object.hasOwn(en, `refusal.${error.code}`)

export const filled = await filledHospital()

/** What is decided by one turn of work may be told, asked for or sent by the next. */
const untilIdle = async (crm: Crm) => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { ticks, performed, told } = await crm.work()
    if (ticks + performed + told === 0) return
  }
}

/** A filled hospital with all around it, and what has changed in it since. */
export interface Place extends Omit<Changing, 'changed'> {
  readonly around: Surroundings
  changed(): readonly Change[] | Promise<readonly Change[]>
}

/** A way to a store on which one call goes wrong. */
export interface Spoilt {
  readonly store: Store
  /** How many calls it has had. */
  calls(): number
  /** Ends what goes wrong, and all that is still under way from it. */
  mend(): Promise<void> | void
  /** What goes wrong goes on, for so many milliseconds at most, while the call is made again. */
  readonly lingers?: number
}

interface Failing<Fault> {
  readonly call?: number | undefined
  readonly fault?: Fault | undefined
  /** The same call, made by another worker. */
  readonly meanwhile: () => Promise<unknown>
}

/** Where methods are tried. */
export interface Bench<Fault extends string> {
  /** The hospital as it was filled; for a method that only reads, it may be the same every time. */
  renew(name: string, isReading: boolean): Promise<Place>
  spoil(place: Place, failing: Failing<Fault>): Promise<Spoilt> | Spoilt
  /** Faults that another worker has to make good. */
  readonly deadly: readonly Fault[]
}

export interface Run {
  /** How many calls of the store it took. */
  readonly asked: number
  readonly isReading: boolean
  /** What came of the call, and of the same call made again. */
  readonly first: Attempted
  readonly last: Attempted
  /** An answer and the store as one text, in which nothing is by chance. */
  readonly seen: (of: Attempted) => string
}

/** One run of a method with one fault, or with none, and all that can be seen of it afterwards. */
export const runOn = async <Fault extends string>(
  bench: Bench<Fault>,
  name: string,
  { at, fault, isReading = false }: { at?: number; fault?: Fault; isReading?: boolean } = {},
): Promise<Run> => {
  const call = calls[name] as Call
  const place = await bench.renew(name, isReading)
  const { around } = place
  const ask = (crm: Crm) => call({ crm, desk: crm, clock: around.clock }, filled.ward, 'k')
  const another = workerOf(place.store, filled, around)
  const meanwhile = () => ask(workerOf(place.store, filled, around))
  const spoilt = await bench.spoil(place, { call: at, fault, meanwhile })
  const worker = workerOf(spoilt.store, filled, around)
  const first = await attempted(() => ask(worker))
  const asked = spoilt.calls()
  const changes = !isReading && (fault !== undefined || (await place.changed()).length > 0)
  let last = first
  if (spoilt.lingers) {
    const again = attempted(() => ask(another))
    await Promise.race([again, pause(spoilt.lingers)])
    await spoilt.mend()
    last = await again
  } else {
    await spoilt.mend()
    if (fault) last = await attempted(() => ask(worker))
  }
  // A process that was cut off comes back to its work, or another takes over.
  const survivor = fault && bench.deadly.includes(fault) ? another : worker
  if (changes) around.clock.pass(120)
  if (changes) await (counting.includes(name) ? untilIdle(survivor) : survivor.pump())
  for (const tenant of await place.store.tenants(undefined, 9))
    expectOnce(await place.logOf(tenant))
  const settled = settling()
  const period = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }
  const picture = settled([
    await pictureOf(place),
    around.sms.sent,
    around.hook.sent,
    !changes || (await survivor.views.coverage(period)),
  ])
  const seen = ({ answer, error }: Attempted) =>
    error ? String(error) : (alike[name]?.(answer as never) ?? answer ?? null)
  return {
    asked,
    isReading: !changes,
    first,
    last,
    seen: (of: Attempted) => `[${picture}, ${settled(seen(of))}]`,
  }
}

export const expectSame = (point: string, found: string, expected: string) => {
  if (found !== expected) expect([point, JSON.parse(found)]).toEqual([point, JSON.parse(expected)])
}
