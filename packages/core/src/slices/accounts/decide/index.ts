import { match } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context, On } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import { creditId } from '../ids.ts'
import type { AccountCommand, AccountEvent, AccountRecord, Credit } from '../schema.ts'
import { dueOf, headOf, restand, retold } from './credit.ts'
import { confirm, propose } from './finding.ts'

type Said<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>
type Events = (AccountEvent | On<AccountEvent>)[]

export const decide = (
  known: AccountRecord,
  command: AccountCommand,
  context: Context<AccountRecord>,
) =>
  match(command)
    .returnType<Events>()
    .with({ type: 'take' }, (said) => take(said, context))
    .with({ type: 'adjust' }, (said) => adjust(said, context))
    .with({ type: 'propose-finding' }, (said) => propose(known, said, context))
    .with({ type: 'confirm-finding' }, () => confirm(known, context))
    .exhaustive()

const take = (
  { role, payee, visit, removed, added }: Said<'take'>,
  context: Context<AccountRecord>,
): Events => {
  const foreign = [...removed, ...added].find(
    (line) => line.role !== role || line.payee !== payee || line.visit !== visit,
  )
  if (foreign) return refuse('account.foreign-line', { charge: foreign.id })
  const known = context.own(creditId({ role, payee }, visit))
  const none: Credit = { status: 'credit', role, payee, visit, told: [], struck: [], stands: [] }
  const before = known.status === 'credit' ? known : none
  const told = retold(before.told, removed, added)
  if (canonical(told) === canonical(before.told)) return []
  return restand([{ before, told, struck: before.struck }], context)
}

/** Only the account of a month that is not frozen is adjusted; what corrects a frozen one says so. */
const adjust = (
  { role, payee, month, adjustment }: Said<'adjust'>,
  context: Context<AccountRecord>,
): Events => {
  const { adjustments, ...head } = headOf(month, { role, payee }, context)
  const posted = { ...adjustment, by: context.actor.id }
  const before = adjustments.find((one) => one.adjustment.id === adjustment.id)
  if (before) {
    return canonical(before.adjustment) === canonical(posted)
      ? []
      : refuse('account.adjustment-exists', { adjustment: adjustment.id })
  }
  if (context.actor.id === payee) return refuse('account.own-adjustment')
  if (dueOf(month, context) !== month) return refuse('account.month-frozen', { month })
  const { position: last, amount, lines } = head
  const position = last + 1
  const moved = { role, payee, month, position, due: month, amount, lines }
  return [{ type: 'account.adjusted', ...moved, adjustment: posted }]
}
