import { attributedLines } from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histories, liveThrough, undisputed, wholeOf } from './crm-merit.fixture.ts'
import { tellAtRandom } from './crm-merit-order.fixture.ts'
import type { AnySlice } from './kernel/slice.ts'
import { withoutWords } from './kernel/tree.ts'
import { attribution } from './slices/attributions/index.ts'
import { charge } from './slices/charges/index.ts'
import { partner } from './slices/partners/index.ts'
import { referral } from './slices/referrals/index.ts'

const runs = { numRuns: 6 }
const byId = (a: { visit: string }, b: { visit: string }) => (a.visit < b.visit ? -1 : 1)

describe('whatever happens to persons and those who bring them', () => {
  it('each record says of its visits what the rules say of everything at once', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (steps) => {
        const { answer, decided } = await wholeOf(await liveThrough(steps))
        // Of persons whom nobody is said to have brought there is nothing to say.
        const said = answer.filter(
          ({ visit, credits }) =>
            decided.some((one) => one.visit === visit) ||
            Object.values(credits).some(({ by, lost }) => by !== null || lost.length > 0),
        )
        expect(decided.toSorted(byId)).toEqual(said.toSorted(byId))
      }),
      runs,
    )
  })

  it('it does not matter in which order they are told of, nor how often', async () => {
    await fc.assert(
      fc.asyncProperty(undisputed(), fc.nat(), async (steps, seed) => {
        const made = await liveThrough(steps)
        const { decided } = await wholeOf(made)
        const told = await tellAtRandom(made, seed)
        expect(told.toSorted(byId)).toEqual(decided.toSorted(byId))
      }),
      runs,
    )
  })

  it('the accounts, one difference after the other, hold the lines of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (steps) => {
        const made = await liveThrough(steps)
        const { answer, charges } = await wholeOf(made)
        const nameOf = (each: { id: string; role: string }) => `${each.id} ${each.role}`
        const ordered = <Line extends { id: string; role: string }>(lines: readonly Line[]) =>
          lines.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
        const whole = attributedLines(answer, charges)
        expect(ordered(await made.accounts())).toEqual(ordered(whole))
      }),
      runs,
    )
  })

  it('a record is what its events make of it, nothing is parked, and the pump finds nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (steps) => {
        const { crm, store } = await liveThrough(steps)
        const log = await store.log('main')
        await crm.pump()
        expect((await store.log('main')).length).toBe(log.length)
        expect(await crm.parked()).toEqual([])
        expect([...store.recordsOf('parked').values()]).toEqual([])
        for (const slice of [partner, referral, attribution, charge] as unknown as AnySlice[]) {
          for (const [id, state] of store.recordsOf(slice.name)) {
            const events = log.filter(({ key }) => key.kind === slice.name && key.id === id)
            const typed = events.map(({ type, data }) => ({ ...(data as object), type }))
            for (const event of typed) slice.event.parse(event)
            expect(slice.state.parse(state)).toEqual(state)
            const folded = typed.reduce(slice.evolve, slice.initial)
            expect([slice.name, id, folded]).toEqual([slice.name, id, withoutWords(state)])
          }
        }
      }),
      runs,
    )
  })
})
