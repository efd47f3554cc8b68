import type { AnySlice } from '@hospital-crm/core'
import * as z from 'zod'

const Version = z.int().min(0)

/** What a command did. */
export const Answer = z.object({
  id: z.string(),
  version: Version,
  events: z.array(z.string()),
})

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string(),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
})

export const Happening = z.object({
  position: z.int(),
  version: Version,
  type: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  data: z.unknown(),
})

export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  sequence: z.string(),
})

export const recordOf = ({ state }: AnySlice) =>
  z.object({ id: z.string(), version: Version, state })

/** `next` is what `after` takes; the Link header holds it too. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() })
