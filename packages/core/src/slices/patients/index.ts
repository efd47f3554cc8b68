import * as z from 'zod'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { wellFormed } from '../../kernel/malformed.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { erases, keys, subjects } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { Patient, PatientCommand, PatientEvent, type Person } from './schema.ts'

export const patient: Slice<Patient, PatientCommand, PatientEvent> = {
  name: 'patient',
  state: Patient,
  command: PatientCommand,
  event: PatientEvent,
  initial: { status: 'none' },
  keys,
  subjects,
  erases,
  decide,
  evolve,
  lists: { matches: [] },
  foundBy: ['name', 'phone', 'identifier'],
  entries: (state, id): Entry[] => {
    if (state.status !== 'person') return []
    const found = [
      state.name,
      ...(state.phones ?? []),
      ...state.identifiers.map(({ value }) => value),
    ]
    const words = new Set(found.flatMap((value) => value?.words ?? []))
    return [
      ...[...words].map((word) => ({ index: 'word', equals: [word], order: id })),
      ...(state.matches.length > 0 ? [{ index: 'matches', equals: [], order: id }] : []),
    ]
  },
  restorable: (now, before) => {
    const whole = now.status === 'person' && before.status === 'person'
    // What other records answer to (numbers, merges, consent, death) is undone by a word of its own.
    if (!whole || binding(now) !== binding(before)) refuse('record.not-restorable')
  },
}

const binding = ({ identifiers, merged, consents, died }: Person) =>
  canonical([identifiers.map(({ record }) => record), merged, consents, died])

const By = z.union([
  z.strictObject({ name: z.string() }),
  z.strictObject({ phone: z.string() }),
  z.strictObject({ identifier: z.string() }),
])

type Said<Type extends PatientCommand['type']> = Input<typeof PatientCommand, Type>

export const patients = (door: Door) => ({
  /**
   * Takes what is known of a person: found again by `patient` or by the first number known, else new.
   * Only what is said changes. A number that is another person's makes the two a proposed match.
   */
  register: (input: Said<'register'>, options?: CommandOptions) =>
    door.run(patient, { type: 'register', ...input }, options),

  /** Records a death, by when it happened (absent: unknown). What is open for the person is called off. */
  recordDeath: (
    id: string,
    input: Omit<Said<'record-death'>, 'patient'>,
    options?: CommandOptions,
  ) => door.run(patient, { type: 'record-death', patient: id, ...input }, options),

  /** Takes back a death recorded in error. */
  revokeDeath: (id: string, options?: CommandOptions) =>
    door.run(patient, { type: 'revoke-death', patient: id }, options),

  /** Records what the person allows or refuses for a purpose; `*` stands for all purposes. */
  recordConsent: (
    id: string,
    input: Omit<Said<'record-consent'>, 'patient'>,
    options?: CommandOptions,
  ) => door.run(patient, { type: 'record-consent', patient: id, ...input }, options),

  /** Takes how the person wants to be told: a channel of the pack's, and grades of messages they do not want. */
  prefer: (id: string, input: Omit<Said<'prefer'>, 'patient'>, options?: CommandOptions) =>
    door.run(patient, { type: 'prefer', patient: id, ...input }, options),

  /** Says that two persons may be one. Nothing is joined before `confirmMatch`. */
  proposeMatch: (id: string, other: string, options?: CommandOptions) =>
    door.run(patient, { type: 'propose-match', patient: id, other }, options),

  /** Joins a proposed match into one person, `id`; the other id leads there from now on. */
  confirmMatch: (id: string, other: string, options?: CommandOptions) =>
    door.run(patient, { type: 'confirm-match', patient: id, other }, options),

  rejectMatch: (id: string, other: string, options?: CommandOptions) =>
    door.run(patient, { type: 'reject-match', patient: id, other }, options),

  /** Destroys the person's key: nothing that was sealed for them can be read again, anywhere. Final. */
  erase: (id: string, input: Omit<Said<'erase'>, 'patient'>, options?: CommandOptions) =>
    door.run(patient, { type: 'erase', patient: id, ...input }, options),

  /** The person an id stands for today; of a merged one that is the survivor, under its own id. */
  get: (id: string, options?: ReadOptions) => door.getLinked(patient, id, options),

  /** Persons by a whole name, its pinyin or initials, a phone number or an identifier, as the words port writes them. */
  find: async (
    by: { name: string } | { phone: string } | { identifier: string },
    { limit = 20, after, ...options }: ReadOptions & { limit?: number; after?: string } = {},
  ) => {
    const said = wellFormed(By, by)
    const [as, value] = Object.entries(said)[0] as ['name' | 'phone' | 'identifier', string]
    const equals = [(await door.blind(as, value)).slice(0, 1)]
    return door.list(patient, { index: 'word', equals, limit, ...(after && { after }) }, options)
  },

  /** Persons that may be the same as another and wait for a word of the staff. */
  matches: ({
    limit = 20,
    after,
    ...options
  }: ReadOptions & { limit?: number; after?: string } = {}) =>
    door.list(patient, { index: 'matches', equals: [], limit, ...(after && { after }) }, options),
})
