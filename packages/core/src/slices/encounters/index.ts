import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { linkedKeys } from '../../kernel/links.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Encounter, EncounterCommand, EncounterEvent } from './schema.ts'

export const encounter: Slice<Encounter, EncounterCommand, EncounterEvent> = {
  name: 'encounter',
  state: Encounter,
  command: EncounterCommand,
  event: EncounterEvent,
  initial: { status: 'none' },
  keys: ({ visit }) => [visit],
  needs: ({ visit, patient }, { own, other }) => {
    const known = own(visit)
    const persons = known && known.status !== 'none' ? [patient, known.patient] : [patient]
    return persons.flatMap((id) => linkedKeys({ kind: 'patient', id }, other))
  },
  decide,
  evolve,
  lists: { patient: ['patient'], discharged: [] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const { patient, admittedAt, dischargedAt, status } = state
    const since = admittedAt ?? dischargedAt ?? ''
    const discharged = { index: 'discharged', equals: [], order: dischargedAt ?? '' }
    return [
      { index: 'patient', equals: [patient], order: since },
      ...(status === 'discharged' ? [discharged] : []),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'none'
      ? {}
      : { department: [state.department ?? ''], attending: [state.attending ?? ''] },
}

type Said<Type extends EncounterCommand['type']> = Omit<
  Input<typeof EncounterCommand, Type>,
  'visit'
>

export const encounters = (door: Door) => ({
  /** Opens a visit. `at` is an instant with offset; `class` is inpatient unless told. */
  admit: (visit: string, input: Said<'admit'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'admit', visit, ...input }, options),

  transfer: (visit: string, input: Said<'transfer'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'transfer', visit, ...input }, options),

  /** Takes what is said of a visit; opens it when it is not known. */
  update: (visit: string, input: Said<'update'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'update', visit, ...input }, options),

  /**
   * Records a discharge; its follow-ups are planned when this returns. Again with the same time it
   * changes nothing, with another it is a correction. Opens a visit that nothing announced.
   */
  discharge: (visit: string, input: Said<'discharge'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'discharge', visit, ...input }, options),

  /** Takes a discharge back; its follow-ups are called off. May come before the discharge it cancels. */
  cancelDischarge: (visit: string, input: Said<'cancel-discharge'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'cancel-discharge', visit, ...input }, options),

  cancelAdmission: (visit: string, input: Said<'cancel-admission'>, options?: CommandOptions) =>
    door.run(encounter, { type: 'cancel-admission', visit, ...input }, options),

  get: (visit: string, options?: ReadOptions) => door.get(encounter, visit, options),

  /** Many visits in the order asked; `undefined` for those that are not known. */
  getMany: (visits: readonly string[], options?: ReadOptions) =>
    door.getMany(encounter, visits, options),

  /** A patient's visits, the latest first. */
  ofPatient: (
    patient: string,
    { limit = 50, after, ...options }: ReadOptions & { limit?: number; after?: string } = {},
  ) =>
    door.list(
      encounter,
      {
        index: 'patient',
        equals: [[patient]],
        direction: 'descending',
        limit,
        ...(after && { after }),
      },
      options,
    ),
})
