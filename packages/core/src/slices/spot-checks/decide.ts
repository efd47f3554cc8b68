import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { withoutWords } from '../../kernel/tree.ts'
import type { SpotCheck, SpotCheckCommand, SpotCheckEvent } from './schema.ts'

export const decide = (
  check: SpotCheck,
  command: SpotCheckCommand,
  { now, id }: Context<SpotCheck>,
) =>
  match([check, command])
    .returnType<SpotCheckEvent[]>()
    .with([{ status: 'none' }, { type: 'ask' }], ([, { type: _, ...asked }]) => [
      { type: 'spot-check.asked', ...asked, at: now },
    ])
    .with([{ status: P.union('asked', 'recorded') }, { type: 'ask' }], () => [])
    .with([{ status: 'asked' }, { type: 'record' }], ([known, { auditor, finding, note }]) => {
      if (auditor === known.performer) return refuse('spot-check.own-work', { check: id })
      const { status: _, askedAt: __, ...asked } = known
      const said = { auditor, finding, ...(note && { note: withoutWords(note) }) }
      return [{ type: 'spot-check.recorded', ...asked, ...said, at: now }]
    })
    .with([{ status: 'recorded' }, { type: 'record' }], ([known, { auditor, finding }]) =>
      known.auditor === auditor && known.finding === finding
        ? []
        : refuse('spot-check.already-recorded', { check: id }),
    )
    .with([{ status: 'none' }, { type: 'record' }], () =>
      refuse('spot-check.unknown', { check: id }),
    )
    .exhaustive()
