import { yangzhouAttribution, yangzhouPartnerTerms } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { refusalOf, someone } from './hospital.fixture.ts'
import {
  as,
  commission,
  line,
  marketing,
  on,
  partner,
  releaseReps,
  rep,
  settle,
  take,
} from './settlement.fixture.ts'

const february = '2026-02'

const { partners: _, ...withoutPartners } = commission

const clinic = {
  kind: 'clinic',
  name: 'Clinic by the bridge',
  channel: 'clinics',
  payeeClass: 'institution-elsewhere',
  owner: 'R1',
} as const

describe('the law at the settlement', () => {
  it('shows a partner who may not be paid what was refused and why', async () => {
    const { crm } = await marketing()
    await crm.partners.register('P1', clinic)
    await take(crm, [line(partner('P1'), 'c1', 10_000, '2026-02-03')])
    await settle(crm, february)
    const { statement } = await crm.settlements.statement(february, partner('P1'))
    expect([statement.payable, statement.refusedTotal, statement.reasons]).toEqual([
      0,
      30_000,
      ['nothing-counted', 'lines-refused'],
    ])
    const [refused] = statement.sections.flatMap(({ lines }) => lines)
    expect(refused).toMatchObject({
      standing: 'refused',
      gate: { judgement: 'DENY', rule: 'institution-elsewhere-per-patient' },
    })
    expect(refused?.gate?.ground.statute).toContain('反不正当竞争法')
    const file = await crm.settlements.export(february, 'bank')
    expect([file.payout, file.rows]).toEqual([null, []])
  })

  it('lists what was brought by somebody with whom nothing is agreed', async () => {
    const { crm } = await marketing({
      pack: { commission: withoutPartners } as never,
    })
    await crm.partners.register('P1', clinic)
    await take(crm, [line(partner('P1'), 'c1', 10_000, '2026-02-03')])
    await settle(crm, february)
    const { statement } = await crm.settlements.statement(february, partner('P1'))
    expect(statement.excluded).toMatchObject([
      { charge: 'c1', standing: 'excluded', because: 'nothing is agreed with this payee' },
    ])
  })

  it("holds a representative's pay until two persons of two roles release it, then owes it", async () => {
    const { crm, clock } = await marketing()
    await take(crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
    await settle(crm, february)
    const held = (await crm.settlements.statement(february, rep('R1'))).statement
    expect([held.payable, held.heldTotal, held.reasons]).toEqual([
      0,
      470_000,
      ['nothing-counted', 'lines-held'],
    ])

    const said = {
      rule: 'own-marketer-commission',
      role: 'director',
      opinion: { author: 'Law Firm', document: 'sha256:00' },
      validUntil: on('2027-01-01'),
    }
    expect(await refusalOf(crm.releases.propose('o1', { ...said, rule: 'fund-money' }))).toBe(
      'release.nothing-to-release',
    )
    await as(crm, 'director').releases.propose('o1', said)
    expect(await refusalOf(as(crm, 'director').releases.confirm('o1', { role: 'legal' }))).toBe(
      'release.one-person',
    )
    expect(await refusalOf(as(crm, 'counsel').releases.confirm('o1', { role: 'director' }))).toBe(
      'release.one-role',
    )
    await as(crm, 'counsel').releases.confirm('o1', { role: 'legal' })

    clock.set(on('2026-04-02'))
    await settle(crm, '2026-03')
    const { statement } = await crm.settlements.statement('2026-03', rep('R1'))
    const [section] = statement.sections
    expect([section?.month, section?.due.total, statement.payable]).toEqual([
      february,
      470_000,
      470_000,
    ])
    expect(section?.lines[0]?.gate?.release).toBe('o1')
  })
})

describe('the payout', () => {
  it('is the same file however often it is asked for, and paid once', async () => {
    const { crm } = await marketing()
    await releaseReps(crm)
    await take(crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
    expect(await refusalOf(crm.settlements.export(february, 'payroll'))).toBe('settlement.unknown')
    await crm.settlements.draft(february)
    expect(await refusalOf(crm.settlements.export(february, 'payroll'))).toBe(
      'settlement.not-frozen',
    )
    await settle(crm, february)
    const file = await crm.settlements.export(february, 'payroll')
    expect(file.csv).toBe(
      '"payout","month","payee","amount","currency"\r\n' +
        '"2026-02/payroll/1","2026-02","R1","4700.00","CNY"\r\n',
    )
    expect(await crm.settlements.export(february, 'payroll')).toEqual(file)
    const paid = { payout: '2026-02/payroll/1', reference: 'wages of April' }
    expect(await refusalOf(crm.settlements.pay(february, paid))).toBe('settlement.own-payout')
    await as(crm, 'cashier').settlements.pay(february, paid)
    await as(crm, 'cashier').settlements.pay(february, paid)
    expect(
      await refusalOf(
        as(crm, 'cashier').settlements.pay(february, { ...paid, reference: 'another' }),
      ),
    ).toBe('settlement.already-paid')
    expect((await crm.settlements.get(february)).status).toBe('paid')
    expect((await crm.settlements.export(february, 'payroll')).csv).toBe(file.csv)
  })

  it('leaves out whom a release no longer covers, until it is given again', async () => {
    const { crm, clock } = await marketing()
    await releaseReps(crm, 'short', on('2026-04-10'))
    await take(crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
    await settle(crm, february)
    clock.set(on('2026-04-11'))
    const late = await crm.settlements.export(february, 'payroll')
    expect([late.payout, late.withheld]).toMatchObject([
      null,
      [{ payee: 'R1', amount: 470_000, judgement: 'REVIEW', rule: 'own-marketer-commission' }],
    ])
    await releaseReps(crm, 'renewed')
    const file = await crm.settlements.export(february, 'payroll')
    expect([file.payout, file.withheld]).toEqual(['2026-02/payroll/1', []])
  })

  it('goes to an account of their own that two persons have seen, and to no other', async () => {
    const { crm } = await marketing()
    await crm.partners.register('A1', {
      ...clinic,
      kind: 'intermediary',
      payeeClass: 'intermediary',
    })
    const terms = yangzhouPartnerTerms({
      ...{ treatment: '4%', discounted: '2%', checkUp: '5%', eachPackage: '20' },
    })
    await crm.partners.agree('A1', { agreement: 'G1', pays: { terms } })
    const said = {
      agreement: 'G1',
      role: 'director',
      opinion: { author: 'Law Firm', document: 'sha256:01' },
      validUntil: on('2027-01-01'),
    }
    await as(crm, 'director').partners.proposeRelease('A1', said)
    await as(crm, 'counsel').partners.confirmRelease('A1', { agreement: 'G1', role: 'legal' })
    await take(crm, [line(partner('A1'), 'c1', 10_000, '2026-02-03')])
    await settle(crm, february)

    const refused = async () =>
      (await crm.settlements.export(february, 'bank')).withheld.map(({ rule }) => rule)
    expect(await refused()).toEqual(['payout-not-to-the-payee'])
    const account = { ...partner('A1'), account: '6222020000000001' }
    await crm.payees.nameAccount({ ...account, holder: 'third-person' })
    expect(await refused()).toEqual(['payout-not-to-the-payee'])
    expect(await refusalOf(as(crm, 'ops').payees.verifyAccount(partner('A1')))).toBe(
      'payee.not-own-account',
    )
    await crm.payees.nameAccount({ ...account, holder: 'own' })
    expect(await refusalOf(crm.payees.verifyAccount(partner('A1')))).toBe('payee.one-person')
    await as(crm, 'ops').payees.verifyAccount(partner('A1'))
    const file = await crm.settlements.export(february, 'bank', { open: true })
    expect(file.csv.split('\r\n')[1]).toBe(
      '"2026-02/bank/1","2026-02","A1","6222020000000001","400.00","CNY"',
    )
    const covered = await crm.settlements.payout(february, 'bank')
    expect(covered.csv).not.toContain('6222020000000001')
  })
})

describe('the reconciliation with a partner', () => {
  it('names no visit, no touch and nobody, and adds up', async () => {
    const { crm } = await marketing()
    await crm.partners.register('P1', clinic)
    await take(crm, [
      line(partner('P1'), 'c1', 10_000, '2026-02-03'),
      line(partner('P1'), 'r1', -1_000, '2026-02-04', { visit: 'V-c1', refundOf: 'c1' }),
      line(partner('P1'), 'c2', 500, '2026-02-05'),
    ])
    await crm.settlements.draft(february)
    const account = await crm.settlements.reconciliation(february, 'P1')
    expect(account.visits.map(({ amount }) => amount).sort()).toEqual([50_000, 900_000])
    expect(JSON.stringify(account)).not.toMatch(/V-c|T-c|"c1"/)
    expect(await crm.settlements.reconciliation(february, 'P1')).toEqual(account)
  })
})

describe('an account', () => {
  it('holds what charges bring to whom they are credited, and lets go of what is taken from them', async () => {
    const { crm, clock } = await marketing({
      at: on('2026-02-09'),
      pack: { attribution: yangzhouAttribution },
    })
    const patient = await someone(crm, '1')
    const called = { kind: 'call-ahead', rep: 'R1', patient, at: on('2026-02-08') }
    const { id: touch } = await crm.referrals.record(called)
    clock.set(on('2026-02-10'))
    await crm.encounters.admit('V1', { patient, at: on('2026-02-10'), class: 'outpatient' })
    await crm.referrals.confirm(touch, { desk: 'triage-desk', visit: 'V1' }).catch(() => {})
    const charge = { id: 'c1', category: 'treatment', payer: 'self-pay' } as const
    await crm.charges.post('V1', [{ ...charge, occurredOn: '2026-02-10', amount: 100_000 }])
    const standing = async () => (await crm.accounts.get(february, rep('R1')))?.state
    expect(await standing()).toMatchObject({
      position: 1,
      due: february,
      amount: 100_000,
      lines: 1,
    })
    await crm.referrals.withdraw(touch, { because: 'mistaken' })
    expect(await standing()).toMatchObject({ position: 2, amount: 0, lines: 0 })
  })
})
