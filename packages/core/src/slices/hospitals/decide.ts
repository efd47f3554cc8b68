import type { RulePack } from '@hospital-crm/rules'
import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import { type Context, type On, on } from '../../kernel/slice.ts'
import type { Hospital, HospitalCommand, HospitalEvent } from './schema.ts'

export const packId = ({ id, version }: { id: string; version: number }) => `pack:${id}@${version}`

export const decide = (hospital: Hospital, command: HospitalCommand, context: Context<Hospital>) =>
  match([hospital, command])
    .returnType<(HospitalEvent | On<HospitalEvent>)[]>()
    .with([{ status: 'none' }, { type: 'open' }], ([, { type: _, pack, ...settings }]) => {
      if (!isZone(settings.zone)) return refuse('hospital.unknown-zone', { zone: settings.zone })
      return [{ type: 'hospital.opened', ...settings }, ...publish(pack, [], context)]
    })
    .with([{ status: 'open' }, { type: 'publish' }], ([{ packs }, { pack }]) =>
      publish(pack, packs, context),
    )
    .with([{ status: 'open' }, { type: 'open' }], () => refuse('hospital.already-open'))
    .with([{ status: 'none' }, { type: 'publish' }], () => refuse('hospital.unknown'))
    .with([{ status: 'pack' }, P.any], () => refuse('hospital.unknown'))
    .exhaustive()

/** A published version stands for ever, so that what was decided by it can be explained. */
const publish = (
  pack: RulePack,
  packs: readonly { id: string; version: number }[],
  { now, own }: Context<Hospital>,
): (HospitalEvent | On<HospitalEvent>)[] => {
  const { id, version } = pack
  if (own(packId(pack)).status === 'pack') return refuse('hospital.pack-exists', { id, version })
  const newest = Math.max(0, ...packs.filter((each) => each.id === id).map((each) => each.version))
  if (version <= newest) return refuse('hospital.pack-not-newer', { id, version, newest })
  return [
    on(packId(pack), { type: 'hospital.pack-kept', content: pack }),
    { type: 'hospital.pack-published', id, version, at: now },
  ]
}

const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
