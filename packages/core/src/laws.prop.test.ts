import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnySlice } from './kernel/slice.ts'
import { withoutWords } from './kernel/tree.ts'
import type { LoggedEvent } from './ports/store.ts'
import { historiesWithErasures, type Lived, liveThrough } from './random-history.fixture.ts'
import { encounter } from './slices/encounters/index.ts'
import { followUp } from './slices/follow-ups/index.ts'
import { hospital } from './slices/hospitals/index.ts'
import { intake } from './slices/intakes/index.ts'
import { message } from './slices/messages/index.ts'
import { patient } from './slices/patients/index.ts'
import { staffMember } from './slices/staff/index.ts'

const slices = [hospital, staffMember, patient, encounter, followUp, message, intake].map(
  (slice) => slice as unknown as AnySlice,
)
const runs = { numRuns: 60 }
const typed = ({ type, data }: LoggedEvent) => ({ ...(data as object), type })

/** Every record of the slices with its events, and the state it is stored in. */
const recordsOf = async ({ store }: Lived) => {
  const log = await store.log('main')
  return slices.flatMap((slice) =>
    [...store.recordsOf(slice.name)].map(([id, state]) => ({
      slice,
      id,
      state,
      events: log.filter(({ key }) => key.kind === slice.name && key.id === id),
    })),
  )
}

describe('whatever happens in a hospital', () => {
  it('a record is what its events make of it, the words that find it aside', async () => {
    await fc.assert(
      fc.asyncProperty(historiesWithErasures(), async (steps) => {
        for (const { slice, id, state, events } of await recordsOf(await liveThrough(steps))) {
          const folded = events.map(typed).reduce(slice.evolve, slice.initial)
          expect([slice.name, id, folded]).toEqual([slice.name, id, withoutWords(state)])
        }
      }),
      runs,
    )
  })

  it('a record and its events have the shapes that their slice promises', async () => {
    await fc.assert(
      fc.asyncProperty(historiesWithErasures(), async (steps) => {
        for (const { slice, state, events } of await recordsOf(await liveThrough(steps))) {
          expect(slice.state.parse(state)).toEqual(state)
          for (const event of events) slice.event.parse(typed(event))
        }
      }),
      runs,
    )
  })

  it('the log has no gaps, and counts each record’s versions one by one', async () => {
    await fc.assert(
      fc.asyncProperty(historiesWithErasures(), async (steps) => {
        const { store } = await liveThrough(steps)
        const log = await store.log('main')
        expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
        const versions = new Map<string, number>()
        for (const { key, version } of log.filter((event) => event.version > 0)) {
          const address = `${key.kind}/${key.id}`
          const before = versions.get(address) ?? 0
          expect([before, before + 1]).toContain(version)
          versions.set(address, version)
        }
      }),
      runs,
    )
  })

  it('the pump finds nothing undone that was not refused, and a second one nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(historiesWithErasures(), async (steps) => {
        const lived = await liveThrough(steps)
        await lived.crm.pump()
        const log = (await lived.store.log('main')).length
        await lived.crm.pump()
        expect((await lived.store.log('main')).length).toBe(log)
        const parked = [...lived.store.recordsOf('parked').values()]
        expect(parked.map((each) => (each as { code: string }).code)).toEqual([])
      }),
      runs,
    )
  })
})
