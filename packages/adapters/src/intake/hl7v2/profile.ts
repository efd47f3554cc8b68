import { type Zone, zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { AppointmentProfile } from './appointment-profile.ts'
import { ChargeProfile } from './charge-profile.ts'
import { encodingOf } from './codec/charset.ts'

const succeeds = (attempt: () => unknown) => {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

/** What a hospital settles once for each sending system. */
export const Hl7Profile = z.strictObject({
  /** IANA name of the zone in which times without offset are meant, e.g. `Asia/Shanghai`. */
  zone: z.string().refine((name) => succeeds(() => zoneOf(name)), 'no IANA time zone'),
  /** The charset of this source, by its table 0211 or WHATWG name. Settled, it overrides what messages declare. */
  charset: z
    .string()
    .refine((name) => encodingOf(name) !== undefined, 'no charset that can be read')
    .optional(),
  /** The name of the feed; by default `hl7v2:` with MSH-3 and MSH-4. */
  source: z.string().trim().min(1).optional(),
  /** `cn`: the field habits of Chinese systems, and GB18030 as the likelier reading. */
  dialect: z.enum(['cn']).optional(),
  /** The longest message taken, in bytes; 16 MiB by default. */
  maxMessageBytes: z.int().positive().optional(),
  /** How DFT^P03 is to be understood; without it charges are ignored. */
  charges: ChargeProfile.optional(),
  /** How SIU is to be understood; without it appointments are ignored. */
  appointments: AppointmentProfile.optional(),
})
export type Hl7Profile = z.input<typeof Hl7Profile>

/** A profile made ready for reading. */
export interface Settings {
  readonly zone: Zone
  readonly charset: string | undefined
  readonly source: string | undefined
  readonly chinese: boolean
  readonly maxBytes: number
  readonly charges: ChargeProfile | undefined
  readonly appointments: AppointmentProfile | undefined
}

/** Checks a profile and gives what it means. Throws a ZodError naming what is wrong with it. */
export const settingsOf = (profile: Hl7Profile): Settings => {
  const { zone, charset, source, dialect, maxMessageBytes, ...told } = Hl7Profile.parse(profile)
  const encoding = charset === undefined ? undefined : encodingOf(charset)
  return {
    zone: zoneOf(zone),
    // Plain ASCII needs no settling and says nothing of any other byte.
    charset: encoding === 'us-ascii' ? undefined : encoding,
    source,
    chinese: dialect === 'cn',
    maxBytes: maxMessageBytes ?? 16 * 1024 * 1024,
    charges: told.charges,
    appointments: told.appointments,
  }
}
