import type { CommandOptions, Door } from '../../kernel/door.ts'
import { raise } from '../../kernel/flow.ts'
import type { Paging } from '../../kernel/paging.ts'
import { type Input, type Slice, subjectOf } from '../../kernel/slice.ts'
import type { Tick } from '../../kernel/tick.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Intake, IntakeCommand, IntakeSliceEvent } from './schema.ts'

export const messageId = (hash: string) => `message:${hash}`

const idOf = (command: IntakeCommand) => {
  if ('hash' in command) return messageId(command.hash)
  return command.type === 'reconcile'
    ? `day:${command.source}:${command.day}`
    : `source:${command.source}`
}

export const intake: Slice<Intake, IntakeCommand, IntakeSliceEvent> = {
  name: 'intake',
  state: Intake,
  command: IntakeCommand,
  event: IntakeSliceEvent,
  initial: { status: 'none' },
  keys: (command) => [idOf(command)],
  // What was taken after all, or dismissed, is needed no more in its raw form.
  erases: (command) =>
    command.type === 'settle' ? [subjectOf('intake', messageId(command.hash))] : [],
  decide,
  evolve,
  lists: { quarantine: [], days: ['source'] },
  entries: (state, id): Entry[] => {
    if (state.status === 'source' && state.silentSince === undefined) {
      const missed = Date.parse(state.lastMessageAt) + state.silentAfterHours * 3_600_000
      return [{ index: 'silent', equals: [], order: new Date(missed).toISOString() }]
    }
    if (state.status === 'reconciled') {
      return [{ index: 'days', equals: [state.source], order: state.day }]
    }
    if (state.status !== 'quarantined') return []
    const words = state.numbers.flatMap((number) => number.words ?? [])
    return [
      { index: 'quarantine', equals: [], order: `${state.at} ${id}` },
      ...words.map((word) => ({ index: 'number', equals: [word], order: id })),
    ]
  },
}

/** A source that has said nothing for too long is missed, once. */
export const silence: Tick = {
  name: 'silence',
  kind: intake.name,
  index: 'silent',
  equals: [],
  raise: ({ key: { id } }) =>
    raise(intake, id, { type: 'miss', source: id.slice('source:'.length) }),
}

type Said<Type extends IntakeCommand['type']> = Input<typeof IntakeCommand, Type>

export const intakes = (door: Door) => ({
  /** Notes that a source has spoken at this instant. */
  hear: (input: Said<'hear'>, options?: CommandOptions) =>
    door.run(intake, { type: 'hear', ...input }, options),

  /** Keeps a message that could not be taken, sealed, with the reason. */
  quarantine: (input: Said<'quarantine'>, options?: CommandOptions) =>
    door.run(intake, { type: 'quarantine', ...input }, options),

  /** Closes a quarantined message and destroys what it held. */
  settle: (input: Said<'settle'>, options?: CommandOptions) =>
    door.run(intake, { type: 'settle', ...input }, options),

  /** Messages that could not be taken and wait for somebody to look, the oldest first. */
  quarantined: ({ limit = 50, after, ...options }: Paging = {}) =>
    door.list(intake, { index: 'quarantine', equals: [], limit, ...(after && { after }) }, options),

  /** The days compared with a source's own list, the latest first. */
  reconciled: (source: string, { limit = 50, after, ...options }: Paging = {}) =>
    door.list(
      intake,
      {
        index: 'days',
        equals: [[source]],
        direction: 'descending',
        limit,
        ...(after && { after }),
      },
      options,
    ),

  source: (name: string) => door.get(intake, `source:${name}`),
})
