import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { withoutWords } from '../../kernel/tree.ts'
import type { Duty, DutyCommand, DutyEvent } from './schema.ts'

const closed = P.union('done', 'cancelled')

export const decide = (duty: Duty, command: DutyCommand, { now, id }: Context<Duty>) =>
  match([duty, command])
    .returnType<DutyEvent[]>()
    .with([{ status: 'none' }, { type: 'open' }], ([, { type: _, task: __, ...content }]) => [
      { type: 'task.opened', ...content, at: now },
    ])
    .with([{ status: P.not('none') }, { type: 'open' }], () => [])
    .with([{ status: 'open' }, { type: 'assign' }], ([known, { owner }]) =>
      known.owner === owner ? [] : [{ type: 'task.assigned', owner, at: now }],
    )
    .with([{ status: 'open' }, { type: 'close' }], ([, { outcome, by, note }]) => [
      { type: 'task.closed', outcome, by, ...(note && { note: withoutWords(note) }), at: now },
    ])
    .with([{ status: closed }, { type: 'close' }], ([known, { outcome, by }]) =>
      known.status === outcome && known.by === by
        ? []
        : refuse('task.already-closed', { task: id }),
    )
    .with([{ status: closed }, { type: 'assign' }], () =>
      refuse('task.already-closed', { task: id }),
    )
    .with([{ status: 'none' }, { type: P.union('assign', 'close') }], () =>
      refuse('task.unknown', { task: id }),
    )
    .exhaustive()
