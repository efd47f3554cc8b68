// From a referral to the pay of a month. Explained in docs/how-to/settle-a-month.md
import { type Crm, createCrm } from '@hospital-crm/core'
import {
  cnStrict,
  cnWageDeduction,
  RulePack,
  xuzhouPack,
  yangzhouAttribution,
  yangzhouFraud,
  yangzhouMarketerTerms,
  yangzhouPartnerTerms,
  yangzhouPay,
} from '@hospital-crm/rules'
import { setClock } from './hospital-month/set-clock.ts'

const clock = setClock('2026-02-10T00:00:00Z')
const month = '2026-02'
const opinion = { author: 'Law firm', document: 'opinion of 2026' }

// #region pack
const rates = { treatment: '3%', discounted: '2%', checkUp: '5%', eachPackage: '20' }
const base = yangzhouPay({
  trial: { basic: '1800.00', allowance: '200.00' },
  permanent: { basic: '2400.00', transport: '100.00', phone: '50.00', meals: '150.00' },
})
const pack = RulePack.parse({
  ...xuzhouPack,
  attribution: yangzhouAttribution,
  compliance: {
    profile: cnStrict,
    staff: { representative: 'own-marketer' },
    wages: { rule: cnWageDeduction, minimumWage: 228_000 },
  },
  commission: {
    from: month,
    terms: [yangzhouMarketerTerms, yangzhouPartnerTerms(rates)],
    staff: { representative: 'yangzhou-marketer' },
    partners: 'yangzhou-partner',
    fraud: yangzhouFraud,
    pay: [base],
  },
})
// #endregion pack

/** A representative announces a patient, who comes and is billed. */
const brought = async (crm: Crm, visit: string, amount: number) => {
  const identifiers = [{ type: 'MR', authority: 'H', value: visit }]
  const { id: patient } = await crm.patients.register({ identifiers })
  // #region call
  const touch = { kind: 'call-ahead', rep: 'chen', patient, at: '2026-02-10T00:00:00Z' }
  const { id } = await crm.referrals.record(touch)
  // #endregion call
  clock.set('2026-02-10T02:00:00Z')
  // #region bring
  const at = '2026-02-10T02:00:00Z'
  await crm.encounters.admit(visit, { patient, at, class: 'outpatient' })
  await crm.referrals.confirm(id, { desk: 'triage-desk', visit })
  const charge = { id: 'c1', category: 'treatment', payer: 'self-pay' } as const
  await crm.charges.post(visit, [{ ...charge, occurredOn: '2026-02-10', amount }])
  // #endregion bring
}

const released = async (as: (id: string) => Pick<Crm, 'releases'>) => {
  // #region release
  const validUntil = '2027-01-01T00:00:00Z'
  const said = { rule: 'own-marketer-commission', opinion, validUntil }
  await as('director').releases.propose('opinion-1', { ...said, role: 'director' })
  await as('counsel').releases.confirm('opinion-1', { role: 'legal' })
  // #endregion release
}

export const main = async () => {
  const crm = createCrm({ clock })
  const as = (id: string) => crm.for({ actor: { id, roles: ['admin'] } })
  await crm.hospitals.open({ name: '扬州某医院', zone: 'Asia/Shanghai', pack })
  // #region staff
  const stages = [{ stage: 'permanent', from: '2026-01-01' }]
  await crm.staff.enrol('chen', { roles: ['representative'], stages })
  // #endregion staff
  await brought(crm, 'V1', 1_200_000)
  await released(as)

  clock.set('2026-03-02T02:00:00Z')
  // #region settle
  const { hash } = await crm.settlements.draft(month)
  for (const [step, id] of [
    ['filed', 'head of marketing'],
    ['attested', 'treating doctor'],
    ['operations', 'head of operations'],
    ['finance', 'cashier'],
  ] as const) {
    await as(id).settlements.approve(month, { step, hash })
  }
  await crm.settlements.freeze(month, { hash })
  const { statement } = await crm.settlements.statement(month, { role: 'rep', payee: 'chen' })
  // #endregion settle

  // #region claim
  const because = 'lost a telephone of the house'
  const loss = { staff: 'chen', kind: 'loss', amount: 80_000, day: '2026-02-20', because } as const
  await as('clerk').claims.record('K1', loss)
  await as('chen').claims.accept('K1')
  const { slips, csv } = await crm.payroll.run(month)
  await crm.payroll.keep(month, 'chen', { reference: 'wages of March' })
  // #endregion claim
  return { payable: statement.payable, slips, csv }
}
