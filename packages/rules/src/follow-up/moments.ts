import { type Millis, readInstant } from '../calendar/instant.ts'
import type { Draw } from './draw.ts'
import type { Ledger } from './ledger.ts'
import type { TaskRecord } from './task-of.ts'

/** When anything was said, happened or was drawn: where windows may begin to differ. */
export const momentsOf = ({ facts }: Ledger, draws: readonly Draw[]): readonly Millis[] => [
  ...facts.flatMap(({ at, effective }) => [at, effective]),
  ...draws.flatMap(({ rounds }) => rounds.map(({ decidedAt }) => readInstant(decidedAt))),
]

/** When the windows of what has not ended begin, fall due and end. */
export const boundariesOf = (records: readonly TaskRecord[]): readonly Millis[] =>
  records.flatMap(({ tier: { window }, standing }) =>
    standing.isWaiting || standing.since !== Number.POSITIVE_INFINITY
      ? []
      : [window.opensAt, window.deadline, window.horizonEnds],
  )

export const statesOf = (records: readonly TaskRecord[]): ReadonlyMap<string, string> =>
  new Map(records.map(({ task }) => [task.key, task.state]))
