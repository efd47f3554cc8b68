import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import { decide, packId } from './decide.ts'
import { evolve } from './evolve.ts'
import { Hospital, HospitalCommand, HospitalEvent } from './schema.ts'

/** The id of a tenant's own hospital record. */
const self = 'self'

export const hospital: Slice<Hospital, HospitalCommand, HospitalEvent> = {
  name: 'hospital',
  state: Hospital,
  command: HospitalCommand,
  event: HospitalEvent,
  initial: { status: 'none' },
  founds: true,
  keys: ({ pack }) => [self, packId(pack)],
  decide,
  evolve,
}

export const hospitals = (door: Door) => ({
  /** Opens the tenant: its zone (IANA), locale, currency and first rule pack. Once; everything else needs it. */
  open: (input: Input<typeof HospitalCommand, 'open'>, options?: CommandOptions) =>
    door.run(hospital, { type: 'open', ...input }, options),

  /** Puts a newer version of a rule pack in force. Versions published before stay as they were. */
  publish: (input: Input<typeof HospitalCommand, 'publish'>, options?: CommandOptions) =>
    door.run(hospital, { type: 'publish', ...input }, options),

  /** The hospital as it is set up; `undefined` before it is open. */
  get: () => door.get(hospital, self),
})
