import { describe, expect, it } from 'vitest'
import { reportOnly } from '../compliance/profiles/report-only.ts'
import { yangzhouMarketerTerms, yangzhouPartnerTerms } from '../packs/yangzhou/terms.ts'
import { factsOf, line } from './settlement.fixture.ts'
import { SettledPosition } from './settlement-facts.ts'
import { statementHash, statementOf } from './statement.ts'
import { CommissionTerms } from './terms.ts'

const feb = (id: string, amount: number, more = {}) => line(id, amount, '2026-02-20', more)
const february = [feb('C1', 5_000_000), feb('C2', 200_000)]
const settled = statementOf(factsOf({ month: '2026-02', lines: february })).positions

describe('a statement', () => {
  it('explains every figure down to the charge and the touch', () => {
    const statement = statementOf(
      factsOf({ lines: [line('C2', 800_000, '2026-03-20', { touch: 'T9' }), line('C1', 900_000)] }),
    )
    const [section] = statement.sections
    expect(section).toMatchObject({
      month: '2026-03',
      terms: 'yangzhou-marketer@1',
      meter: 'revenue',
      gross: 1_700_000,
      refunded: 0,
      rating: { base: 1_700_000, commission: 92_000, reward: 0, total: 92_000 },
      due: { total: 92_000 },
    })
    expect(
      section?.lines.map((one) => [one.charge, one.touch, one.standing, one.contribution.total]),
    ).toEqual([
      ['C1', 'T1', 'counted', 45_000],
      ['C2', 'T9', 'counted', 47_000],
    ])
    expect(section?.lines[0]?.gate).toMatchObject({
      judgement: 'ALLOW',
      profile: 'cn-strict@1',
      rule: 'own-marketer-commission',
      release: 'RL1',
      ground: { article: '1' },
    })
    expect(statement).toMatchObject({ due: 92_000, payable: 92_000, carriedOut: 0, reasons: [] })
  })

  it('prints how its terms read what can be read otherwise', () => {
    const { ambiguities } = statementOf(factsOf())
    expect(ambiguities.map(({ terms }) => terms)).toContain('yangzhou-marketer@1')
    expect(ambiguities).toHaveLength(yangzhouMarketerTerms.ambiguities.length)
  })

  it('says why it is empty', () => {
    expect(statementOf(factsOf())).toMatchObject({
      payable: 0,
      reasons: ['no-attributed-charges'],
      sections: [{ month: '2026-03', rating: { base: 0, total: 0 } }],
    })
  })

  it('leaves lines of later months to later statements', () => {
    const lines = [line('C1', 100_000), line('C2', 100_000, '2026-04-01')]
    expect(statementOf(factsOf({ lines })).sections).toMatchObject([{ rating: { base: 100_000 } }])
  })
})

describe('a refund', () => {
  it('within the month lessens the base', () => {
    const lines = [line('C1', 1_200_000), line('C2', -300_000, '2026-03-20', { refundOf: 'C1' })]
    expect(statementOf(factsOf({ lines })).sections[0]).toMatchObject({
      gross: 1_200_000,
      refunded: -300_000,
      rating: { base: 900_000, total: 45_000 },
    })
  })

  it('of a settled month is the difference of two ratings, booked in the open month', () => {
    const lines = [...february, line('C3', -300_000, '2026-03-05', { refundOf: 'C1' })]
    const statement = statementOf(factsOf({ lines, settled }))
    expect(statement.sections).toMatchObject([
      {
        month: '2026-02',
        corrects: true,
        settled: { total: 470_000 },
        due: { commission: -29_000, reward: -100_000, total: -129_000 },
      },
      { month: '2026-03', corrects: false, due: { total: 0 } },
    ])
    expect(statement).toMatchObject({
      due: -129_000,
      payable: 0,
      carriedOut: -129_000,
      reasons: ['balance-carried'],
    })
  })

  it('is recovered from what the next months earn, once', () => {
    const lines = [
      ...february,
      line('C3', -300_000, '2026-03-05', { refundOf: 'C1' }),
      line('C4', 1_000_000, '2026-04-02'),
      line('C5', 4_000_000, '2026-05-02'),
    ]
    const march = statementOf(factsOf({ lines, settled }))
    const april = statementOf(
      factsOf({ month: '2026-04', lines, settled: march.positions, carriedIn: march.carriedOut }),
    )
    expect(april).toMatchObject({ due: 50_000, payable: 0, carriedOut: -79_000 })
    const positions = [...april.positions]
    const may = statementOf(
      factsOf({ month: '2026-05', lines, settled: positions, carriedIn: april.carriedOut }),
    )
    expect(may).toMatchObject({ due: 260_000, payable: 181_000, carriedOut: 0 })
    const paid = 470_000 + march.payable + april.payable + may.payable
    const owed = [4_900_000, 0, 1_000_000, 4_000_000]
      .map((base) => statementOf(factsOf({ lines: [line('X', base)] })).due)
      .reduce((sum, one) => sum + one, 0)
    expect(paid).toBe(owed)
  })

  it('beyond what the month sold lessens the next month, where the terms say so', () => {
    const lines = [feb('C1', -200_000), line('C2', 1_200_000)]
    const before = statementOf(factsOf({ month: '2026-02', lines }))
    expect(before).toMatchObject({ due: 0, sections: [{ rating: { base: -200_000 } }] })
    const facts = factsOf({ lines, settled: before.positions })
    expect(statementOf(facts)).toMatchObject({
      due: 50_000,
      sections: [
        { month: '2026-02' },
        {
          carriedBase: -200_000,
          rating: { base: 1_000_000 },
          lines: [{ contribution: { total: 50_000 } }],
        },
      ],
    })
    const dropped = [{ ...yangzhouMarketerTerms, negativeMonth: 'dropped' as const }]
    expect(statementOf({ ...facts, terms: dropped }).due).toBe(62_000)
    const late = factsOf({ lines: [line('C2', 1_200_000)], carriedBases: { revenue: -200_000 } })
    expect(statementOf(late).due).toBe(50_000)
  })
})

describe('settling', () => {
  it('twice changes nothing', () => {
    const facts = factsOf({ lines: [line('C1', 5_200_000)] })
    const first = statementOf(facts)
    const second = statementOf({ ...facts, settled: first.positions })
    expect(second).toMatchObject({ due: 0, payable: 0, reasons: ['nothing-new-since-settled'] })
    expect(second.positions).toEqual(first.positions)
    expect(SettledPosition.array().parse(first.positions)).toEqual(first.positions)
  })

  it('a late charge of a settled month pays what it adds there', () => {
    const statement = statementOf(factsOf({ lines: [...february, feb('C3', 1_800_000)], settled }))
    expect(statement.sections[0]).toMatchObject({ corrects: true, due: { total: 280_000 } })
  })

  it('counts by the day of posting where the terms say so', () => {
    const terms = [{ ...yangzhouMarketerTerms, accountingDay: 'posted' as const }]
    const lines = [feb('C1', 100_000, { postedOn: '2026-03-02' })]
    expect(statementOf(factsOf({ terms, lines })).sections).toMatchObject([
      { month: '2026-03', rating: { base: 100_000 } },
    ])
  })

  it('under a version that was put in its place reverses the old and books the new', () => {
    const [meter] = yangzhouMarketerTerms.meters
    if (!meter) throw new Error('no meter')
    const second: CommissionTerms = {
      ...yangzhouMarketerTerms,
      version: 2,
      from: '2026-02-01',
      meters: [{ ...meter, plan: { ...meter.plan, version: 2, mode: 'whole-amount' } }],
    }
    const terms = [second, yangzhouMarketerTerms]
    const statement = statementOf(factsOf({ terms, lines: february, settled }))
    expect(statement.sections.map(({ month, terms: ref, due }) => [month, ref, due.total])).toEqual(
      [
        ['2026-02', 'yangzhou-marketer@1', -470_000],
        ['2026-02', 'yangzhou-marketer@2', 620_000],
        ['2026-03', 'yangzhou-marketer@2', 0],
      ],
    )
  })

  const [meter] = yangzhouMarketerTerms.meters
  if (!meter) throw new Error('no meter')
  const tenth = { ...meter.plan, tiers: [{ rate: '10%' }], rewards: [] }

  it('in a month in which the terms change goes by the whole month or by days, as the later say', () => {
    const later = (changeover: CommissionTerms['changeover']): CommissionTerms => ({
      ...yangzhouMarketerTerms,
      version: 2,
      from: '2026-03-16',
      changeover,
      meters: [{ ...meter, plan: tenth }],
    })
    const lines = [line('C1', 100_000, '2026-03-15'), line('C2', 100_000, '2026-03-16')]
    const due = (changeover: CommissionTerms['changeover']) =>
      statementOf(factsOf({ lines, terms: [yangzhouMarketerTerms, later(changeover)] })).due
    expect(due('whole-month')).toBe(20_000)
    expect(due('by-day')).toBe(15_000)
  })

  it('earns by the last version of one day, and by one that ends on the day itself', () => {
    const second = { ...yangzhouMarketerTerms, version: 2, meters: [{ ...meter, plan: tenth }] }
    const lines = [line('C1', 100_000, '2026-03-15')]
    const due = (...terms: CommissionTerms[]) => statementOf(factsOf({ lines, terms })).due
    expect(due(yangzhouMarketerTerms, second)).toBe(10_000)
    expect(due(second, yangzhouMarketerTerms)).toBe(10_000)
    const byDay = { changeover: 'by-day' as const, to: '2026-03-15' }
    expect(due({ ...yangzhouMarketerTerms, ...byDay })).toBe(5_000)
    expect(due({ ...yangzhouMarketerTerms, ...byDay, to: '2026-03-14' })).toBe(0)
  })

  it('counts no contribution of a line that is held between others', () => {
    const lines = [
      line('C1', 900_000, '2026-03-10'),
      line('C2', 500_000, '2026-03-11', { holds: ['dispute'] }),
      line('C3', 300_000, '2026-03-12'),
    ]
    const [section] = statementOf(factsOf({ lines })).sections
    expect(section?.lines.map(({ contribution }) => contribution.total)).toEqual([
      45_000, 0, 17_000,
    ])
  })

  it('adds what was decided by hand, and says why', () => {
    const adjustments = [
      {
        id: 'A2',
        amount: -1_000,
        cause: 'error' as const,
        because: 'entered twice',
        by: 'finance',
      },
      { id: 'A1', amount: 5_000, cause: 'dispute' as const, because: 'D7 upheld', by: 'director' },
    ]
    const statement = statementOf(
      factsOf({ lines: [line('C1', 100_000)], adjustments, carriedIn: -500 }),
    )
    expect(statement).toMatchObject({ due: 9_000, payable: 8_500, reasons: ['earlier-balance'] })
    expect(statement.adjustments.map(({ id }) => id)).toEqual(['A1', 'A2'])
  })
})

describe('what was settled', () => {
  const { gate } = factsOf()
  const refund = line('C3', -300_000, '2026-03-05', { refundOf: 'C1' })

  it('stays so when its release has lapsed or the law has changed, and its refunds follow it', () => {
    for (const later of [
      { ...gate, at: '2027-06-01T00:00:00Z' },
      { ...gate, profile: reportOnly },
    ]) {
      const still = statementOf(factsOf({ lines: february, settled, gate: later }))
      expect(still).toMatchObject({ due: 0, heldTotal: 0, refusedTotal: 0 })
      const lines = [...february, refund, line('C4', 1_000_000)]
      expect(statementOf(factsOf({ lines, settled, gate: later })).due).toBe(-129_000)
    }
  })

  it('stays so while it is disputed, and is taken back when the credit is', () => {
    const disputed = february.map((one) => ({ ...one, holds: ['dispute' as const] }))
    expect(statementOf(factsOf({ lines: disputed, settled })).due).toBe(0)
    expect(statementOf(factsOf({ lines: february.slice(1), settled })).due).toBe(-460_000)
  })
})

describe('what is not paid', () => {
  it('stands there refused by the law, with what it would have earned', () => {
    const statement = statementOf(
      factsOf({
        payee: { id: 'R1', class: 'clinician-elsewhere' },
        lines: [line('C1', 1_000_000)],
      }),
    )
    expect(statement).toMatchObject({
      payable: 0,
      refusedTotal: 50_000,
      reasons: ['nothing-counted', 'lines-refused'],
      sections: [
        {
          rating: { base: 0 },
          refusedTotal: 50_000,
          lines: [
            {
              charge: 'C1',
              amount: 1_000_000,
              standing: 'refused',
              because: 'staff of a medical institution would be paid for sending patients',
              contribution: { total: 0 },
              gate: { judgement: 'DENY', ground: { article: '6' } },
            },
          ],
        },
      ],
    })
  })

  it('is held while a legal opinion lacks or has run out, and while a credit is disputed', () => {
    const lines = [line('C1', 1_000_000)]
    const { gate } = factsOf()
    const held = { payable: 0, heldTotal: 50_000, reasons: ['nothing-counted', 'lines-held'] }
    expect(statementOf(factsOf({ lines, gate: { ...gate, releases: [] } }))).toMatchObject(held)
    const late = { ...gate, at: '2027-01-01T00:00:00Z' }
    expect(statementOf(factsOf({ lines, gate: late }))).toMatchObject(held)
    const disputed = [line('C1', 1_000_000, '2026-03-10', { holds: ['dispute'] })]
    expect(statementOf(factsOf({ lines: disputed })).sections[0]?.lines[0]).toMatchObject({
      standing: 'held',
      because: 'dispute',
    })
  })

  it('stands there excluded: drugs, fund money, and what comes after somebody has left', () => {
    const lines = [
      line('C1', 100_000, '2026-03-01', { category: 'drug' }),
      line('C2', 100_000, '2026-03-02', { payer: 'public-insurance' }),
      line('C3', 100_000, '2026-03-15'),
      line('C4', 100_000, '2026-03-16'),
    ]
    const statement = statementOf(
      factsOf({ payee: { id: 'R1', class: 'own-marketer', until: '2026-03-15' }, lines }),
    )
    expect(statement.due).toBe(5_000)
    expect(statement.excluded.map(({ charge, because }) => [charge, because])).toEqual([
      ['C1', 'drugs are no revenue of marketing'],
      ['C2', 'what an insurance fund paid is no revenue of marketing'],
      ['C4', 'payee had left'],
    ])
  })

  it('is counted all the same where nobody is paid for patients', () => {
    const { gate } = factsOf()
    const statement = statementOf(
      factsOf({ lines: [line('C1', 1_000_000)], gate: { ...gate, profile: reportOnly } }),
    )
    expect(statement).toMatchObject({ payable: 0, refusedTotal: 50_000 })
  })
})

describe('a partner', () => {
  const terms = [
    yangzhouPartnerTerms({
      treatment: '20%',
      discounted: '10%',
      checkUp: '15%',
      eachPackage: '50',
    }),
  ]
  const partner = (id: string, amount: number, more = {}) =>
    line(id, amount, '2026-03-10', { role: 'partner', ...more })

  it('earns a share by category, and so much for each package', () => {
    const lines = [
      partner('C1', 100_000, { category: 'check-up' }),
      partner('C2', 90_000, { category: 'check-up-package', pieces: 3 }),
      partner('C3', -30_000, { category: 'check-up-package', refundOf: 'C2' }),
      partner('C4', 10_000, { category: 'massage' }),
    ]
    const { gate } = factsOf()
    const released = {
      ...gate,
      releases: gate.releases.map((one) => ({ ...one, rule: 'intermediary-commission' })),
    }
    const statement = statementOf(
      factsOf({ payee: { id: 'R1', class: 'intermediary' }, terms, lines, gate: released }),
    )
    expect(
      statement.sections.map(({ meter, rating }) => [meter, rating.base, rating.total]),
    ).toEqual([
      ['packages', 200, 10_000],
      ['check-ups', 100_000, 15_000],
      ['discounted', 0, 0],
      ['treatment', 0, 0],
    ])
    expect(statement.excluded).toMatchObject([{ charge: 'C4', because: 'no meter counts it' }])
  })

  it('is paid for the part of a package that is its own', () => {
    const share = { place: 1, among: ['1', '1'], whole: 30_000 }
    const lines = [partner('C1', 15_000, { category: 'check-up-package', pieces: 1, share })]
    const { gate } = factsOf()
    const releases = gate.releases.map((one) => ({ ...one, rule: 'intermediary-commission' }))
    const payee = { id: 'R1', class: 'intermediary' as const }
    expect(statementOf(factsOf({ payee, terms, lines, gate: { ...gate, releases } })).due).toBe(
      2_500,
    )
  })
})

describe('a statement is refused', () => {
  const refused = (more: Parameters<typeof factsOf>[0], code: string) =>
    expect(() => statementOf(factsOf(more))).toThrow(expect.objectContaining({ code }))

  it('of lines of another payee or role, of one charge twice, and without terms', () => {
    refused({ lines: [line('C1', 1, '2026-03-01', { payee: 'R2' })] }, 'settlement.foreign-line')
    refused(
      { lines: [line('C1', 1, '2026-03-01', { role: 'partner' })] },
      'settlement.foreign-line',
    )
    refused({ lines: [line('C1', 1), line('C1', 1)] }, 'settlement.line-twice')
    refused({ terms: [] }, 'settlement.no-terms')
    const yen = { ...yangzhouMarketerTerms, currency: 'JPY' }
    refused({ terms: [yangzhouMarketerTerms, yen] }, 'settlement.mixed-terms')
  })

  it('with a balance in favour of the payee, and with positions it cannot place', () => {
    refused({ carriedIn: 1 }, 'settlement.balance-above-nothing')
    const strange = settled.map((one) => ({ ...one, terms: 'yangzhou-marketer@9' }))
    refused({ settled: strange }, 'settlement.position-unknown')
    refused(
      { settled: settled.map((one) => ({ ...one, month: '2026-04' })) },
      'settlement.position-unknown',
    )
  })
})

describe('terms', () => {
  it('are refused with two meters of one name, and with a plan of another currency', () => {
    const { meters } = yangzhouMarketerTerms
    const messages = (change: object) =>
      CommissionTerms.safeParse({ ...yangzhouMarketerTerms, ...change }).error?.issues.map(
        ({ message }) => message,
      )
    expect(messages({})).toBeUndefined()
    expect(messages({ meters: [...meters, ...meters] })).toEqual(['terms.meter-twice'])
    expect(messages({ currency: 'USD' })).toEqual(['terms.other-currency'])
  })
})

describe('the hash of a statement', () => {
  it('changes with any figure and with nothing else', () => {
    const lines = [line('C1', 100_000), line('C2', 200_000, '2026-03-11')]
    const hash = statementHash(statementOf(factsOf({ lines })))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(statementHash(statementOf(factsOf({ lines: lines.toReversed() })))).toBe(hash)
    expect(statementHash(statementOf(factsOf({ lines: lines.slice(1) })))).not.toBe(hash)
  })
})
