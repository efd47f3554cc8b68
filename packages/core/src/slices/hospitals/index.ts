import { type PublishedPack, policyOf } from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { PolicySource } from '../../kernel/parts.ts'
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

/** The tenant's settings with its newest rule pack, as decisions see them. */
export const hospitalPolicy: PolicySource = {
  key: { kind: 'hospital', id: self },
  rest: (state) => {
    const open = state as Hospital | null
    const packs = open?.status === 'open' ? open.packs : []
    return packs.map((pack) => ({ kind: 'hospital', id: packId(pack) }))
  },
  read: (state, rest) => {
    const open = state as Hospital | null
    if (open?.status !== 'open') return undefined
    const packs = open.packs.flatMap(({ at }, place): PublishedPack[] => {
      const pack = rest[place] as Hospital | null | undefined
      return pack?.status === 'pack' ? [{ content: pack.content, at }] : []
    })
    const [first, ...later] = packs
    return first && policyOf(open, [first, ...later])
  },
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
