import type { ApprovalStep } from '@hospital-crm/rules'
import * as z from 'zod'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import type { Header, Settlement, SettlementCommand, SettlementEvent } from '../schema.ts'
import { accountKey, monthBefore, runId } from './keys.ts'

type Said<Type extends SettlementCommand['type']> = Extract<SettlementCommand, { type: Type }>
type Events = (SettlementEvent | On<SettlementEvent>)[]
type Circumstances = Context<Settlement>

const rulesOf = ({ policy }: Circumstances) =>
  policy.commission ?? refuse('settlement.no-commission-rules')

const Before = z.object({ status: z.string() })
const Account = z.object({ position: z.int(), amount: z.int(), lines: z.int() })

export const isClosed = ({ status }: { readonly status: string }) =>
  status === 'frozen' || status === 'paid'

export const headerOf = (known: Settlement): Header =>
  'hash' in known ? known : refuse('settlement.unknown')

/** A settlement that can still change. */
const openOf = (known: Settlement): Header => {
  const header = headerOf(known)
  return isClosed(header) ? refuse('settlement.frozen', { month: header.month }) : header
}

/** A month is settled once it is over, and months one after the other. */
const mayBeSettled = (month: string, context: Circumstances) => {
  const { now, policy, other } = context
  const today = localDay(policy.zone, now)
  if (today.slice(0, 7) <= month) return refuse('settlement.month-not-over', { month })
  const { from } = rulesOf(context)
  if (month < from) return refuse('settlement.before-the-first', { month, first: from })
  const before = monthBefore(month)
  const { status } = other({ kind: 'settlement', id: before }, Before) ?? { status: 'none' }
  if (month > from && !isClosed({ status })) {
    return refuse('settlement.earlier-open', { month: before })
  }
}

export const draft = (
  known: Settlement,
  { month, hash, run, accounts }: Said<'draft'>,
  context: Circumstances,
): Events => {
  if ('hash' in known && isClosed(known)) {
    return known.hash === hash ? [] : refuse('settlement.frozen', { month })
  }
  mayBeSettled(month, context)
  for (const { account, ...read } of accounts) {
    const stored = context.other(accountKey(account), Account)
    const isBehind = !stored || stored.position < read.position
    const isSame = stored && canonical(stored) === canonical(read)
    if (isBehind || (stored.position === read.position && !isSame)) {
      return refuse('settlement.account-differs', { account })
    }
  }
  const before = context.own(runId(month))
  const isSameRun = before.status === 'run' && canonical(before.statements) === canonical(run)
  const isSame = 'hash' in known && known.hash === hash && !known.isStale
  const runEvent = on<SettlementEvent>(runId(month), {
    type: 'settlement.run-drafted',
    ...{ month, statements: run },
  })
  const drafted = { month, hash, at: context.now, statements: run.length }
  return [
    ...(isSame ? [] : [{ type: 'settlement.drafted' as const, ...drafted }]),
    ...(isSameRun ? [] : [runEvent]),
  ]
}

/** The step whose turn it is, where the actor may take it. */
const signing = (step: ApprovalStep, { approvals, month }: Header, context: Circumstances) => {
  const { actor, own } = context
  if (![step.role, 'admin'].some((role) => actor.roles.includes(role))) {
    return refuse('settlement.not-your-role', { role: step.role })
  }
  if (approvals.some(({ by }) => by === actor.id)) return refuse('settlement.one-step-each')
  const run = own(runId(month))
  const payees = run.status === 'run' ? run.statements : []
  const isPayee = payees.some(({ role, payee }) => role === 'rep' && payee === actor.id)
  if (isPayee && !step.payees) return refuse('settlement.own-pay')
}

/** Each step is signed once, in order, by another person, and signs the run's hash. */
export const approve = (
  known: Settlement,
  { step, hash }: Said<'approve'>,
  context: Circumstances,
): Events => {
  const { actor, now } = context
  const signedBefore = headerOf(known).approvals.find(
    (one) => one.step === step && one.by === actor.id && one.hash === hash,
  )
  if (signedBefore) return []
  const header = openOf(known)
  const { month, approvals } = header
  if (header.isStale) return refuse('settlement.stale', { month })
  if (header.status === 'disputed') return refuse('settlement.disputed', { month })
  if (hash !== header.hash) return refuse('settlement.other-hash', { month })
  const next = rulesOf(context).approvals[approvals.length]
  if (next?.step !== step) {
    return refuse('settlement.not-its-turn', { step, next: next?.step ?? null })
  }
  signing(next, header, context)
  return [{ type: 'settlement.approved', step, hash, by: actor.id, at: now }]
}

export const dispute = (
  known: Settlement,
  { type: _, month, ...said }: Said<'dispute'>,
  context: Circumstances,
): Events => {
  const { disputes } = headerOf(known)
  const before = disputes.find((one) => one.dispute === said.dispute)
  if (before) {
    const { by: __, at: ___, closed, ...same } = before
    return canonical(same) === canonical(said)
      ? []
      : refuse('settlement.dispute-exists', { dispute: said.dispute })
  }
  openOf(known)
  const run = context.own(runId(month))
  const isIn =
    run.status === 'run' &&
    run.statements.some(({ role, payee }) => role === said.role && payee === said.payee)
  if (!isIn) return refuse('settlement.no-such-statement', { month })
  return [{ type: 'settlement.disputed', ...said, by: context.actor.id, at: context.now }]
}

export const closeDispute = (
  known: Settlement,
  { dispute: id, outcome }: Said<'close-dispute'>,
  { actor, now }: Circumstances,
): Events => {
  const found = headerOf(known).disputes.find((one) => one.dispute === id)
  if (!found) return refuse('settlement.dispute-unknown', { dispute: id })
  if (found.closed) return []
  if (actor.id === found.by) return refuse('settlement.own-dispute', { dispute: id })
  return [{ type: 'settlement.dispute-closed', dispute: id, outcome, by: actor.id, at: now }]
}

export const reopen = (known: Settlement): Events =>
  !('hash' in known) || isClosed(known) || known.isStale ? [] : [{ type: 'settlement.reopened' }]

export const freeze = (
  known: Settlement,
  { month, hash }: Said<'freeze'>,
  context: Circumstances,
): Events => {
  const header = headerOf(known)
  if (isClosed(header)) return header.hash === hash ? [] : refuse('settlement.frozen', { month })
  if (header.isStale) return refuse('settlement.stale', { month })
  if (header.status === 'disputed') return refuse('settlement.disputed', { month })
  if (hash !== header.hash) return refuse('settlement.other-hash', { month })
  const missing = rulesOf(context).approvals.find(
    ({ step }) => !header.approvals.some((one) => one.step === step && one.hash === hash),
  )
  if (missing) return refuse('settlement.not-approved', { month, step: missing.step })
  return [{ type: 'settlement.frozen', month, hash, at: context.now }]
}
