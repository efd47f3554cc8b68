import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { type Input, type Slice, subjectOf } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { SpotCheck, SpotCheckCommand, SpotCheckEvent } from './schema.ts'

export const spotCheckId = ({
  visit,
  generation,
  tier,
}: {
  readonly visit: string
  readonly generation: number
  readonly tier: number
}) => `${visit}#${generation}/${tier}`

export const spotCheck: Slice<SpotCheck, SpotCheckCommand, SpotCheckEvent> = {
  name: 'spot-check',
  state: SpotCheck,
  command: SpotCheckCommand,
  event: SpotCheckEvent,
  initial: { status: 'none' },
  keys: (command) => ['check' in command ? command.check : spotCheckId(command)],
  // What the patient said when asked again is the patient's.
  subjects: (command, { own }): Readonly<Record<string, string>> => {
    if (!('check' in command)) return {}
    const known = own(command.check)
    const isKnown = known !== undefined && known.status !== 'none'
    // Of a check that nobody asked for the decision says so, and nothing is kept.
    const subject = isKnown
      ? subjectOf('patient', known.patient)
      : subjectOf('spot-check', command.check)
    return { subject }
  },
  decide,
  evolve,
  lists: { open: ['role'], finding: ['finding'] },
  entries: (state): Entry[] =>
    state.status === 'asked'
      ? [{ index: 'open', equals: [state.role], order: state.askedAt }]
      : state.status === 'recorded'
        ? [{ index: 'finding', equals: [state.finding], order: state.recordedAt }]
        : [],
  attributes: (state): Attributes =>
    state.status === 'none'
      ? {}
      : {
          role: [state.role],
          ...(state.performer !== undefined && { performer: [state.performer] }),
        },
}

type Said<Type extends SpotCheckCommand['type']> = Input<typeof SpotCheckCommand, Type>

export const spotChecks = (door: Door) => ({
  /** Asks for a check by hand; draws ask by themselves. */
  ask: (input: Said<'ask'>, options?: CommandOptions) =>
    door.run(spotCheck, { type: 'ask', ...input }, options),

  /**
   * Records what a check found. A failed one voids the work, which is owed again. Refuses whoever did
   * the work (`spot-check.own-work`) and a second finding (`spot-check.already-recorded`).
   */
  record: (check: string, input: Omit<Said<'record'>, 'check'>, options?: CommandOptions) =>
    door.run(spotCheck, { type: 'record', check, ...input }, options),

  get: (check: string, options?: ReadOptions) => door.get(spotCheck, check, options),

  /** Checks that a role's members still have to make, the earliest asked first. */
  open: (role: string, paging: Paging = {}) =>
    door.list(spotCheck, { index: 'open', equals: [[role]], ...page(paging) }, paging),

  /** Checks by what they found, the latest first. */
  found: (finding: 'confirmed' | 'failed', paging: Paging = {}) =>
    door.list(
      spotCheck,
      { index: 'finding', equals: [[finding]], direction: 'descending', ...page(paging) },
      paging,
    ),
})
