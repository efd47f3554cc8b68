import * as z from 'zod'
import { codedText, FieldName } from './coded-field.ts'

/** What a hospital settles of the appointments of a source. Without it they are ignored, since nobody knows what is booked. */
export const AppointmentProfile = z.strictObject({
  /** The schedule here, from whichever field tells it: `SCH-5`, `AIS-3` what is done, `AIL-3` where, `AIP-3` with whom. */
  schedule: codedText,
  /** By which channel they are booked; `his` unless told. */
  channel: codedText.default({ always: 'his' }),
  /** The field that names who or what brought the booking: a touch, a campaign, a partner. */
  broughtBy: FieldName.optional(),
})
export type AppointmentProfile = z.output<typeof AppointmentProfile>
