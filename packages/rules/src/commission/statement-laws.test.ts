import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributedLine } from '../attribution/charge.ts'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import { yangzhouMarketerTerms } from '../packs/yangzhou/terms.ts'
import { rateCommission } from './rate-commission.ts'
import { factsOf, line } from './settlement.fixture.ts'
import type { SettledPosition } from './settlement-facts.ts'
import { statementOf } from './statement.ts'

const months = ['2026-01', '2026-02', '2026-03'] as const
const terms = [{ ...yangzhouMarketerTerms, negativeMonth: 'dropped' as const }]

/** Charges and refunds of three months, each known from some month on. */
const history = fc
  .array(
    fc.record({
      amount: fc.integer({ min: -1_500_000, max: 3_000_000 }),
      month: fc.constantFrom(...months),
      day: fc.integer({ min: 10, max: 28 }),
      delay: fc.nat(2),
      category: fc.constantFrom('treatment', 'treatment', 'drug'),
      isDisputed: fc.boolean(),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.map(({ amount, month, day, delay, category, isDisputed }, place) => ({
      knownIn: Math.min(2, months.indexOf(month) + delay),
      line: line(`C${place}`, amount, `${month}-${day}`, {
        category,
        holds: isDisputed ? ['dispute'] : [],
      }),
    })),
  )

const countedIn = (lines: readonly AttributedLine[], month: string) =>
  lines
    .filter((one) => one.occurredOn.startsWith(month))
    .filter(({ category, holds }) => category === 'treatment' && holds.length === 0)
    .reduce((sum, { amount }) => sum + amount, 0)

describe('statements month after month', () => {
  it('pay in the end what each month earned, however late its charges became known', () => {
    fc.assert(
      fc.property(history, (all) => {
        let settled: readonly SettledPosition[] = []
        let carriedIn = 0
        let paid = 0
        months.forEach((month, place) => {
          const lines = all.filter(({ knownIn }) => knownIn <= place).map((one) => one.line)
          const statement = statementOf(factsOf({ month, terms, lines, settled, carriedIn }))
          settled = statement.positions
          carriedIn = statement.carriedOut
          paid += statement.payable
        })
        const lines = all.map((one) => one.line)
        const earned = months
          .map((month) => rateCommission(yangzhouCommission, countedIn(lines, month)).total)
          .reduce((sum, one) => sum + one, 0)
        expect(paid + carriedIn).toBe(earned)
      }),
    )
  })

  it('are the same bytes whatever the order of facts', () => {
    fc.assert(
      fc.property(history, fc.nat(), (all, turn) => {
        const lines = all.map((one) => one.line)
        const cut = lines.length === 0 ? 0 : turn % lines.length
        const turned = [...lines.slice(cut), ...lines.slice(0, cut)].toReversed()
        const write = (some: readonly AttributedLine[]) =>
          JSON.stringify(statementOf(factsOf({ lines: some, terms })))
        expect(write(turned)).toBe(write(lines))
      }),
    )
  })

  it('show contributions that sum to what each account earned', () => {
    fc.assert(
      fc.property(history, (all) => {
        const lines = all.map((one) => one.line)
        for (const section of statementOf(factsOf({ lines, terms })).sections) {
          const sum = section.lines.reduce((total, one) => total + one.contribution.total, 0)
          expect(sum).toBe(section.rating.total)
        }
      }),
    )
  })
})
