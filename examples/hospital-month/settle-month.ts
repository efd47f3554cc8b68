import { type Crm, createCrm } from '@hospital-crm/core'
import {
  cnStrict,
  RulePack,
  xuzhouPack,
  yangzhouAttribution,
  yangzhouFraud,
  yangzhouMarketerTerms,
  yangzhouPartnerTerms,
} from '@hospital-crm/rules'
import {
  linesReport,
  payoutReport,
  releaseReport,
  statementsReport,
  tiersReport,
} from './report/settlement.ts'

const [february, march] = ['2026-02', '2026-03'] as const
const rates = { treatment: '3%', discounted: '2%', checkUp: '5%', eachPackage: '20' }

const pack = RulePack.parse({
  ...xuzhouPack,
  attribution: yangzhouAttribution,
  compliance: { profile: cnStrict, staff: { representative: 'own-marketer' } },
  commission: {
    from: february,
    terms: [yangzhouMarketerTerms, yangzhouPartnerTerms(rates)],
    staff: { representative: 'yangzhou-marketer' },
    partners: 'yangzhou-partner',
    fraud: yangzhouFraud,
  },
})

const at = (day: string, hour = 10) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + (hour - 8) * 3_600_000).toISOString()

/** A hospital in memory whose days pass as it is told. */
const invented = () => {
  let now = at('2026-02-02')
  const crm = createCrm({ clock: { now: () => new Date(now) } })
  const as = (id: string) => crm.for({ actor: { id, roles: ['admin'] } })
  const on = (day: string, hour = 10) => {
    now = at(day, hour)
  }
  return { crm, as, on }
}
type Invented = ReturnType<typeof invented>

/** A patient whom a representative announced, on the slip of a clinic where it says so, and the bill. */
const brought = async (
  { crm, on }: Invented,
  said: { visit: string; rep: string; day: string; yuan: number; partner?: string },
) => {
  const { visit, rep, day, yuan, partner } = said
  on(day, 8)
  const number = { type: 'MR', authority: 'H', value: visit }
  const { id: patient } = await crm.patients.register({ identifiers: [number] })
  const call = { kind: 'call-ahead', rep, patient, at: at(day, 8) }
  const touches = [await crm.referrals.record(call)]
  if (partner !== undefined) {
    const slip = { kind: 'slip', partner, patient, at: at(day, 8), number: `S-${visit}` }
    touches.push(await crm.referrals.record(slip))
  }
  on(day, 10)
  await crm.encounters.admit(visit, { patient, at: at(day), class: 'outpatient' })
  for (const { id } of touches) {
    for (const desk of ['triage-desk', 'registration-desk', 'operations']) {
      await crm.referrals.confirm(id, { desk, visit }).catch(() => undefined)
    }
  }
  const charge = { id: 'c1', category: 'treatment', payer: 'self-pay' } as const
  await crm.charges.post(visit, [{ ...charge, occurredOn: day, amount: yuan * 100 }])
}

/** Drafts a month, has it signed by four persons, and freezes it. */
const settled = async ({ crm, as }: Invented, month: string) => {
  const { hash } = await crm.settlements.draft(month)
  const steps = Object.entries({
    filed: 'head of marketing',
    attested: 'treating doctor',
    operations: 'head of operations',
    finance: 'cashier',
  })
  for (const [step, id] of steps) await as(id).settlements.approve(month, { step, hash })
  await crm.settlements.freeze(month, { hash })
}

const statementsOf = async (crm: Crm, month: string) => {
  const run = await crm.settlements.run(month)
  const seen = run.map((whose) => crm.settlements.statement(month, whose))
  return (await Promise.all(seen)).map(({ statement }) => statement)
}

/**
 * Two months of an invented hospital's marketing: pay that waits until two persons release it, a
 * refund that comes after payment and costs a tier and a reward, and a clinic that the law lets nobody pay.
 */
export const settleMonth = async (print: (text: string) => void): Promise<void> => {
  const hospital = invented()
  const { crm, as, on } = hospital
  await crm.hospitals.open({ name: 'Invented hospital', zone: 'Asia/Shanghai', pack })
  for (const rep of ['R1', 'R2']) await crm.staff.enrol(rep, { roles: ['representative'] })
  const clinic = { kind: 'clinic', name: 'Clinic by the bridge', channel: 'clinics' } as const
  await crm.partners.register('P1', {
    ...{ ...clinic, payeeClass: 'institution-elsewhere', owner: 'R1' },
  })
  await brought(hospital, { visit: 'V1', rep: 'R1', day: '2026-02-10', yuan: 49_000 })
  await brought(hospital, { visit: 'V2', rep: 'R1', day: '2026-02-11', yuan: 3_000 })
  await brought(hospital, {
    ...{ visit: 'V3', rep: 'R2', day: '2026-03-12', yuan: 18_000, partner: 'P1' },
  })

  on('2026-03-20')
  await crm.settlements.draft(february)
  const drafted = await statementsOf(crm, february)
  print(statementsReport(`${february}, drafted before the release`, drafted))
  const said = {
    rule: 'own-marketer-commission',
    opinion: { author: 'Law firm', document: 'opinion of 2026' },
    validUntil: at('2027-01-01'),
  }
  await as('director').releases.propose('opinion', { ...said, role: 'director' })
  await as('counsel').releases.confirm('opinion', { role: 'legal' })
  const released = await crm.releases.get('opinion')
  if (released) print(releaseReport(released.state))
  await settled(hospital, february)
  const wages = await crm.settlements.export(february, 'payroll')
  const before = await statementsOf(crm, february)
  print(statementsReport(february, before))
  for (const statement of before) print(tiersReport(statement))
  print(payoutReport(wages))
  const paid = { payout: wages.payout ?? '', reference: 'wages of March' }
  await as('cashier').settlements.pay(february, paid)

  on('2026-03-25')
  const refund = { id: 'r1', refundOf: 'c1', occurredOn: '2026-03-25', amount: -300_000 }
  await crm.charges.post('V2', [{ ...refund, category: 'treatment', payer: 'self-pay' }])
  await brought(hospital, { visit: 'V4', rep: 'R1', day: '2026-03-26', yuan: 25_000 })
  on('2026-04-02')
  await settled(hospital, march)
  const statements = await statementsOf(crm, march)
  print(statementsReport(march, statements))
  for (const statement of statements) print(tiersReport(statement))
  for (const statement of statements) print(linesReport(statement))
  print(payoutReport(await crm.settlements.export(march, 'payroll')))
  const account = await crm.settlements.reconciliation(march, 'P1')
  print(`What the clinic is told\n${account.csv.replaceAll('\r\n', '\n')}`)
}
