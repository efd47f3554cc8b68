import { match } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { ReleaseCommand, ReleaseEvent, ReleaseRecord } from './schema.ts'

type Said<Type extends ReleaseCommand['type']> = Extract<ReleaseCommand, { type: Type }>

export const decide = (
  known: ReleaseRecord,
  command: ReleaseCommand,
  context: Context<ReleaseRecord>,
) =>
  match(command)
    .returnType<ReleaseEvent[]>()
    .with({ type: 'propose' }, (said) => propose(known, said, context))
    .with({ type: 'confirm' }, (said) => confirm(known, said, context))
    .exhaustive()

const signed = (role: string, { actor }: Context<ReleaseRecord>) =>
  [role, 'admin'].some((each) => actor.roles.includes(each))
    ? actor.id
    : refuse('release.not-your-role', { role })

const propose = (
  known: ReleaseRecord,
  { type: _, ...said }: Said<'propose'>,
  context: Context<ReleaseRecord>,
): ReleaseEvent[] => {
  const { policy, now } = context
  const person = signed(said.role, context)
  const { profile } = policy.compliance ?? refuse('release.no-compliance-profile')
  const row = profile.rules.find(({ id }) => id === said.rule)
  if (row?.judgement !== 'REVIEW') return refuse('release.nothing-to-release', { rule: said.rule })
  const asked = { ...said, profile: `${profile.id}@${profile.version}`, person }
  if (known.status === 'proposed') {
    const { status: __, ...same } = known
    if (canonical(same) === canonical(asked)) return []
  }
  if (known.status !== 'none') return refuse('release.exists', { release: said.release })
  if (said.validUntil <= now) return refuse('release.over')
  if (said.payees?.includes(person)) return refuse('release.own-pay')
  return [{ type: 'release.proposed', ...asked }]
}

const confirm = (
  known: ReleaseRecord,
  { role }: Said<'confirm'>,
  context: Context<ReleaseRecord>,
): ReleaseEvent[] => {
  if (known.status === 'none') return refuse('release.unknown')
  const person = signed(role, context)
  const second = { person, role }
  if (known.status === 'given') {
    return canonical(known.release.by[1]) === canonical(second) ? [] : refuse('release.exists')
  }
  if (known.person === person) return refuse('release.one-person')
  if (known.role === role) return refuse('release.one-role')
  if (known.validUntil <= context.now) return refuse('release.over')
  if (known.payees?.includes(person)) return refuse('release.own-pay')
  const { release: id, profile, rule, payees, opinion, validUntil } = known
  const first = { person: known.person, role: known.role }
  const what = { id, profile, rule, ...(payees && { payees }), opinion, validUntil }
  return [{ type: 'release.given', given: { ...what, by: [first, second], at: context.now } }]
}
