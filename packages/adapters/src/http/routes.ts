import type { Crm, Read } from '@hospital-crm/core'
import * as z from 'zod'
import { CloudEvent, pageOf } from './answers.ts'
import { commandRoutes } from './commands.ts'
import { open, Place, position } from './fields.ts'
import { listRoutes, searchRoutes } from './lists.ts'
import { recordRoutes } from './records.ts'
import { queried, type Route } from './route.ts'

const readRoute = (read: Read): Route =>
  queried({
    method: 'post',
    path: `/reads/${read.name}`,
    name: `read.${read.name}`,
    tag: 'reads',
    summary: 'Changes nothing; asked by POST, as the question has parts.',
    query: z.strictObject({ open }),
    body: read.query,
    answer: z.unknown(),
    handle: async ({ door, body }, options) => ({ body: await read.read(door, body, options) }),
  })

const changes = queried({
  method: 'get',
  path: '/changes',
  name: 'changes',
  tag: 'changes',
  summary: 'What has happened, as CloudEvents that hold ids only. `next` is there on every page.',
  query: z.strictObject({
    type: z.array(Place).min(1).max(50).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(500),
    after: position,
  }),
  answer: pageOf(CloudEvent),
  handle: async ({ door }, { type, ...page }) => {
    const { events, next } = await door.changes({ ...page, ...(type && { types: type }) })
    return { body: { items: events, next: String(next) }, next }
  },
})

/** Every operation there is: those of each slice, whoever brought it, and what concerns all of them. */
export const routesOf = ({ slices, reads }: Pick<Crm, 'slices' | 'reads'>): readonly Route[] => [
  ...[...slices.values()].flatMap((slice) => [
    ...commandRoutes(slice),
    ...recordRoutes(slice),
    ...listRoutes(slice),
    ...searchRoutes(slice),
  ]),
  ...[...reads.values()].map(readRoute),
  changes,
]
