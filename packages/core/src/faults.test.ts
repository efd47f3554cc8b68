import { describe, expect, it } from 'vitest'
import { type Crm, createCrm } from './create-crm.ts'
import { type Call, calls, methodsOf } from './every-method.fixture.ts'
import { type Fault, faults, faultyStore } from './faulty-store.fixture.ts'
import {
  type Changing,
  copyOf,
  filledHospital,
  type Surroundings,
  settling,
  surroundings,
  workerOf,
} from './filled-hospital.fixture.ts'
import type { Taken } from './flows/intake/desk.ts'
import { Refusal } from './kernel/refusal.ts'
import { box, toyKernel } from './kernel/toy.fixture.ts'
import { memoryStore } from './memory/store.ts'
import type { Json, LoggedEvent } from './ports/store.ts'
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
const selfSufficient = ['door.blind']

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
const pictureOf = async ({ store, changed, happened }: Changing) => {
  const tenants = await store.tenants(undefined, 9)
  const records = changed().filter(
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

interface Attempted {
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

/** Errors that a caller may meet: the driver's own, passed on as it is, or a refusal that is documented. */
const expectTyped = (error: unknown, passedOn: unknown) => {
  if (error === passedOn) return
  expect(error).toBeInstanceOf(Refusal)
  expect(Object.keys(en)).toContain(`refusal.${(error as Refusal).code}`)
}

const filled = await filledHospital()

/** What is decided by one turn of work may be told, asked for or sent by the next. */
const untilIdle = async (crm: Crm) => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { ticks, performed, told } = await crm.work()
    if (ticks + performed + told === 0) return
  }
}

interface Run {
  /** Where it ran; what changes nothing may run there again. */
  readonly copy: Changing
  readonly around: Surroundings
  /** How many calls of the store it took. */
  readonly asked: number
  readonly isReading: boolean
  /** What came of the call, and of the same call made again. */
  readonly first: Attempted
  readonly last: Attempted
  /** The error of the driver, had it been passed on. */
  readonly error: Error
  /** An answer and the store as one text, in which nothing is by chance. */
  readonly seen: (of: Attempted) => string
}

/** One run of a method with one fault, and all that can be seen of it afterwards. */
const run = async (name: string, call: Call, at?: number, fault?: Fault): Promise<Run> => {
  const before = clean.get(name)
  const place = before?.isReading ? before : { copy: await copyOf(filled), around: surroundings() }
  const { copy, around } = place
  const ask = (crm: Crm) => call({ crm, desk: crm, clock: around.clock }, filled.ward, 'k')
  const faulty = faultyStore(copy.store, {
    ...(at !== undefined && { call: at }),
    ...(fault && { fault }),
    meanwhile: () => ask(workerOf(copy.store, filled, around)),
  })
  const worker = workerOf(faulty.store, filled, around)
  const first = await attempted(() => ask(worker))
  const asked = faulty.calls()
  const isReading = before?.isReading ?? copy.changed().length === 0
  faulty.reconnect()
  const last = at === undefined ? first : await attempted(() => ask(worker))
  // A process that was cut off comes back to its work, or another takes over.
  const isDead = fault === 'lost' || fault === 'dropped'
  const survivor = isDead ? workerOf(copy.store, filled, around) : worker
  around.clock.pass(120)
  if (!isReading) await (counting.includes(name) ? untilIdle(survivor) : survivor.pump())
  for (const tenant of await copy.store.tenants(undefined, 9)) expectOnce(await copy.logOf(tenant))
  const settled = settling()
  const period = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }
  const picture = settled([
    await pictureOf(copy),
    around.sms.sent,
    around.hook.sent,
    isReading || (await survivor.views.coverage(period)),
  ])
  const seen = ({ answer, error }: Attempted) =>
    error ? String(error) : (alike[name]?.(answer as never) ?? answer ?? null)
  return {
    ...place,
    asked,
    isReading,
    first,
    last,
    error: faulty.error,
    seen: (of: Attempted) => `[${picture}, ${settled(seen(of))}]`,
  }
}

/** What a method gives, and leaves behind, when nothing goes wrong. */
const clean = new Map<string, Run>()
for (const [name, call] of Object.entries(calls)) clean.set(name, await run(name, call))

const expectSame = (point: string, found: string, expected: string) => {
  if (found !== expected) expect([point, JSON.parse(found)]).toEqual([point, JSON.parse(expected)])
}

const points = [...clean].map(([name, { asked }]) => [name, asked, asked * faults.length] as const)
const total = points.reduce((sum, [, , count]) => sum + count, 0)

describe(`over a store that fails, at ${total} points, a method of the crm`, () => {
  it('is every method there is', () => {
    expect(Object.keys(calls).sort()).toEqual(methodsOf(createCrm()).sort())
    const failing = [...clean].filter(([, { first }]) => first.error)
    expect(failing.map(([name, { first }]) => [name, String(first.error)])).toEqual([])
  })

  it.each(points)(
    '%s ends the same with each of its %i calls gone wrong in each way: %i points',
    async (name, asked, count) => {
      const call = calls[name] as Call
      const { seen: seenOf, first } = clean.get(name) as Run
      const expected = seenOf(first)
      let seen = 0
      for (const fault of faults) {
        for (let at = 1; at <= asked; at += 1) {
          const point = `${name}, call ${at} ${fault}`
          const found = await run(name, call, at, fault)
          // Who was only kept waiting is told no error.
          if (found.first.error && fault !== 'slow') expectTyped(found.first.error, found.error)
          else expectSame(point, found.seen(found.first), expected)
          expectSame(`${point}, again`, found.seen(found.last), expected)
          seen += 1
        }
      }
      expect([seen, seen > 0]).toEqual([count, !selfSufficient.includes(name)])
    },
  )
})

describe('a call made twice at once', () => {
  /** A box that has become another, which is looked for only when the first has been seen. */
  const moved = async () => {
    const store = memoryStore()
    const other = toyKernel({}, { store })
    await other.found()
    const state = { status: 'box', things: [], into: 'b2' }
    const changes = [{ key: { kind: 'box', id: 'b1' }, version: 0, state, entries: [] }]
    await store.commit('a', [{ cause: 'moved', reads: [], changes, events: [] }])
    return { store, other }
  }
  const put = { type: 'put', box: 'b1', thing: 'pen' }

  it('is not refused for what it has done itself, wherever the other overtakes it', async () => {
    for (let call = 1; ; call += 1) {
      const { store, other } = await moved()
      const ask = ({ door }: typeof other) => door().run(box, put, { cause: 'k' })
      const answers: unknown[] = []
      const meanwhile = async () => answers.push(await ask(other))
      const slow = faultyStore(store, { call, fault: 'slow', meanwhile })
      const { cipher } = other.parts
      answers.push(await ask(toyKernel({}, { store: slow.store, cipher })))
      if (slow.calls() < call) return expect(call).toBeGreaterThan(4)
      expect(answers).toEqual([answers[0], answers[0]])
      expect(answers[0]).toMatchObject({ id: 'b2', version: 1 })
    }
  })
})
