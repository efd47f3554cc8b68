import { placeOf } from '@hospital-crm/rules'
import * as z from 'zod'
import type { Context } from '../../../kernel/slice.ts'
import type { Followed, FollowUp, FollowUpEvent } from '../schema.ts'
import { patientKey } from './keys.ts'

const Resident = z.object({ area: z.string().optional() })

/** Where the patient is visited at home, as far as the pack divides the land; told when that changes. */
export const located = (
  { place: before }: Pick<Followed, 'place'>,
  patient: string,
  { policy: { territory }, other, now: at }: Context<FollowUp>,
): FollowUpEvent[] => {
  if (!territory) return []
  const place = placeOf(territory, other(patientKey(patient), Resident)?.area)
  const isSame = before?.region === place.region && before.km === place.km
  return isSame && before.by === place.by ? [] : [{ type: 'follow-up.located', place, at }]
}

/** The place as it stands after what was told of it. */
export const placeAfter = (
  { place }: Pick<Followed, 'place'>,
  [event]: readonly FollowUpEvent[],
): Followed['place'] => (event?.type === 'follow-up.located' ? event.place : place)
