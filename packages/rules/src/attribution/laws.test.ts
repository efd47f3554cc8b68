import { tz } from '@date-fns/tz'
import { differenceInCalendarDays } from 'date-fns'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decided, rules, visit, zone } from './attribution.fixture.ts'
import { Touch } from './facts.ts'

const base = Date.UTC(2026, 2, 1)
const instant = fc.nat(60 * 24 * 12).map((steps) => new Date(base + steps * 300_000).toISOString())

const touches = fc
  .array(
    fc.record({
      kind: fc.constantFrom('slip', 'call', 'card', 'rumour'),
      at: instant,
      lag: fc.constantFrom(0, 0, 600_000),
      person: fc.constantFrom('P1', 'P1', 'P2'),
      rep: fc.constantFrom('R1', 'R2', 'R3'),
      isConfirmed: fc.boolean(),
      number: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ lag, isConfirmed, number, ...one }, place) =>
      Touch.parse({
        ...one,
        id: `T${place}`,
        recordedAt: new Date(Date.parse(one.at) + lag).toISOString(),
        ...(number !== undefined && { number }),
        confirmations: isConfirmed ? [{ by: 'desk', at: one.at }] : [],
      }),
    ),
  )

const visits = fc
  .uniqueArray(instant, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((registeredAt, place) => visit(`V${place}`, registeredAt)))

const asOf = '2026-12-31T00:00:00Z'

/** Every pair of touches compared by the words of the rules, local days by another library. */
const winnerByHand = (all: readonly Touch[], registeredAt: string): string | null => {
  const arrived = Date.parse(registeredAt)
  const days = ({ at }: Touch) => differenceInCalendarDays(registeredAt, at, { in: tz(zone) })
  const classes: Record<string, number> = { slip: 1, call: 2, card: 3 }
  const windows: Record<string, number> = { slip: 30, call: 30, card: 7 }
  const isReused = (one: Touch) =>
    one.kind === 'slip' &&
    one.number !== undefined &&
    all.some(
      (other) =>
        other.kind === 'slip' &&
        other.number === one.number &&
        (Date.parse(other.at) < Date.parse(one.at) || (other.at === one.at && other.id < one.id)),
    )
  const good = all.filter((one) => {
    if (one.person !== 'P1' || !(one.kind in classes) || isReused(one)) return false
    if (one.kind === 'slip' && one.confirmations.length === 0) return false
    if (days(one) < 0 || days(one) > (windows[one.kind] ?? 0)) return false
    return one.kind !== 'call' || Date.parse(one.recordedAt) < arrived
  })
  const beats = (a: Touch, b: Touch) => {
    const [x, y] = [classes[a.kind] ?? 9, classes[b.kind] ?? 9]
    if (x !== y) return x < y
    return a.at === b.at ? a.id < b.id : a.at < b.at
  }
  return good.find((one) => good.every((other) => other === one || beats(one, other)))?.id ?? null
}

describe('attribution', () => {
  it('finds the winner that comparing every pair of touches finds', () => {
    fc.assert(
      fc.property(touches, visits, (all, some) => {
        for (const { visit: id, credits } of decided({ visits: some, touches: all }, asOf)) {
          const { registeredAt = '' } = some.find((one) => one.id === id) ?? {}
          expect(credits.rep.touch).toBe(winnerByHand(all, registeredAt))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same bytes for the same facts in any order', () => {
    fc.assert(
      fc.property(touches, visits, fc.nat(), (all, some, turn) => {
        const by = { ...rules, bindMonths: 1 }
        const turned = <Item>(items: readonly Item[]) => {
          const cut = items.length === 0 ? 0 : turn % items.length
          return [...items.slice(cut), ...items.slice(0, cut)].toReversed()
        }
        const straight = decided({ visits: some, touches: all }, asOf, by)
        const shuffled = decided({ visits: turned(some), touches: turned(all) }, asOf, by)
        expect(JSON.stringify(shuffled)).toBe(JSON.stringify(straight))
      }),
    )
  })

  it('credits one payee at most, and names each other touch of the patient once with its reason', () => {
    fc.assert(
      fc.property(touches, visits, (all, some) => {
        const own = all.filter(({ person }) => person === 'P1').map(({ id }) => id)
        for (const { credits } of decided({ visits: some, touches: all }, asOf)) {
          const named = [...credits.rep.lost.map(({ touch }) => touch), credits.rep.touch]
          expect(named.filter((id) => id !== null).toSorted()).toEqual(own.toSorted())
        }
      }),
    )
  })
})
