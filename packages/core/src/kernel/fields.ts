import * as z from 'zod'

/** An id of a record, by whoever made it. No control characters: ids stand in index entries. */
export const Id = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u)

/** An id as a part of one that joins several by `/`, so that two parts never make the id of two others. */
export const partOfId = (text: string) => text.replaceAll('%', '%25').replaceAll('/', '%2F')

/** The name of a tenant. No slash: names and ids are joined by it, for providers and their keys. */
export const Tenant = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}/]+$/u)

/** A short text of one line or a few. */
export const Text = z.string().trim().min(1).max(500)

/** Whether a text may name a field of a record: what every object has by itself would be found without being there. */
export const isFieldName = (text: string) => !(text in {})

/** A local calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date()

/** An instant as written with any offset, kept in UTC with milliseconds, so that texts compare as times do. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())

/** How much a message matters: whoever gets it may mute all but what is critical. */
export const Grade = z.enum(['critical', 'important', 'ordinary'])
export type Grade = z.infer<typeof Grade>
