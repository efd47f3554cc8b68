import * as z from 'zod'

const Text = z.string().trim().min(1)

/** What a hospital settles once for each server or file of FHIR resources. */
export const FhirProfile = z.strictObject({
  /** The feed, e.g. `fhir:portal`. The ids of its resources are unique within it. */
  source: Text,
  /** IANA name of the zone in which plain dates are meant, e.g. `Asia/Shanghai`. */
  zone: Text,
  /** The longest document taken, in bytes; 16 MiB by default. */
  maxBytes: z.int().positive().optional(),
  /** The most entries of a bundle; 10,000 by default. */
  maxEntries: z.int().positive().optional(),
  /** How an Appointment is to be understood; without it appointments are ignored. */
  appointments: z
    .strictObject({
      /** The schedules here that codes of `serviceType`, else `specialty`, mean; without it the code itself. */
      schedules: z.record(z.string(), Text).optional(),
      /** By which channel they are booked; `web` unless told. */
      channel: Text.default('web'),
    })
    .optional(),
  /** How a ServiceRequest that refers somebody here is to be understood; without it requests are ignored. */
  referrals: z
    .strictObject({
      /** The kind of evidence that it is, one of the pack's. */
      kind: Text,
      /** The partners here that the numbers of requesting organisations mean; without it the number itself. */
      partners: z.record(z.string(), Text).optional(),
      /** The categories that refer; SNOMED CT 3457005, patient referral, unless told. */
      categories: z.array(Text).default(['3457005']),
    })
    .optional(),
  /** How a QuestionnaireResponse was given; without it responses are ignored. */
  responses: z
    .strictObject({ mode: z.enum(['link', 'phone', 'paper', 'kiosk', 'visit']) })
    .optional(),
})
export type FhirProfile = z.input<typeof FhirProfile>

/** What a profile says of single types of resources. */
export type Settled = Pick<z.output<typeof FhirProfile>, 'appointments' | 'referrals' | 'responses'>
