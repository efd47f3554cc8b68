import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './hospital.fixture.ts'
import {
  as,
  line,
  marketing,
  on,
  partner,
  releaseReps,
  rep,
  settle,
  sign,
  signatories,
  take,
} from './settlement.fixture.ts'

const february = '2026-02'
const march = '2026-03'

/** February with 52,000 yuan of R1's, released. */
const filled = async () => {
  const made = await marketing()
  await releaseReps(made.crm)
  const charge = line(rep('R1'), 'c1', 52_000, '2026-02-10')
  await take(made.crm, [charge])
  return { ...made, charge }
}

describe('the settlement of a month', () => {
  it('gives everybody a statement, also who brought nobody', async () => {
    const { crm } = await filled()
    await settle(crm, february)
    const statements = await Promise.all(
      ['R1', 'R2'].map((payee) => crm.settlements.statement(february, rep(payee))),
    )
    expect(statements.map(({ statement }) => [statement.payable, statement.reasons])).toEqual([
      [470_000, []],
      [0, ['no-attributed-charges']],
    ])
    const [section] = statements[0]?.statement.sections ?? []
    expect(section).toMatchObject({
      terms: 'yangzhou-marketer@1',
      lines: [
        { charge: 'c1', touch: 'T-c1', rules: 'yangzhou@1', contribution: { total: 470_000 } },
      ],
    })
    expect(section?.rating.lines.map(({ rate }) => rate)).toEqual([
      '5%',
      '6%',
      '7%',
      '8%',
      '9%',
      '10%',
    ])
  })

  it('changes nothing when it is made again, and writes one record a payee and the header', async () => {
    const { crm, store } = await filled()
    const before = await crm.settlements.draft(february)
    expect(await crm.settlements.draft(february)).toEqual(before)
    await sign(crm, february, before.hash)
    const logged = (await store.log('main')).length
    const frozen = await crm.settlements.freeze(february, before)
    const events = (await store.log('main')).slice(logged)
    expect(events.map(({ key }) => `${key.kind} ${key.id}`)).toEqual([
      'settlement 2026-02',
      'statement 2026-02/rep/R1',
      'statement 2026-02/rep/R2',
    ])
    const everything = await store.everything()
    expect(await crm.settlements.freeze(february, before)).toEqual(frozen)
    expect(await crm.settlements.draft(february)).toEqual(frozen)
    const { length } = await store.log('main')
    expect(length).toBe(logged + events.length)
    expect(JSON.parse(await store.everything())[0]).toEqual(JSON.parse(everything)[0])
  })

  it('takes back after payment what the two ratings differ by: 1,290 yuan for 3,000 of 52,000', async () => {
    const { crm, clock } = await filled()
    await settle(crm, february)
    const refund = line(rep('R1'), 'c2', -3_000, '2026-04-01', { visit: 'V-c1', refundOf: 'c1' })
    await take(crm, [refund, line(rep('R1'), 'c3', 10_000, '2026-03-04')])
    clock.set(on('2026-04-02'))
    await settle(crm, march)
    const { statement } = await crm.settlements.statement(march, rep('R1'))
    const corrected = statement.sections.find(({ month }) => month === february)
    expect(corrected?.due).toEqual({ commission: -29_000, reward: -100_000, total: -129_000 })
    expect([statement.due, statement.payable, statement.carriedOut]).toEqual([-79_000, 0, -79_000])

    clock.set(on('2026-05-02'))
    await take(crm, [line(rep('R1'), 'c4', 20_000, '2026-04-20')])
    await settle(crm, '2026-04')
    const april = (await crm.settlements.statement('2026-04', rep('R1'))).statement
    expect([april.due, april.carriedIn, april.payable]).toEqual([110_000, -79_000, 31_000])
  })

  it('passes a base below nothing into the next month, whenever it is known', async () => {
    const { crm, clock, charge } = await filled()
    await take(crm, [line(rep('R1'), 'c3', 10_000, '2026-03-04')])
    await settle(crm, february)
    await settle(crm, march)
    const refund = { visit: 'V-c1', refundOf: 'c1' }
    const refunds = [
      line(rep('R1'), 'r1', -52_000, '2026-04-02', refund),
      line(rep('R1'), 'r2', -4_000, '2026-04-03', refund),
    ]
    await take(crm, refunds)
    clock.set(on('2026-05-02'))
    await settle(crm, '2026-04')
    const april = (await crm.settlements.statement('2026-04', rep('R1'))).statement
    const due = april.sections.map(({ month, due: { total }, carriedBase }) => {
      return [month, total, carriedBase]
    })
    // February falls to -4,000; March keeps 6,000 of its 10,000 and was paid for all of it.
    expect(due).toEqual([
      [february, -470_000, 0],
      [march, -20_000, -400_000],
      ['2026-04', 0, 0],
    ])
    expect(charge.amount).toBe(5_200_000)
  })

  it('is for months that are over, one after the other', async () => {
    const { crm } = await filled()
    expect(await refusalOf(crm.settlements.draft('2026-04'))).toBe('settlement.month-not-over')
    expect(await refusalOf(crm.settlements.draft('2026-01'))).toBe('settlement.before-the-first')
    expect(await refusalOf(crm.settlements.draft(march))).toBe('settlement.earlier-open')
    const plain = await marketing({ pack: { commission: undefined } })
    expect(await refusalOf(plain.crm.settlements.draft(march))).toBe(
      'settlement.no-commission-rules',
    )
  })

  it('is the same to the byte in whatever order the facts came', async () => {
    const facts = [
      line(rep('R1'), 'c1', 52_000, '2026-02-10'),
      line(rep('R1'), 'r1', -3_000, '2026-03-10', { visit: 'V-c1', refundOf: 'c1' }),
      line(rep('R1'), 'c2', 8_000, '2026-02-20', { visit: 'V-c1' }),
      line(rep('R2'), 'c3', 700, '2026-02-20', { holds: ['dispute'] }),
      line(partner('P1'), 'c1', 52_000, '2026-02-10'),
    ]
    const wrong = line(rep('R2'), 'c4', 9_000, '2026-02-11')
    const steps = [
      ...facts.map((one) => [[one], []] as const),
      [[wrong], []] as const,
      [[], [wrong]] as const,
    ]
    const settled = async (order: readonly number[]) => {
      const { crm } = await marketing()
      await releaseReps(crm)
      for (const at of order) {
        const [added, removed] = steps[at] ?? [[], []]
        await take(crm, added, removed)
      }
      await settle(crm, february)
      const { items } = await crm.door.list(
        { ...(await import('./slices/statements/index.ts')).statement },
        { index: 'month', equals: [[february]], limit: 9 },
      )
      return JSON.stringify(
        items.map(({ state }) => state.status === 'frozen' && [state.statement, state.hash]),
      )
    }
    const places = steps.map((_, at) => at)
    const expected = await settled(places)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(places, { minLength: places.length, maxLength: places.length }),
        async (order) => {
          expect(await settled(order)).toBe(expected)
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('the approval of a settlement', () => {
  it('goes step by step, one person a step, and signs the hash', async () => {
    const { crm } = await filled()
    const { hash } = await crm.settlements.draft(february)
    const approve = (by: string, step: string, of = hash) =>
      refusalOf(as(crm, by).settlements.approve(february, { step, hash: of }))
    expect(await approve('ops', 'operations')).toBe('settlement.not-its-turn')
    expect(await approve('rep-head', 'filed', '0'.repeat(64))).toBe('settlement.other-hash')
    await approve('rep-head', 'filed')
    expect(await approve('rep-head', 'attested')).toBe('settlement.one-step-each')
    expect(await approve('R1', 'attested')).toBe('settlement.own-pay')
    expect(await refusalOf(crm.settlements.freeze(february, { hash }))).toBe(
      'settlement.not-approved',
    )
    const nurse = crm.for({ actor: { id: 'nurse', roles: ['nurse'] } })
    expect(await refusalOf(nurse.settlements.approve(february, { step: 'attested', hash }))).toBe(
      'access.denied',
    )
  })

  it('starts again after every change', async () => {
    const { crm } = await filled()
    const approvals = async () => (await crm.settlements.get(february)).approvals.length
    const { hash } = await crm.settlements.draft(february)
    await sign(crm, february, hash)
    expect(await approvals()).toBe(4)

    await take(crm, [line(rep('R2'), 'c9', 100, '2026-02-27')])
    expect(await approvals()).toBe(4)
    const second = (await crm.settlements.draft(february)).hash
    expect([second === hash, await approvals()]).toEqual([false, 0])

    await sign(crm, february, second)
    const bonus = { id: 'a1', amount: 5_000, cause: 'agreement', because: 'fair' } as const
    await crm.accounts.adjust({ ...rep('R2'), month: february, adjustment: bonus })
    expect(await approvals()).toBe(0)
    expect(await refusalOf(crm.settlements.freeze(february, { hash: second }))).toBe(
      'settlement.stale',
    )
    const third = (await crm.settlements.draft(february)).hash
    await sign(crm, february, third)
    const said = { dispute: 'd1', ...rep('R2'), because: 'a charge is missing' }
    await as(crm, 'R2').settlements.dispute(february, said)
    expect(await approvals()).toBe(0)
    expect(await refusalOf(crm.settlements.freeze(february, { hash: third }))).toBe(
      'settlement.disputed',
    )
    const close = { dispute: 'd1', outcome: 'dismissed' } as const
    expect(await refusalOf(as(crm, 'R2').settlements.closeDispute(february, close))).toBe(
      'settlement.own-dispute',
    )
    await as(crm, 'ops').settlements.closeDispute(february, close)
    await sign(crm, february, third)
    await crm.settlements.freeze(february, { hash: third })
    const { statement } = await crm.settlements.statement(february, rep('R2'))
    expect([statement.due, statement.adjustments.map(({ by }) => by)]).toEqual([5_500, ['host']])
    expect(
      await refusalOf(
        crm.accounts.adjust({ ...rep('R2'), month: february, adjustment: { ...bonus, id: 'a2' } }),
      ),
    ).toBe('account.month-frozen')
  })

  it('shows the doctor who attests it no amount', async () => {
    const access = [
      {
        role: 'attending',
        may: ['settlement.read', 'settlement.approve'],
        opens: 0,
      },
    ]
    const { crm } = await marketing({ pack: { access } })
    await take(crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
    const { hash } = await crm.settlements.draft(february)
    await as(crm, 'rep-head').settlements.approve(february, { step: 'filed', hash })
    const doctor = crm.for({ actor: { id: 'dr-zhao', roles: ['attending'] } })
    const seen = [await doctor.settlements.get(february), await doctor.settlements.run(february)]
    expect(JSON.stringify(seen)).toContain('V-c1')
    expect(JSON.stringify(seen)).not.toMatch(/amount|payable|5200000/)
    await doctor.settlements.approve(february, { step: 'attested', hash })
    expect(await refusalOf(doctor.settlements.statement(february, rep('R1')))).toBe('access.denied')
    expect(signatories).toHaveLength(4)
  })

  it('does not freeze what terms or classes have changed since', async () => {
    const { crm } = await filled()
    const { hash } = await crm.settlements.draft(february)
    await sign(crm, february, hash)
    await crm.staff.enrol('R1', { roles: ['nurse'] })
    expect(await refusalOf(crm.settlements.freeze(february, { hash }))).toBe('settlement.changed')
  })
})

describe('a finding of fraud', () => {
  it('takes back what the charges had earned, and claims ten times that apart from it', async () => {
    const { crm, clock } = await filled()
    await take(crm, [line(rep('R1'), 'c2', 3_000, '2026-02-11', { visit: 'V-c1' })])
    await settle(crm, february)
    const finding = {
      finding: 'F1',
      ...rep('R1'),
      month: february,
      charges: [{ charge: 'c2', visit: 'V-c1' }],
      because: 'the slip was made up',
    }
    await as(crm, 'auditor').accounts.proposeFinding(finding)
    expect(await refusalOf(as(crm, 'auditor').accounts.confirmFinding('F1'))).toBe(
      'account.finding-one-person',
    )
    await as(crm, 'counsel').accounts.confirmFinding('F1')
    const found = (await crm.accounts.finding('F1'))?.state
    expect(found).toMatchObject({
      status: 'confirmed',
      returns: 30_000,
      claims: [{ kind: 'penalty', amount: 300_000, standing: 'open' }],
    })
    clock.set(on('2026-04-02'))
    await settle(crm, march)
    const { statement } = await crm.settlements.statement(march, rep('R1'))
    expect([statement.due, statement.carriedOut]).toEqual([-30_000, -30_000])
    const [section] = statement.sections
    expect(section?.lines.find(({ charge }) => charge === 'c2')?.standing).toBe('held')
    expect(
      await refusalOf(
        crm.accounts.proposeFinding({
          ...finding,
          finding: 'F2',
          charges: [{ charge: 'none', visit: 'V-c1' }],
        }),
      ),
    ).toBe('account.charge-not-paid')
    const records = await crm.accounts.findings(rep('R1'))
    expect(records.items.map(({ id }) => id)).toEqual(['finding/F1'])
  })
})
