import { yangzhouMarketerTerms, yangzhouPartnerTerms, yangzhouPay } from '@hospital-crm/rules'
import { nameOf } from './canary-words.fixture.ts'
import type { Call, Person, Place } from './every-method.fixture.ts'
import type { packOf } from './hospital.fixture.ts'
import { line, partner, releaseReps, rep, signatories, take } from './settlement.fixture.ts'

const january = '2026-01'
const february = '2026-02'
const rates = { treatment: '3%', discounted: '2%', checkUp: '5%', eachPackage: '20' }

const payScheme = yangzhouPay({
  trial: { basic: '1800.00', allowance: '200.00' },
  permanent: { basic: '2400.00', transport: '100.00', phone: '50.00', meals: '150.00' },
})

/** What a rule pack says of pay by results. */
export const pay: NonNullable<Parameters<typeof packOf>[0]> = {
  commission: {
    from: january,
    terms: [yangzhouMarketerTerms, yangzhouPartnerTerms(rates)],
    staff: { marketing: 'yangzhou-marketer' },
    partners: 'yangzhou-partner',
    fraud: { times: 10, of: 'earned', includesReturn: false },
    pay: [payScheme],
  },
}

const finding = {
  ...rep('chen'),
  month: january,
  charges: [{ charge: 'j1', visit: 'V-j1' }],
  because: 'the slip was made up',
}

const claim = {
  staff: 'chen',
  kind: 'loss',
  amount: 3_000,
  day: '2026-01-20',
  because: 'lost a telephone of the house',
} as const

/** Signs a month as four persons. */
const signed = async (
  { crm, tenant }: Pick<Place, 'crm' | 'tenant'>,
  desk: Place['desk'],
  month: string,
) => {
  const { hash } = await desk.settlements.draft(month)
  for (const [step, id] of signatories) {
    const officer = crm.for({ tenant, actor: { id, roles: ['admin'] } })
    await officer.settlements.approve(month, { step, hash })
  }
  return hash
}

/** Fills a hospital with a month that was settled and exported, one that was approved, and what waits for a second word. */
export const fillSettlement = async (
  desk: Place['desk'],
  { crm, tenant, person }: Pick<Place, 'crm' | 'tenant'> & { readonly person: Person },
) => {
  const boss = crm.for({ tenant, actor: { id: 'boss', roles: ['admin'] } })
  const stages = [{ stage: 'permanent', from: '2025-01-01' }]
  await desk.staff.enrol('chen', { roles: ['marketing'], stages })
  const place = { for: ({ actor }: { actor: never }) => crm.for({ tenant, actor }) }
  await releaseReps(place as never)
  await take(desk, [
    line(rep('chen'), 'j1', 52_000, '2026-01-10'),
    line(partner('firm'), 'j1', 52_000, '2026-01-10'),
    line(rep('chen'), 'f1', 9_000, '2026-02-10'),
  ])
  const hash = await signed({ crm, tenant }, desk, january)
  await desk.settlements.freeze(january, { hash })
  await signed({ crm, tenant }, desk, february)
  // Comes after the cut-off: a draft made again takes it in.
  await take(desk, [line(rep('chen'), 'f2', 300, '2026-02-11')])
  await boss.accounts.proposeFinding({ ...finding, finding: 'F0' })
  const account = person('33').phones[0] ?? ''
  await boss.payees.nameAccount({ ...rep('chen'), account, holder: 'own' })
  const opinion = { author: 'counsel', document: 'D-2' }
  const said = { rule: 'pharmacy-check-ups', opinion, validUntil: '2027-01-01T00:00:00Z' }
  await boss.releases.propose('o2', { ...said, role: 'director' })
  const chen = crm.for({ tenant, actor: { id: 'chen', roles: ['admin'] } })
  for (const id of ['K0', 'K1']) await boss.claims.record(id, claim)
  await chen.claims.accept('K1')
}

const plain = { open: true }
const anyone: Person = (number) => ({
  ...{ number, name: nameOf(number), address: '', birthDate: '1950-01-02' },
  phones: [`1540000${number.padStart(4, '0')}`],
})

/** Every method about what is earned and paid, with a call that finds something there. */
export const settlementCalls: Readonly<Record<string, Call>> = {
  'accounts.get': ({ desk }) => desk.accounts.get(january, rep('chen')),
  'accounts.adjust': ({ desk }, _, cause) => {
    const adjustment = { id: 'a1', amount: 500, cause: 'agreement', because: 'fair' } as const
    return desk.accounts.adjust({ ...rep('chen'), month: february, adjustment }, { cause })
  },
  'accounts.proposeFinding': ({ desk }, _, cause) =>
    desk.accounts.proposeFinding({ ...finding, finding: 'F1' }, { cause }),
  'accounts.confirmFinding': ({ desk }, _, cause) => desk.accounts.confirmFinding('F0', { cause }),
  'accounts.finding': ({ desk }) => desk.accounts.finding('F0'),
  'accounts.findings': ({ desk }) => desk.accounts.findings(rep('chen')),

  'payees.nameAccount': ({ desk, person = anyone }, _, cause) => {
    const account = person('8').phones[0] ?? ''
    return desk.payees.nameAccount({ ...partner('firm'), account, holder: 'own' }, { cause })
  },
  'payees.verifyAccount': ({ desk }, _, cause) => desk.payees.verifyAccount(rep('chen'), { cause }),
  'payees.get': ({ desk }) => desk.payees.get(rep('chen'), plain),

  'releases.propose': ({ desk }, _, cause) => {
    const opinion = { author: 'counsel', document: 'D-3' }
    const said = { rule: 'pharmacy-fee', opinion, validUntil: '2027-01-01T00:00:00Z' }
    return desk.releases.propose('o3', { ...said, role: 'director' }, { cause })
  },
  'releases.confirm': ({ desk }, _, cause) =>
    desk.releases.confirm('o2', { role: 'legal' }, { cause }),
  'releases.get': ({ desk }) => desk.releases.get('o2'),
  'releases.list': ({ desk }) => desk.releases.list('proposed'),

  'settlements.draft': ({ desk }, _, cause) => desk.settlements.draft(february, { cause }),
  'settlements.get': ({ desk }) => desk.settlements.get(february),
  'settlements.run': ({ desk }) => desk.settlements.run(february),
  'settlements.approve': async ({ crm, desk, tenant }, _, cause) => {
    const { hash } = await desk.settlements.draft(february, { cause: `${cause}, first` })
    const [[step, id]] = signatories
    const officer = crm.for({ ...(tenant && { tenant }), actor: { id, roles: ['admin'] } })
    return officer.settlements.approve(february, { step, hash }, { cause })
  },
  'settlements.dispute': ({ desk }, _, cause) => {
    const said = { dispute: 'd1', ...rep('chen'), because: 'a charge is missing' }
    return desk.settlements.dispute(february, said, { cause })
  },
  'settlements.closeDispute': async ({ crm, desk, tenant }, _, cause) => {
    const said = { dispute: 'd2', ...rep('chen'), because: 'a charge is missing' }
    await desk.settlements.dispute(february, said, { cause: `${cause}, first` })
    const ops = crm.for({ ...(tenant && { tenant }), actor: { id: 'ops', roles: ['admin'] } })
    const closed = { dispute: 'd2', outcome: 'dismissed' } as const
    return ops.settlements.closeDispute(february, closed, { cause })
  },
  'settlements.freeze': async ({ desk }, _, cause) => {
    const { hash } = await desk.settlements.get(february)
    return desk.settlements.freeze(february, { hash }, { cause })
  },
  'settlements.statement': ({ desk }) => desk.settlements.statement(february, rep('chen')),
  'settlements.statements': ({ desk }) => desk.settlements.statements(rep('chen')),
  'settlements.reconciliation': ({ desk }) => desk.settlements.reconciliation(january, 'firm'),
  'settlements.export': ({ desk }, _, cause) =>
    desk.settlements.export(january, 'payroll', { cause }),
  'settlements.payout': ({ desk }) => desk.settlements.payout(january, 'payroll'),
  'settlements.pay': async ({ crm, desk, tenant }, _, cause) => {
    await desk.settlements.export(january, 'payroll', { cause: `${cause}, first` })
    const cashier = crm.for({
      ...(tenant && { tenant }),
      actor: { id: 'cashier', roles: ['admin'] },
    })
    const paid = { payout: '2026-01/payroll/1', reference: 'wages' }
    return cashier.settlements.pay(january, paid, { cause })
  },
  'settlements.list': ({ desk }) => desk.settlements.list(),

  'claims.record': ({ desk }, _, cause) => desk.claims.record('K2', claim, { cause }),
  'claims.accept': ({ crm, tenant }, _, cause) => {
    const chen = crm.for({ ...(tenant && { tenant }), actor: { id: 'chen', roles: ['admin'] } })
    return chen.claims.accept('K0', { cause })
  },
  'claims.decide': ({ desk }, _, cause) => desk.claims.decide('K0', 'dropped', { cause }),
  'claims.get': ({ desk }) => desk.claims.get('K0'),
  'claims.of': ({ desk }) => desk.claims.of('chen'),

  'payroll.slip': ({ desk }) => desk.payroll.slip(january, 'chen'),
  'payroll.run': ({ desk }) => desk.payroll.run(january),
  'payroll.keep': ({ desk }, _, cause) =>
    desk.payroll.keep(january, 'chen', { reference: 'wages' }, { cause }),
}
