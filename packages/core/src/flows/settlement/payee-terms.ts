import {
  type CommissionTerms,
  type PayeeClass,
  type Policy,
  type Release,
  termsRef,
} from '@hospital-crm/rules'
import type { Door } from '../../kernel/door.ts'
import { everyPage } from '../../kernel/paging.ts'
import { refuse } from '../../kernel/refusal.ts'
import { whoseId } from '../../slices/accounts/index.ts'
import type { Whose } from '../../slices/accounts/schema.ts'
import { partner } from '../../slices/partners/index.ts'
import type { KnownPartner } from '../../slices/partners/schema.ts'
import { classOf } from '../../slices/settlements/index.ts'
import { staffMember } from '../../slices/staff/index.ts'

/** What a statement has to know of a payee beside the lines. */
export interface PayeeFacts extends Whose {
  readonly payeeClass: PayeeClass
  readonly terms: readonly CommissionTerms[]
  readonly releases: readonly Release[]
  readonly until?: string
}

export const rulesOf = ({ commission }: Policy) =>
  commission ?? refuse('settlement.no-commission-rules')

/** Terms for whoever has agreed nothing: every line stands on the statement, and earns nothing. */
const nothingAgreed = (role: Whose['role'], policy: Policy): CommissionTerms => ({
  id: 'nothing-agreed',
  version: 1,
  title: 'nothing agreed',
  role,
  currency: policy.currency,
  from: '0001-01-01',
  accountingDay: rulesOf(policy).terms[0]?.accountingDay ?? 'occurred',
  changeover: 'by-day',
  negativeMonth: 'dropped',
  meters: [
    {
      id: 'nothing',
      counts: 'amount',
      plan: {
        id: 'nothing-agreed',
        version: 1,
        currency: policy.currency,
        mode: 'graduated',
        tiers: [{ rate: '0%' }],
        rounding: { mode: 'half-up', scope: 'once' },
      },
    },
  ],
  exclusions: [{ id: 'nothing-agreed', because: 'nothing is agreed with this payee' }],
  services: {},
  ambiguities: [],
})

const ofId = ({ terms }: ReturnType<typeof rulesOf>, id: string | undefined) =>
  terms.filter((one) => one.id === id)

const memberTerms = (roles: readonly string[], policy: Policy) => {
  const rules = rulesOf(policy)
  const id = roles.flatMap((role) => rules.staff[role] ?? [])[0]
  return ofId(rules, id)
}

/** What was agreed, each as long as it held; after an ended agreement nothing is earned. */
const agreedTerms = ({ agreements }: KnownPartner): readonly CommissionTerms[] =>
  agreements.flatMap(({ pays, endedOn }) => {
    if (!('terms' in pays)) return []
    const { terms } = pays
    const to = [terms.to, endedOn].flatMap((day) => day ?? []).sort()[0]
    return to !== undefined && to < terms.from
      ? []
      : [{ ...terms, ...(to !== undefined && { to }) }]
  })

const partnerTerms = (known: KnownPartner, policy: Policy) => {
  const rules = rulesOf(policy)
  const agreed = agreedTerms(known)
  return agreed.length > 0 ? agreed : ofId(rules, rules.partners)
}

const checked = (terms: readonly CommissionTerms[], policy: Policy) => {
  const [first] = rulesOf(policy).terms
  const other = terms.find((one) => one.accountingDay !== first?.accountingDay)
  return other ? refuse('settlement.other-accounting-day', { terms: termsRef(other) }) : terms
}

/** What payees are and earn by, read in two calls, by their ids. */
export const payeeFacts = async (
  door: Door,
  policy: Policy,
  payees: readonly Whose[],
): Promise<ReadonlyMap<string, PayeeFacts>> => {
  const of = (role: Whose['role']) =>
    payees.flatMap((whose) => (whose.role === role ? [whose.payee] : []))
  const [members, partners] = await Promise.all([
    door.getMany(staffMember, of('rep')),
    door.getMany(partner, of('partner')),
  ])
  const known = new Map<string, unknown>([
    ...members.flatMap((one) => (one ? [[`rep ${one.id}`, one.state] as const] : [])),
    ...partners.flatMap((one) => (one ? [[`partner ${one.id}`, one.state] as const] : [])),
  ])
  const factsOf = (whose: Whose): PayeeFacts => {
    const state = known.get(`${whose.role} ${whose.payee}`)
    const fallback = nothingAgreed(whose.role, policy)
    const payeeClass = classOf(state, policy)
    if (whose.role === 'rep') {
      const { roles = [] } = (state ?? {}) as { roles?: readonly string[] }
      return {
        ...whose,
        payeeClass,
        terms: [...memberTerms(roles, policy), fallback],
        releases: [],
      }
    }
    const found = state as KnownPartner | undefined
    if (!found) return { ...whose, payeeClass, terms: [fallback], releases: [] }
    const { endedOn: until, agreements } = found
    return {
      ...whose,
      payeeClass,
      terms: [...checked(partnerTerms(found, policy), policy), fallback],
      releases: agreements.flatMap(({ releases }) => releases),
      ...(until !== undefined && { until }),
    }
  }
  return new Map(payees.map((whose) => [whoseId(whose), factsOf(whose)]))
}

const kinds = {
  hospital: true,
  department: true,
  clinic: true,
  company: true,
  university: true,
  pharmacy: true,
  venue: true,
  intermediary: true,
  introducer: true,
} as const satisfies Record<KnownPartner['kind'], true>

/** Everybody who earns by results and so gets a statement, whether they brought anybody or not. */
export const earners = async (door: Door, policy: Policy): Promise<readonly Whose[]> => {
  const paging = (after?: string) => ({ limit: 500, ...(after !== undefined && { after }) })
  const roles = Object.keys(rulesOf(policy).staff)
  const members = await Promise.all(
    roles.map((role) =>
      everyPage((after) =>
        door.list(staffMember, { index: 'role', equals: [[role]], ...paging(after) }),
      ),
    ),
  )
  const partners = await everyPage((after) =>
    door.list(partner, { index: 'kind', equals: [Object.keys(kinds)], ...paging(after) }),
  )
  const byResults = partners.filter(
    ({ state }) =>
      state.status === 'partner' && state.agreements.some(({ pays }) => 'terms' in pays),
  )
  return [
    ...members.flat().map(({ id }): Whose => ({ role: 'rep', payee: id })),
    ...byResults.map(({ id }): Whose => ({ role: 'partner', payee: id })),
  ]
}
