import {
  Benefit,
  FeePayer,
  judge,
  Payout as PayoutWay,
  Release,
  Service,
  type Verdict,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { Sealed } from '../../../kernel/personal.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import { classOf } from '../payee-class.ts'
import type {
  Payouts,
  Settlement,
  SettlementCommand,
  SettlementEvent,
  Withheld,
} from '../schema.ts'
import { payeeKey, payoutsId, personKey, releaseKey, runId, statementKey } from './keys.ts'
import { headerOf, isClosed } from './signing.ts'

type Said<Type extends SettlementCommand['type']> = Extract<SettlementCommand, { type: Type }>
type Events = (SettlementEvent | On<SettlementEvent>)[]
type Whose = Said<'export'>['payees'][number]

const Statement = z.object({
  statement: z.object({ payable: z.int() }),
  subjects: z.array(z.object({ benefit: Benefit, feePayer: FeePayer, service: Service })),
})
const Released = z.object({ release: Release })
const Agreed = z.object({ agreements: z.array(z.object({ releases: z.array(Release) })) })
const Account = z.object({ payout: PayoutWay, account: Sealed })

const strictest = ['DENY', 'REVIEW', 'ALLOW'] as const

/** The law's word on letting what is due to a payee leave now. Wages go by the payroll's own accounts. */
const wordOn = (
  whose: Whose,
  { month, releases: named }: Said<'export'>,
  { now, policy, other }: Context<Settlement>,
): Verdict => {
  const { profile } = policy.compliance ?? refuse('settlement.no-compliance-profile')
  const person = other(personKey(whose), z.unknown())
  const agreed = Agreed.safeParse(person)
  const releases = [
    ...named.flatMap((id) => other(releaseKey(id), Released)?.release ?? []),
    ...(agreed.success ? agreed.data.agreements.flatMap((one) => one.releases) : []),
  ]
  const payout =
    whose.role === 'rep'
      ? 'own-account'
      : (other(payeeKey(whose), Account)?.payout ?? 'unverified-account')
  const { subjects } = other(statementKey(month, whose), Statement) ?? refuse('settlement.unknown')
  const of = { point: 'payment-export', payee: whose.payee, payout } as const
  const payeeClass = classOf(person, policy)
  const words = subjects.map((subject) =>
    judge(profile, { ...of, payeeClass, ...subject }, { releases, at: now }),
  )
  // What is due by decision alone, and rests on no charge of this statement, is a share of fees all the same.
  const assumed = { benefit: 'share-of-fees', feePayer: 'self-pay', service: 'treatment' } as const
  const [first = judge(profile, { ...of, payeeClass, ...assumed }, { releases, at: now })] = words
  const found = strictest.flatMap((each) => words.filter(({ judgement }) => judgement === each))
  return found[0] ?? first
}

const payoutsOf = (month: string, { own }: Context<Settlement>): Payouts => {
  const known = own(payoutsId(month))
  const none = { payroll: [], bank: [] }
  return known.status === 'payouts'
    ? known
    : { status: 'payouts', month, payouts: [], withheld: none }
}

const isSame = (a: Whose, b: Whose) => a.role === b.role && a.payee === b.payee

/** A payout of what may leave and has not left; what may not stands beside it with the reason. */
export const exportPayout = (
  known: Settlement,
  said: Said<'export'>,
  context: Context<Settlement>,
): Events => {
  const { month, kind, payees } = said
  if (!isClosed(headerOf(known))) return refuse('settlement.not-frozen', { month })
  const role = kind === 'payroll' ? 'rep' : 'partner'
  const { payouts, withheld: before } = payoutsOf(month, context)
  const left = payouts.flatMap(({ rows }) => rows)
  const open = payees
    .filter((whose) => whose.role === role && !left.some((row) => isSame(row, whose)))
    .flatMap((whose) => {
      const amount = context.other(statementKey(month, whose), Statement)?.statement.payable ?? 0
      return amount > 0 ? [{ role, payee: whose.payee, amount } as const] : []
    })
    .sort((a, b) => (a.payee < b.payee ? -1 : 1))
  const judged = open.map((row) => ({ row, word: wordOn(row, said, context) }))
  const rows = judged.flatMap(({ row, word }) => {
    if (word.judgement !== 'ALLOW') return []
    const account = kind === 'bank' && context.other(payeeKey(row), Account)?.account
    return [{ ...row, ...(account && { account }) }]
  })
  const withheld = judged.flatMap(({ row, word }): Withheld[] => {
    const { judgement, profile, rule, because, ground } = word
    return judgement === 'ALLOW' ? [] : [{ ...row, judgement, profile, rule, because, ground }]
  })
  const number = payouts.filter((one) => one.kind === kind).length + 1
  const payout = { payout: `${month}/${kind}/${number}`, kind, rows }
  if (rows.length === 0 && canonical(withheld) === canonical(before[kind])) return []
  return [
    on(payoutsId(month), {
      type: 'settlement.exported',
      ...{ month, kind, withheld },
      ...(rows.length > 0 && { payout: { ...payout, by: context.actor.id, at: context.now } }),
    }),
  ]
}

/** Whether with this payout all is paid that the month's statements have to be paid. */
const isLast = (month: string, payout: string, context: Context<Settlement>): boolean => {
  const { payouts } = payoutsOf(month, context)
  const paid = payouts
    .filter((one) => one.paid || one.payout === payout)
    .flatMap(({ rows }) => rows)
  const run = context.own(runId(month))
  return (run.status === 'run' ? run.statements : [])
    .filter((whose) => {
      const { payable = 0 } = context.other(statementKey(month, whose), Statement)?.statement ?? {}
      return payable > 0
    })
    .every((whose) => paid.some((row) => isSame(row, whose)))
}

export const pay = (
  known: Settlement,
  { month, payout, reference }: Said<'pay'>,
  context: Context<Settlement>,
): Events => {
  const found = payoutsOf(month, context).payouts.find((one) => one.payout === payout)
  if (!found) return refuse('settlement.payout-unknown', { payout })
  if (found.paid) {
    return found.paid.reference === reference ? [] : refuse('settlement.already-paid', { payout })
  }
  if (found.by === context.actor.id) return refuse('settlement.own-payout', { payout })
  const isPaid = isLast(month, payout, context) && headerOf(known).status === 'frozen'
  return [
    on(payoutsId(month), {
      type: 'settlement.payout-paid',
      ...{ payout, reference, by: context.actor.id, at: context.now },
    }),
    ...(isPaid ? [{ type: 'settlement.paid' as const }] : []),
  ]
}
