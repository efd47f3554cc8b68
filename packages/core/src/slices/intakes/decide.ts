import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { Intake, IntakeCommand, IntakeSliceEvent } from './schema.ts'

/** What the source last said is news only when it is later by so much, so that a busy feed writes little. */
const newsAfterMinutes = 5

const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000

export const decide = (intake: Intake, command: IntakeCommand, { now, policy }: Context<Intake>) =>
  match([intake, command])
    .returnType<IntakeSliceEvent[]>()
    .with([{ status: P.union('none', 'source') }, { type: 'hear' }], ([known, { source, at }]) => {
      const silentAfterHours = policy.silentFeedAfterHours
      const heard = {
        type: 'intake.heard',
        source,
        silentAfterHours,
        at: at < now ? at : now,
      } as const
      if (known.status === 'none') return [heard]
      const minutes = minutesBetween(known.lastMessageAt, heard.at)
      const isNews = known.silentSince === undefined ? minutes >= newsAfterMinutes : minutes > 0
      return isNews ? [heard] : []
    })
    .with(
      [{ status: 'source' }, { type: 'miss' }],
      ([{ lastMessageAt, silentAfterHours, silentSince }, { source }]) => {
        const silent = minutesBetween(lastMessageAt, now) >= silentAfterHours * 60
        return silent && silentSince === undefined
          ? [{ type: 'intake.fell-silent', source, since: lastMessageAt }]
          : []
      },
    )
    .with([{ status: 'none' }, { type: 'quarantine' }], ([, { type: _, ...message }]) => [
      { type: 'intake.quarantined', ...message, at: now },
    ])
    .with(
      [{ status: P.union('quarantined', 'replayed', 'dismissed') }, { type: 'quarantine' }],
      () => [],
    )
    .with([{ status: 'quarantined' }, { type: 'settle' }], ([, { how }]) => [
      { type: 'intake.settled', how },
    ])
    .with([{ status: P.union('replayed', 'dismissed') }, { type: 'settle' }], () => [])
    .with(
      [{ status: P.union('none', 'reconciled') }, { type: 'reconcile' }],
      ([known, { type: _, ...compared }]) => {
        const {
          status: __,
          at: ___,
          ...before
        } = known.status === 'reconciled' ? known : { status: 'none', at: '' }
        const same = canonical(before) === canonical(compared)
        return same ? [] : [{ type: 'intake.reconciled', ...compared, at: now }]
      },
    )
    .with([P.any, P.any], () => refuse('intake.unknown'))
    .exhaustive()
