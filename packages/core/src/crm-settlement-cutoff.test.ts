import { describe, expect, it } from 'vitest'
import { refusalOf } from './hospital.fixture.ts'
import {
  as,
  line,
  marketing,
  on,
  releaseReps,
  rep,
  settle,
  sign,
  take,
} from './settlement.fixture.ts'

const [february, march] = ['2026-02', '2026-03'] as const

/** February with 52,000 yuan of R1's, released. */
const filled = async () => {
  const made = await marketing()
  await releaseReps(made.crm)
  await take(made.crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
  return made
}
const bonus = { id: 'a1', amount: 5_000, cause: 'agreement', because: 'as agreed' } as const

describe('what comes after a month was drafted', () => {
  it('is not in what is frozen, and is due in the next month', async () => {
    const { crm, clock } = await filled()
    const { hash } = await crm.settlements.draft(february)
    await sign(crm, february, hash)
    await take(crm, [line(rep('R1'), 'c2', 3_000, '2026-02-11')])
    await crm.settlements.freeze(february, { hash })
    const seen = async (month: string) =>
      (await crm.settlements.statement(month, rep('R1'))).statement
    const frozen = (await seen(february)).sections.flatMap(({ lines }) => lines)
    expect(frozen.map(({ charge }) => charge)).toEqual(['c1'])
    clock.set(on('2026-04-02'))
    await settle(crm, march)
    // Ten per cent of 3,000 yuan on top of 52,000.
    expect((await seen(march)).due).toBe(30_000)
  })

  it('does not bring again what was decided by hand and settled with it', async () => {
    const { crm, clock } = await filled()
    await crm.accounts.adjust({ ...rep('R1'), month: february, adjustment: bonus })
    await settle(crm, february)
    await take(crm, [line(rep('R1'), 'c2', 3_000, '2026-02-11')])
    clock.set(on('2026-04-02'))
    await settle(crm, march)
    const { statement } = await crm.settlements.statement(march, rep('R1'))
    expect([statement.due, statement.adjustments]).toEqual([30_000, []])
  })
})

describe('a finding of fraud', () => {
  it('is not told by whom it is about, nor of a charge that was not paid', async () => {
    const { crm } = await filled()
    await take(crm, [line(rep('R1'), 'c2', 3_000, '2026-02-11', { holds: ['dispute'] })])
    await settle(crm, february)
    const of = (charge: string) => ({
      ...{ finding: 'F1', ...rep('R1'), month: february, because: 'made up' },
      charges: [{ charge, visit: `V-${charge}` }],
    })
    expect(await refusalOf(as(crm, 'auditor').accounts.proposeFinding(of('c2')))).toBe(
      'account.charge-not-paid',
    )
    expect(await refusalOf(as(crm, 'R1').accounts.proposeFinding(of('c1')))).toBe(
      'account.own-finding',
    )
  })
})
