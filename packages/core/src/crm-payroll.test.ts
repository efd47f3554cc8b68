import { cnWageDeduction, yangzhouPay } from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './hospital.fixture.ts'
import {
  as,
  commission,
  compliance,
  line,
  marketing,
  releaseReps,
  rep,
  settle,
  take,
} from './settlement.fixture.ts'
import { claim } from './slices/claims/index.ts'

const february = '2026-02'

const scheme = yangzhouPay({
  trial: { basic: '1800.00', allowance: '200.00' },
  permanent: { basic: '2400.00', transport: '100.00', phone: '50.00', meals: '150.00' },
})
const wages = { rule: cnWageDeduction, minimumWage: 228_000 }
const pack = {
  commission: { ...commission, pay: [scheme] },
  compliance: { ...compliance, wages },
} as never

/** R1 was on trial until 14 February 2026, is permanent since, and brought 12,000 yuan. */
const paid = async () => {
  const { crm } = await marketing({ pack })
  const stages = [
    { stage: 'trial', from: '2026-01-01', to: '2026-02-14' },
    { stage: 'permanent', from: '2026-02-15' },
  ]
  await crm.staff.enrol('R1', { stages })
  await releaseReps(crm)
  await take(crm, [line(rep('R1'), 'c1', 12_000, '2026-02-10')])
  await settle(crm, february)
  return crm
}

const fine = (amount: number) =>
  ({
    staff: 'R1',
    kind: 'fine',
    amount,
    day: '2026-02-16',
    because: 'was not at the meeting of the morning',
  }) as const

describe('the pay of a month', () => {
  it('is base pay and allowances by days, and the commission of the statement', async () => {
    const crm = await paid()
    const { pay, deduction, net } = await crm.payroll.slip(february, 'R1')
    expect(
      pay.lines.map(({ stage, component, days, amount }) => [stage, component, days, amount]),
    ).toEqual([
      ['trial', 'basic', 14, 90_000],
      ['trial', 'allowance', 14, 10_000],
      ['permanent', 'basic', 14, 120_000],
      ['permanent', 'transport', 14, 5_000],
      ['permanent', 'phone', 14, 2_500],
      ['permanent', 'meals', 14, 7_500],
    ])
    // 5 % of the first 10,000 and 6 % of the next 2,000.
    expect([pay.commission, pay.gross]).toEqual([62_000, 297_000])
    expect([deduction?.deducted, net]).toEqual([0, 297_000])
  })

  it('is one file for the payroll, with every part in a line of its own', async () => {
    const crm = await paid()
    await crm.claims.record('K1', fine(3_000))
    await as(crm, 'R1').claims.accept('K1')
    const { csv, slips } = await crm.payroll.run(february)
    expect(slips.map(({ staff }) => staff)).toEqual(['R1', 'R2'])
    expect(csv.split('\r\n').filter((row) => row.includes('R1'))).toEqual([
      '"2026-02","R1","trial: basic",14,28,"900.00",,"CNY"',
      '"2026-02","R1","trial: allowance",14,28,"100.00",,"CNY"',
      '"2026-02","R1","permanent: basic",14,28,"1200.00",,"CNY"',
      '"2026-02","R1","permanent: transport",14,28,"50.00",,"CNY"',
      '"2026-02","R1","permanent: phone",14,28,"25.00",,"CNY"',
      '"2026-02","R1","permanent: meals",14,28,"75.00",,"CNY"',
      '"2026-02","R1","commission",,,"620.00",,"CNY"',
      '"2026-02","R1","claim K1",,,,"30.00","CNY"',
    ])
  })

  it('waits until the month is frozen', async () => {
    const { crm } = await marketing({ pack })
    expect(await refusalOf(crm.payroll.slip(february, 'R1'))).toBe('payroll.not-settled')
    expect(await refusalOf(crm.payroll.slip('2026-2', 'R1'))).toBe('month.malformed')
    expect((await crm.payroll.run(february)).slips).toEqual([])
  })

  it('is refused where the pack says nothing of it, and keeps nothing where it names no law', async () => {
    const without = async (pack: object) => {
      const { crm } = await marketing({ pack: pack as never })
      await settle(crm, february)
      await crm.claims.record('K1', fine(3_000))
      await as(crm, 'R1').claims.accept('K1')
      return crm
    }
    const unpaid = await without({})
    expect(await refusalOf(unpaid.payroll.slip(february, 'R1'))).toBe('payroll.no-scheme')
    const lawless = await without({ commission: { ...commission, pay: [scheme] } })
    expect((await lawless.payroll.slip(february, 'R1')).deduction).toBe(null)
    const keep = { type: 'keep', claim: 'K1', month: february, amount: 1, reference: 'w' }
    expect(await refusalOf(lawless.door.run(claim, keep))).toBe('claim.not-from-wages')
  })
})

describe('what is kept from a wage', () => {
  it('is nothing before it stands, and a fifth at most and never below the minimum after', async () => {
    const crm = await paid()
    await crm.claims.record('K1', fine(80_000))
    const open = await crm.payroll.slip(february, 'R1')
    expect(open.deduction?.claims).toEqual([
      { claim: 'K1', deducted: 0, remains: 80_000, because: 'still-open' },
    ])
    // A fine that was decided, but not accepted, stays a claim: no law lets it be kept.
    await as(crm, 'head').claims.decide('K1', 'final')
    const decided = await crm.payroll.slip(february, 'R1')
    expect(decided.deduction?.claims[0]?.because).toBe('not-accepted')
    await crm.claims.record('K2', { ...fine(80_000), kind: 'loss' })
    await as(crm, 'R1').claims.accept('K2')
    const { deduction, net } = await crm.payroll.slip(february, 'R1')
    // A fifth of 2,970.00 is 594.00, and 2,376.00 is above the minimum of 2,280.00.
    expect([deduction?.deducted, net]).toEqual([59_400, 237_600])
  })

  it('is owed no more, and what the law left remains for the next month', async () => {
    const crm = await paid()
    await crm.claims.record('K1', { ...fine(80_000), kind: 'loss' })
    await as(crm, 'R1').claims.accept('K1')
    const before = await crm.payroll.slip(february, 'R1')
    await crm.payroll.keep(february, 'R1', { reference: 'wages-02' })
    await crm.payroll.keep(february, 'R1', { reference: 'wages-02' })
    expect(await crm.payroll.slip(february, 'R1')).toEqual(before)
    expect((await crm.claims.get('K1'))?.state).toMatchObject({
      status: 'accepted',
      kept: [{ month: february, amount: 59_400, reference: 'wages-02' }],
    })
    await settle(crm, '2026-03')
    const march = await crm.payroll.slip('2026-03', 'R1')
    expect(march.pay.gross).toBe(270_000)
    expect(march.deduction?.claims).toEqual([
      { claim: 'K1', deducted: 20_600, remains: 0, because: 'settled' },
    ])
  })

  it('never is a penalty, nor what was dropped, nor what came after the month', async () => {
    const crm = await paid()
    await crm.claims.record('K1', { ...fine(1_000), kind: 'penalty' })
    await as(crm, 'head').claims.decide('K1', 'final')
    await crm.claims.record('K2', fine(1_000))
    await as(crm, 'R1').claims.accept('K2')
    await as(crm, 'head').claims.decide('K2', 'dropped')
    await crm.claims.record('K3', { ...fine(1_000), day: '2026-03-02' })
    await as(crm, 'R1').claims.accept('K3')
    const { deduction } = await crm.payroll.slip(february, 'R1')
    expect(deduction?.claims).toEqual([
      { claim: 'K1', deducted: 0, remains: 1_000, because: 'not-from-wages' },
    ])
    await crm.payroll.keep(february, 'R1', { reference: 'w' })
    expect((await crm.claims.of('R1')).items.map(({ id, state }) => [id, state.status])).toEqual([
      ['K1', 'final'],
      ['K2', 'dropped'],
      ['K3', 'accepted'],
    ])
  })

  it('adds up: what is paid, kept and still owed, for any claims of any months', async () => {
    const kinds = fc.constantFrom('loss', 'overpayment', 'fine', 'penalty')
    const some = fc.array(fc.record({ kind: kinds, amount: fc.integer({ min: 1, max: 90_000 }) }), {
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(some, async (owed) => {
        const crm = await paid()
        for (const [place, one] of owed.entries()) {
          await crm.claims.record(`K${place}`, { ...fine(one.amount), kind: one.kind as 'fine' })
          await as(crm, 'R1').claims.accept(`K${place}`)
        }
        const { pay, deduction, net } = await crm.payroll.keep(february, 'R1', { reference: 'w' })
        const claims = deduction?.claims ?? []
        const kept = claims.reduce((sum, { deducted }) => sum + deducted, 0)
        const total = owed.reduce((sum, { amount }) => sum + amount, 0)
        expect(net + kept).toBe(pay.gross)
        expect(kept + claims.reduce((sum, { remains }) => sum + remains, 0)).toBe(total)
        expect(net).toBeGreaterThanOrEqual(Math.min(pay.gross, wages.minimumWage))
        const stored = (await crm.claims.of('R1')).items.flatMap(({ state }) =>
          state.status === 'none' ? [] : state.kept.map(({ amount }) => amount),
        )
        expect(stored.reduce((sum, amount) => sum + amount, 0)).toBe(kept)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a claim', () => {
  it('is accepted by whoever owes it, and decided by neither them nor whoever recorded it', async () => {
    const crm = await paid()
    const clerk = as(crm, 'clerk')
    await clerk.claims.record('K1', fine(3_000))
    expect(await refusalOf(clerk.claims.record('K1', fine(4_000)))).toBe('claim.exists')
    await clerk.claims.record('K1', fine(3_000))
    expect(await refusalOf(clerk.claims.accept('K1'))).toBe('claim.not-yours')
    expect(await refusalOf(clerk.claims.decide('K1', 'final'))).toBe('claim.one-person')
    expect(await refusalOf(as(crm, 'R1').claims.decide('K1', 'dropped'))).toBe('claim.own-word')
    await as(crm, 'head').claims.decide('K1', 'dropped')
    await as(crm, 'head').claims.decide('K1', 'dropped')
    expect(await refusalOf(as(crm, 'R1').claims.accept('K1'))).toBe('claim.dropped')
    expect(await refusalOf(crm.claims.accept('K9'))).toBe('claim.unknown')
  })

  it('lets no command keep more than is owed, or twice, or what does not stand', async () => {
    const crm = await paid()
    const keep = (amount: number, month = february, reference = 'w') =>
      crm.door.run(claim, { type: 'keep', claim: 'K1', month, amount, reference })
    await crm.claims.record('K1', { ...fine(3_000), kind: 'loss' })
    expect(await refusalOf(keep(1_000))).toBe('claim.not-standing')
    await as(crm, 'head').claims.decide('K1', 'final')
    await keep(1_000)
    await keep(1_000)
    expect(await refusalOf(keep(900))).toBe('claim.kept-already')
    expect(await refusalOf(keep(2_001, '2026-03'))).toBe('claim.more-than-owed')
    await keep(2_000, '2026-03')
    expect((await crm.claims.get('K1'))?.state).toMatchObject({
      kept: [{ amount: 1_000 }, { amount: 2_000 }],
    })
  })
})
