import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Draw, type DrawRequest, draw } from './draw.ts'

const visits = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({
    visit: `V${index + from}`,
    generation: 1,
    forced: false,
  }))

const decide = (request: Partial<DrawRequest>): Draw =>
  draw({
    plan: 'three-tier',
    tier: 3,
    frame: '2026-W10',
    rate: 0.3,
    eligible: [],
    decidedAt: '2026-03-09T00:00:00+08:00',
    ...request,
  })

const selected = ({ rounds }: Draw) => rounds.map((round) => round.selected)

describe('a draw', () => {
  it('ranks by the hex SHA-256 of seed|visit, as anyone can check', () => {
    const rank = (visit: string) => createHash('sha256').update(`2026-W10|${visit}`).digest('hex')
    const best = visits(40)
      .map(({ visit }) => visit)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(0, 12)
    expect(selected(decide({ eligible: visits(40) }))).toEqual([best.sort()])
  })

  it.each([
    [0.07, 100, 7],
    [0.1, 30, 3],
    [0.29, 100, 29],
    [0.05, 1, 1],
    [1e-7, 1000, 1],
    [0, 10, 0],
    [1, 10, 10],
    [0.5, 0, 0],
  ])('takes the rate %d of %d as a decimal, rounded up: %d', (rate, count, expected) => {
    expect(selected(decide({ rate, eligible: visits(count) }))[0]).toHaveLength(expected)
  })

  it('is another one with a secret, which its seed names', () => {
    const open = decide({ eligible: visits(40) })
    const secret = decide({ eligible: visits(40), secret: 'k7' })
    expect(secret.seed).toBe('2026-W10:k7')
    expect(selected(secret)).not.toEqual(selected(open))
    expect(decide({ eligible: visits(1, 41), earlier: secret }).seed).toBe('2026-W10:k7')
  })

  it('does not depend on the order of the visits, nor on one named twice', () => {
    const shuffled = fc.shuffledSubarray(visits(20), { minLength: 20 })
    fc.assert(
      fc.property(shuffled, (eligible) => {
        const doubled = [...eligible, ...eligible]
        expect(selected(decide({ eligible: doubled }))).toEqual(
          selected(decide({ eligible: visits(20) })),
        )
      }),
    )
  })

  it('never displaces anyone, however late arrivals come in', () => {
    const parts = fc.array(fc.nat(6), { maxLength: 6 })
    fc.assert(
      fc.property(parts, fc.nat(100), (sizes, percent) => {
        const rate = percent / 100
        let drawn = decide({ rate })
        let count = 0
        for (const size of sizes) {
          const before = selected(drawn).flat()
          drawn = decide({ rate, earlier: drawn, eligible: visits(size, count + 1) })
          count += size
          expect(selected(drawn).flat().slice(0, before.length)).toEqual(before)
          expect(new Set(selected(drawn).flat()).size).toBe(selected(drawn).flat().length)
        }
        expect(selected(drawn).flat()).toHaveLength(Math.ceil((percent * count) / 100))
      }),
    )
  })

  it('counts a visit once, whichever generation of it comes', () => {
    const first = decide({ rate: 0.5, eligible: visits(2) })
    const again = { visit: 'V1', generation: 2, forced: false }
    expect(selected(decide({ rate: 0.5, earlier: first, eligible: [again] }))).toEqual([['V1'], []])
  })

  it('takes nobody in twice, and may be extended in the instant it was made', () => {
    const earlier = decide({ eligible: visits(2) })
    const { rounds } = decide({ earlier, eligible: visits(3) })
    expect(rounds.map(({ added }) => added)).toEqual([visits(2), visits(1, 3)])
  })

  it('refuses a round before the last one', () => {
    const earlier = decide({})
    expect(() => decide({ earlier, decidedAt: '2026-03-08T00:00:00+08:00' })).toThrow(
      expect.objectContaining({
        code: 'draw.out-of-order',
        details: { frame: '2026-W10', tier: 3 },
      }),
    )
  })
})
