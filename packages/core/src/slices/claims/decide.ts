import { match } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { ClaimCommand, ClaimEvent, ClaimRecord, KnownClaim } from './schema.ts'

type Said<Type extends ClaimCommand['type']> = Extract<ClaimCommand, { type: Type }>

export const decide = (
  known: ClaimRecord,
  command: ClaimCommand,
  context: Context<ClaimRecord>,
): ClaimEvent[] => {
  if (command.type === 'record') return record(known, command, context)
  if (known.status === 'none') return refuse('claim.unknown')
  return match(command)
    .returnType<ClaimEvent[]>()
    .with({ type: 'accept' }, () => accept(known, context))
    .with({ type: 'decide' }, (said) => settle(known, said, context))
    .with({ type: 'keep' }, (said) => keep(known, said, context))
    .exhaustive()
}

const record = (
  known: ClaimRecord,
  { type: _, claim, ...said }: Said<'record'>,
  { actor, now }: Context<ClaimRecord>,
): ClaimEvent[] => {
  if (known.status === 'none') return [{ type: 'claim.recorded', ...said, by: actor.id, at: now }]
  const { staff, kind, amount, day, because } = known
  const isSame = canonical({ staff, kind, amount, day, because }) === canonical(said)
  return isSame ? [] : refuse('claim.exists', { claim })
}

const accept = (claim: KnownClaim, { actor, now }: Context<ClaimRecord>): ClaimEvent[] => {
  if (actor.id !== claim.staff) return refuse('claim.not-yours')
  if (claim.status === 'dropped') return refuse('claim.dropped')
  return claim.status === 'open' ? [{ type: 'claim.accepted', at: now }] : []
}

/** Nobody decides what they recorded, nor what they owe. */
const settle = (
  claim: KnownClaim,
  { outcome }: Said<'decide'>,
  { actor, now }: Context<ClaimRecord>,
): ClaimEvent[] => {
  if (claim.status === outcome) return []
  if (claim.status === 'dropped') return refuse('claim.dropped')
  if (actor.id === claim.by) return refuse('claim.one-person')
  if (actor.id === claim.staff) return refuse('claim.own-word')
  return [{ type: 'claim.decided', outcome, by: actor.id, at: now }]
}

/** How much of a claim is owed beside what was kept in a month. */
export const owedBeside = ({ amount, kept }: KnownClaim, month: string): number =>
  kept.reduce((left, one) => (one.month === month ? left : left - one.amount), amount)

const keep = (
  claim: KnownClaim,
  { month, amount, reference }: Said<'keep'>,
  { policy }: Context<ClaimRecord>,
): ClaimEvent[] => {
  const before = claim.kept.find((one) => one.month === month)
  if (before) {
    const isSame = before.amount === amount && before.reference === reference
    return isSame ? [] : refuse('claim.kept-already', { month })
  }
  const { wages } = policy.compliance ?? {}
  const way = wages?.rule.ways[claim.kind] ?? 'never'
  if (way === 'never') return refuse('claim.not-from-wages')
  const stands = way === 'only-if-accepted' ? ['accepted'] : ['accepted', 'final']
  if (!stands.includes(claim.status)) return refuse('claim.not-standing')
  if (amount > owedBeside(claim, month)) return refuse('claim.more-than-owed')
  return [{ type: 'claim.kept', month, amount, reference }]
}
