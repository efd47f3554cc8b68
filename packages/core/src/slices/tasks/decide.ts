import { match } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { withoutWords } from '../../kernel/tree.ts'
import type { Duty, DutyCommand, DutyEvent } from './schema.ts'

export const decide = (duty: Duty, command: DutyCommand, { now, id }: Context<Duty>) => {
  const unknown = () => refuse('task.unknown', { task: id })
  const closed = () => refuse('task.already-closed', { task: id })
  return match(command)
    .returnType<DutyEvent[]>()
    .with({ type: 'open' }, ({ type: _, task: __, ...content }) =>
      duty.status === 'none' ? [{ type: 'task.opened', ...content, at: now }] : [],
    )
    .with({ type: 'assign' }, ({ owner }) => {
      if (duty.status === 'none') return unknown()
      if (duty.status !== 'open') return closed()
      return duty.owner === owner ? [] : [{ type: 'task.assigned', owner, at: now }]
    })
    .with({ type: 'close' }, ({ outcome, by, note }) => {
      if (duty.status === 'none') return unknown()
      if (duty.status !== 'open') return duty.status === outcome && duty.by === by ? [] : closed()
      const noted = note && { note: withoutWords(note) }
      return [{ type: 'task.closed', outcome, by, ...noted, at: now }]
    })
    .exhaustive()
}
