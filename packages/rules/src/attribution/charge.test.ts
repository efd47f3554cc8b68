import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, decided, touch, visit } from './attribution.fixture.ts'
import { AttributedLine, attributedLines, type Charge, Team } from './charge.ts'
import { reportShares } from './reports.ts'

const visits = [visit('V1', at('2026-03-10')), visit('V2', at('2026-06-10'))]
const attributions = decided({
  visits,
  touches: [
    touch('T1', 'call', at('2026-03-05')),
    touch('T2', 'call', at('2026-03-06'), { partner: 'CLINIC' }),
  ],
})

const charge = (id: string, amount: number, more: Partial<Charge> = {}): Charge => ({
  id,
  visit: 'V1',
  occurredOn: '2026-03-10',
  postedOn: '2026-03-10',
  amount,
  category: 'treatment',
  payer: 'self-pay',
  ...more,
})

describe('a charge', () => {
  it('carries the credit of its visit, whole to each role', () => {
    const lines = attributedLines(attributions, [charge('C1', 1000)])
    expect(
      lines.map(({ role, payee, touch: from, amount }) => [role, payee, from, amount]),
    ).toEqual([
      ['rep', 'R1', 'T1', 1000],
      ['partner', 'CLINIC', 'T2', 1000],
    ])
    expect(lines[0]).toMatchObject({ rules: 'test@3', occasion: 'first', holds: [] })
    expect(AttributedLine.parse(lines[0])).toEqual(lines[0])
  })

  it('keeps it when the bill is cancelled and issued again, and has none where the visit has none', () => {
    const bills = [charge('C1', 1000), charge('C2', -1000, { refundOf: 'C1' }), charge('C3', 1000)]
    expect(attributedLines(attributions, bills).filter(({ role }) => role === 'rep')).toHaveLength(
      3,
    )
    expect(attributedLines(attributions, [charge('C4', 1000, { visit: 'V2' })])).toEqual([])
    expect(attributedLines(attributions, [charge('C5', 1000, { visit: 'V9' })])).toEqual([])
  })

  it('keeps what it stands for and what it takes back', () => {
    const bills = [charge('C1', 900, { pieces: 3 }), charge('C2', -300, { refundOf: 'C1' })]
    const lines = attributedLines(attributions, bills).filter(({ role }) => role === 'rep')
    const [first, second] = bills.map((bill) => ({ ...bill, payee: 'R1', basis: 'attribution' }))
    expect(lines).toMatchObject([
      { ...first, pieces: 3 },
      { ...second, refundOf: 'C1' },
    ])
  })

  it('is refused twice', () => {
    expect(() => attributedLines(attributions, [charge('C1', 1), charge('C1', 1)])).toThrow(
      expect.objectContaining({ code: 'charge.id-twice' }),
    )
  })

  it('is shared by a team to the last fen, in any order of members, and taken back the same way', () => {
    const members = [
      { payee: 'M2', weight: '30' },
      { payee: 'M1', weight: '30' },
      { payee: 'M3', weight: '40' },
    ]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (amount) => {
        const shares = (team: Team, paid: number) =>
          attributedLines(attributions, [charge('C1', paid)], [team])
            .filter(({ role }) => role === 'rep')
            .map((line) => [line.payee, line.amount])
        const team = Team.parse({ id: 'R1', members })
        const forth = shares(team, amount)
        expect(forth.reduce((sum, [, part]) => sum + Number(part), 0)).toBe(amount)
        expect(shares({ ...team, members: members.toReversed() }, amount)).toEqual(forth)
        expect(shares(team, -amount)).toEqual(
          forth.map(([payee, part]) => [payee, 0 - Number(part)]),
        )
      }),
    )
  })
})

describe('a report', () => {
  const touches = ['T3', 'T1', 'T4', 'T2'].map((id) => ({ id, at: at(`2026-03-0${id.slice(1)}`) }))
  const amounts = (model: Parameters<typeof reportShares>[0]) =>
    reportShares(model, touches, 10_001).map(({ amount }) => amount)

  it('divides a visit among its touches by the model that is asked for', () => {
    expect(amounts('first')).toEqual([10_001, 0, 0, 0])
    expect(amounts('last')).toEqual([0, 0, 0, 10_001])
    expect(amounts('linear')).toEqual([2501, 2500, 2500, 2500])
    expect(amounts('position')).toEqual([4001, 1000, 1000, 4000])
    expect(
      reportShares('position', touches.slice(0, 2), 5).map(({ parts, of }) => [parts, of]),
    ).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(reportShares('linear', [], 5)).toEqual([])
  })

  it('is no credit: neither the types nor the schema let it into a commission', () => {
    const [share] = reportShares('first', touches, 100)
    // @ts-expect-error a reported share has another basis, no payee and no role
    const line: AttributedLine | undefined = share
    expect(AttributedLine.safeParse(line).success).toBe(false)
    const lines = attributedLines(attributions, [charge('C1', 100)])
    expect(AttributedLine.safeParse({ ...lines[0], basis: 'report' }).success).toBe(false)
  })
})
