import * as z from 'zod'

/** Whether personal data is shown plain, as far as the actor's roles open it; that is noted in the log. */
export const open = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

export const limit = z.coerce.number().int().min(1).max(500).default(50)

/** A value or a place of an index. */
export const Place = z.string().max(500)

/** The `next` of the page before. */
export const after = z.string().max(2000).optional()

/** A place in the log. */
export const position = z.coerce.number().int().min(0).default(0)
