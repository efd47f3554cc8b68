import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Hospital, HospitalEvent } from './schema.ts'

export const evolve = (hospital: Hospital, event: HospitalEvent): Hospital =>
  match(event)
    .returnType<Hospital>()
    .with({ type: 'hospital.opened' }, ({ type: _, ...settings }) => ({
      status: 'open',
      ...settings,
      packs: [],
    }))
    .with({ type: 'hospital.pack-kept' }, ({ content }) => ({ status: 'pack', content }))
    .with({ type: 'hospital.pack-published' }, ({ type: _, ...published }) =>
      produce(hospital, (draft) => {
        if (draft.status === 'open') draft.packs.push(published)
      }),
    )
    .exhaustive()
