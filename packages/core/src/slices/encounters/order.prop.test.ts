import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policy, start } from '../../hospital.fixture.ts'
import { encounter } from './index.ts'
import { type Encounter, EncounterCommand } from './schema.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 2, 1, 8, n)).toISOString()
const hour = (n: number) => new Date(Date.UTC(2026, 2, 1, n)).toISOString()

/** What the encounter is after messages have arrived in this order; a refused one has changed nothing. */
const after = (messages: readonly object[]): Encounter =>
  messages.reduce<Encounter>((state, message) => {
    const context = {
      now: start,
      actor: { id: 'his', roles: [] },
      policy: policy(),
      id: 'v',
      own: () => state,
      other: <T>(_key: unknown, schema: { parse(value: unknown): T }) =>
        schema.parse({ status: 'person' }),
      fresh: 'fresh',
    }
    return encounter
      .decide(state, EncounterCommand.parse(message), context)
      .map((each) => each as Parameters<typeof encounter.evolve>[1])
      .reduce(encounter.evolve, state)
  }, encounter.initial)

/** What hosts and follow-ups go by; when it was stated, and what was undone on the way, is bookkeeping. */
const standing = (messages: readonly object[]) => {
  const {
    statedAt: _,
    undone: __,
    cancelledAhead: ___,
    ...stands
  } = after(messages) as Record<string, unknown>
  return stands
}

const about = { visit: 'v', patient: 'p' }

/** A message as HL7 sends it: everything about the visit as it stood when the source recorded it. */
const whole = (n: number, said: object) => ({
  ...about,
  class: 'inpatient',
  department: `D${n}`,
  ward: `W${n}`,
  bed: `${n}`,
  attending: `A${n}`,
  recordedAt: minute(n),
  ...said,
})

type Step = 'transfer' | 'update' | 'discharge'

/** An admission, then transfers and updates, then a discharge and what became known after it. */
const story = (before: readonly Step[], later: readonly Step[]) => {
  const step = (type: Step, n: number) => {
    if (type === 'transfer') return whole(n, { type, at: hour(9) })
    if (type === 'update') return whole(n, { type, admittedAt: hour(8) })
    return whole(n, { type, at: hour(12 + n), admittedAt: hour(8), disposition: `${n}` })
  }
  const steps: Step[] = [...before, 'discharge', ...later]
  return [
    whole(0, { type: 'admit', at: hour(8) }),
    ...steps.map((type, place) => step(type, place + 1)),
  ]
}

const steps = (...types: Step[]) => fc.array(fc.constantFrom(...types), { maxLength: 3 })
const shuffledOf = <T>(messages: readonly T[]) =>
  fc.shuffledSubarray([...messages], { minLength: messages.length })

describe('the messages of a visit', () => {
  it('end in the same encounter in whatever order they arrive, when the source says when it recorded them', () => {
    const stories = fc
      .tuple(steps('transfer', 'update'), steps('update', 'discharge'))
      .map(([before, later]) => story(before, later))
    fc.assert(
      fc.property(
        stories.chain((messages) => fc.tuple(fc.constant(messages), shuffledOf(messages))),
        ([messages, shuffled]) => {
          expect(standing(shuffled)).toEqual(standing(messages))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('change nothing when any of them come again', () => {
    const messages = story(['transfer'], ['discharge'])
    const again = fc.array(fc.constantFrom(...messages), { maxLength: 8 })
    fc.assert(
      fc.property(again, (replayed) => {
        expect(standing([...messages, ...replayed])).toEqual(standing(messages))
      }),
    )
  })

  const [admit, discharge] = [
    whole(0, { type: 'admit', at: hour(8) }),
    whole(1, { type: 'discharge', at: hour(12), admittedAt: hour(8), disposition: '1' }),
  ]
  const cancelled = { type: 'cancel-discharge', ...about, at: hour(13), recordedAt: minute(2) }
  const again = whole(3, { type: 'discharge', at: hour(15), admittedAt: hour(8) })
  const updates = [4, 5].map((n) => whole(n, { type: 'update', admittedAt: hour(8) }))

  it('end discharged, or not, whenever a cancellation arrives among them and whatever overtakes it', () => {
    const state = (messages: readonly object[]) => {
      const { status, dischargedAt } = standing(messages)
      return { status, dischargedAt }
    }
    fc.assert(
      fc.property(shuffledOf([admit, discharge, cancelled, ...updates]), (shuffled) => {
        expect(state(shuffled)).toEqual({ status: 'in-progress', dischargedAt: undefined })
      }),
    )
    fc.assert(
      fc.property(shuffledOf([admit, discharge, cancelled, again, ...updates]), (shuffled) => {
        expect(state(shuffled)).toEqual({ status: 'discharged', dischargedAt: hour(15) })
      }),
    )
  })

  it('end admitted when the cancellation of an earlier admission arrives last', () => {
    const messages = [
      admit,
      { type: 'cancel-admission', ...about, at: hour(9), recordedAt: minute(1) },
      whole(2, { type: 'admit', at: hour(10) }),
    ]
    fc.assert(
      fc.property(shuffledOf(messages), (shuffled) => {
        expect(standing(shuffled)).toMatchObject({ status: 'in-progress', admittedAt: hour(10) })
      }),
    )
  })

  it('are taken as they arrive when the source does not say when it recorded them', () => {
    const [first, second] = [1, 2].map((n) => whole(n, { type: 'update', recordedAt: undefined }))
    expect(standing([first ?? {}, second ?? {}])).toMatchObject({ ward: 'W2' })
    expect(standing([second ?? {}, first ?? {}])).toMatchObject({ ward: 'W1' })
  })
})

describe('what no order of messages promises', () => {
  it('is where the patient was, when an older message speaks of one thing and a later one of another', () => {
    const [admit, ward, doctor] = [
      whole(1, { type: 'admit', at: hour(8) }),
      { type: 'update', ...about, ward: 'W2', recordedAt: minute(2) },
      { type: 'update', ...about, attending: 'A3', recordedAt: minute(3) },
    ]
    expect(standing([admit, ward, doctor])).toMatchObject({ ward: 'W2', attending: 'A3' })
    expect(standing([admit, doctor, ward])).toMatchObject({ ward: 'W1', attending: 'A3' })
  })

  it('is what an older message says, when a later one found everything as it was', () => {
    const [admit, moved, back] = [
      whole(1, { type: 'admit', at: hour(8) }),
      whole(2, { type: 'update' }),
      { ...whole(1, { type: 'update' }), recordedAt: minute(3) },
    ]
    expect(standing([admit, moved, back])).toMatchObject({ ward: 'W1' })
    expect(standing([admit, back, moved])).toMatchObject({ ward: 'W2' })
  })
})
