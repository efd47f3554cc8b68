import {
  type AttributedLine,
  cnStrict,
  yangzhouMarketerTerms,
  yangzhouPartnerTerms,
} from '@hospital-crm/rules'
import type { Crm, Services } from './create-crm.ts'
import { type Setting, testCrm } from './hospital.fixture.ts'
import { account, whoseId } from './slices/accounts/index.ts'

const partnerTerms = yangzhouPartnerTerms({
  treatment: '3%',
  discounted: '2%',
  checkUp: '5%',
  eachPackage: '20',
})

/** A hospital that settles from February 2026 on, by the Yangzhou rule book and the law's strict reading. */
export const commission = {
  from: '2026-02',
  terms: [yangzhouMarketerTerms, partnerTerms],
  staff: { representative: 'yangzhou-marketer' },
  partners: 'yangzhou-partner',
  fraud: { times: 10, of: 'earned', includesReturn: false },
} as const
export const compliance = {
  profile: cnStrict,
  staff: { representative: 'own-marketer' },
} as const

/** Ten in the morning of a local day. */
export const on = (day: string) => `${day}T02:00:00.000Z`

export const rep = (payee: string) => ({ role: 'rep', payee }) as const
export const partner = (payee: string) => ({ role: 'partner', payee }) as const
type Whose = ReturnType<typeof rep> | ReturnType<typeof partner>

/** A line of so many yuan credited to somebody, paid by the patient. */
export const line = (
  whose: Whose,
  id: string,
  yuan: number,
  day: string,
  more: Partial<AttributedLine> = {},
): AttributedLine => ({
  id,
  visit: `V-${id}`,
  occurredOn: day,
  postedOn: day,
  amount: Math.round(yuan * 100),
  category: 'treatment',
  payer: 'self-pay',
  basis: 'attribution',
  ...whose,
  touch: `T-${id}`,
  rules: 'yangzhou@1',
  occasion: 'first',
  holds: [],
  ...more,
})

/** Puts lines into the accounts, as charges that were attributed do. */
export const take = async (
  { door }: Pick<Services, 'door'>,
  added: readonly AttributedLine[],
  removed: readonly AttributedLine[] = [],
) => {
  const name = (one: AttributedLine) => JSON.stringify([whoseId(one), one.visit])
  const visits = Map.groupBy([...removed, ...added], name)
  for (const [of, [first]] of visits) {
    if (!first) continue
    const { role, payee, visit } = first
    const mine = (lines: readonly AttributedLine[]) => lines.filter((one) => name(one) === of)
    const lines = { removed: mine(removed), added: mine(added) }
    await door.run(account, { type: 'take', role, payee, visit, ...lines })
  }
}

const officer = (id: string, ...roles: string[]) => ({ actor: { id, roles: [...roles, 'admin'] } })

/** Who signs, in the order of the chain. */
export const signatories = [
  ['filed', 'rep-head'],
  ['attested', 'dr-zhao'],
  ['operations', 'ops'],
  ['finance', 'cashier'],
] as const

export const as = (crm: Crm, id: string): Services => crm.for(officer(id))

/** Two persons release the commission of the hospital's own representatives for a year. */
export const releaseReps = async (
  crm: Crm,
  id = 'opinion-1',
  validUntil = '2027-01-01T00:00:00.000Z',
) => {
  const opinion = { author: 'Law Firm', document: 'sha256:00' }
  const said = { rule: 'own-marketer-commission', role: 'director', opinion, validUntil }
  await as(crm, 'director').releases.propose(id, said)
  await as(crm, 'counsel').releases.confirm(id, { role: 'legal' })
}

export const sign = async (crm: Crm, month: string, hash: string) => {
  for (const [step, by] of signatories) {
    await as(crm, by).settlements.approve(month, { step, hash })
  }
}

/** Drafts, approves and freezes a month. */
export const settle = async (crm: Crm, month: string) => {
  const { hash } = await crm.settlements.draft(month)
  await sign(crm, month, hash)
  return crm.settlements.freeze(month, { hash })
}

/** A hospital with two representatives, on 1 April 2026, February and March to be settled. */
export const marketing = async (setting: Setting = {}) => {
  const made = await testCrm({
    at: on('2026-04-01'),
    ...setting,
    pack: { commission, compliance, ...setting.pack } as Setting['pack'],
  })
  if (setting.open === false) return made
  await made.crm.staff.enrol('R1', { roles: ['representative'] })
  await made.crm.staff.enrol('R2', { roles: ['representative'] })
  return made
}

/** What is due to somebody, in yuan as a person writes it. */
export const yuan = (amount: number) => (amount / 100).toFixed(2)
