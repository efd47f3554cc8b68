import { type CommissionPlan, fraudClaims, termsRef } from '@hospital-crm/rules'
import * as z from 'zod'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import { accountId, creditId, findingId } from '../ids.ts'
import type { AccountCommand, AccountEvent, AccountRecord, Credit, Finding } from '../schema.ts'
import { dueOf, restand } from './credit.ts'

type Said = Extract<AccountCommand, { type: 'propose-finding' }>
type Events = (AccountEvent | On<AccountEvent>)[]

/** As far as a frozen statement says what its lines had earned. */
const Paid = z.object({
  statement: z.object({
    sections: z.array(
      z.object({
        terms: z.string(),
        meter: z.string(),
        rating: z.object({ base: z.int() }),
        lines: z.array(
          z.object({
            charge: z.string(),
            visit: z.string(),
            amount: z.int(),
            standing: z.string(),
          }),
        ),
      }),
    ),
  }),
})
type Section = z.infer<typeof Paid>['statement']['sections'][number]

const sectionsOf = (said: Omit<Said, 'type'>, { other }: Context<AccountRecord>) =>
  other({ kind: 'statement', id: accountId(said.month, said) }, Paid)?.statement.sections ??
  refuse('account.not-settled', { month: said.month })

/** The charges of a finding, each as it was paid; refuses what was not. */
const paidFor = ({ charges }: Omit<Said, 'type'>, sections: readonly Section[]) => {
  const named = new Set(charges.map(({ charge }) => charge))
  const found = sections.map((section) => {
    const lines = section.lines.filter(
      ({ charge, standing }) => named.has(charge) && standing === 'counted',
    )
    return { section, lines }
  })
  const paid = new Set(found.flatMap(({ lines }) => lines.map(({ charge }) => charge)))
  const missing = [...named].find((charge) => !paid.has(charge))
  if (missing !== undefined) return refuse('account.charge-not-paid', { charge: missing })
  return found.filter(({ lines }) => lines.length > 0)
}

export const propose = (
  known: AccountRecord,
  { type: _, ...said }: Said,
  context: Context<AccountRecord>,
): Events => {
  const { actor, now } = context
  if (known.status !== 'none') {
    const {
      status: __,
      by: ___,
      at: ____,
      confirmedBy,
      returns,
      claims,
      ...same
    } = known as Finding
    return canonical(same) === canonical(said)
      ? []
      : refuse('account.finding-exists', { finding: said.finding })
  }
  paidFor(said, sectionsOf(said, context))
  if (actor.id === said.payee) return refuse('account.own-finding')
  return [{ type: 'account.finding-proposed', ...said, by: actor.id, at: now }]
}

const planOf = ({ terms, meter }: Section, { policy }: Context<AccountRecord>): CommissionPlan =>
  policy.commission?.terms
    .find((one) => termsRef(one) === terms)
    ?.meters.find(({ id }) => id === meter)?.plan ?? refuse('account.terms-unknown', { terms })

/** What a confirmed finding costs: what the charges had earned, and the penalty apart from it. */
const costOf = (
  known: Finding,
  by: string,
  context: Context<AccountRecord>,
): Pick<Finding, 'claims'> & { returns: number } => {
  const rule = context.policy.commission?.fraud ?? { times: 0, of: 'earned', includesReturn: false }
  const claims = paidFor(known, sectionsOf(known, context)).flatMap(({ section, lines }) =>
    fraudClaims(planOf(section, context), rule, {
      id: `${known.finding}/${section.terms}/${section.meter}`,
      settled: section.rating.base,
      madeUp: lines.reduce((sum, { amount }) => sum + amount, 0),
      decidedBy: [known.by, by],
    }),
  )
  const returned = claims.filter(({ kind }) => kind === 'overpayment')
  return {
    returns: returned.reduce((sum, { amount }) => sum + amount, 0),
    claims: claims.filter(({ kind }) => kind !== 'overpayment'),
  }
}

export const confirm = (known: AccountRecord, context: Context<AccountRecord>): Events => {
  const { actor, now, own } = context
  if (known.status !== 'proposed' && known.status !== 'confirmed') {
    return refuse('account.finding-unknown')
  }
  if (known.status === 'confirmed') return []
  if (actor.id === known.by) return refuse('account.finding-one-person')
  if (actor.id === known.payee) return refuse('account.own-finding')
  const { role, payee, month, charges } = known
  const visits = Map.groupBy(charges, ({ visit }) => visit)
  const restood = [...visits].map(([visit, charged]) => {
    const before = own(creditId(known, visit)) as Credit
    const struck = new Set([...before.struck, ...charged.map(({ charge }) => charge)])
    return { before, told: before.told, struck: [...struck].sort() }
  })
  return [
    on(findingId(known.finding), {
      type: 'account.finding-confirmed',
      ...{ role, payee, month, due: dueOf(month, context), by: actor.id, at: now },
      ...costOf(known, actor.id, context),
    }),
    ...restand(restood, context),
  ]
}
