import { type AnySlice, refuse, Sealed } from '@hospital-crm/core'
import * as z from 'zod'
import { Answer, Happening, pageOf, recordOf } from './answers.ts'
import { limit, open, position } from './fields.ts'
import { queried, type Route } from './route.ts'

const Restored = z.strictObject({ version: z.int().min(1) })

/** A history tells what happened, not to whom: what is sealed stays out. */
const withoutSealed = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (_, part) => (Sealed.safeParse(part).success ? null : part)))

/** The record that an id stands for today, what has happened to it, and putting it back. */
export const recordRoutes = (slice: AnySlice): readonly Route[] => {
  const { name, restorable } = slice
  const path = `/records/${name}/{id}`
  const get = queried({
    method: 'get',
    path,
    name: `${name}.get`,
    tag: name,
    summary: 'The record, or the one it has become; personal data is covered unless opened.',
    query: z.strictObject({ open }),
    answer: recordOf(slice),
    handle: async ({ door, id }, options) => {
      const seen = await door.getLinked(slice, id, options)
      return seen ? { body: seen, version: seen.version } : refuse(`${slice.name}.unknown`)
    },
  })
  const history = queried({
    method: 'get',
    path: `${path}/history`,
    name: `${name}.history`,
    tag: name,
    summary: 'What has happened to the record, the earliest first, without personal data.',
    query: z.strictObject({ limit, after: position }),
    answer: pageOf(Happening),
    handle: async ({ door, id }, page) => {
      const events = await door.history(slice, id, page)
      const items = events.map(({ key: _, cause: __, place: ___, data, ...event }) => {
        return { ...event, data: withoutSealed(data) }
      })
      const last = events.length < page.limit ? undefined : events.at(-1)?.position
      return { body: { items, next: last?.toString() }, ...(last && { next: last }) }
    },
  })
  const restore: Route = {
    method: 'post',
    path: `${path}/restore`,
    name: `${name}.restore`,
    tag: name,
    summary: 'Puts the record back to what it was at an earlier version.',
    decides: true,
    body: Restored,
    answer: Answer,
    handle: async ({ door, id, read, options }) => {
      const { version } = read(Restored)
      return { body: await door.restore(slice, id, version, options()) }
    },
  }
  return restorable ? [get, history, restore] : [get, history]
}
