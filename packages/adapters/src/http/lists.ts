import type { AnySlice } from '@hospital-crm/core'
import * as z from 'zod'
import { pageOf, recordOf } from './answers.ts'
import { after, limit, open, Place } from './fields.ts'
import { queried, type Route } from './route.ts'

const Values = z.array(Place).min(1).max(20)

/** What is said of every list beside the values it is asked for: bounds of its order, both included. */
const range = {
  from: Place.optional(),
  to: Place.optional(),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
}
const paging = { limit, after, open }

/** A key that is there and `undefined` is another thing to the crm than one that is not. */
const said = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>
  }

/** The lists that a slice declares, each at a path of its own. */
export const listRoutes = (slice: AnySlice): readonly Route[] =>
  Object.entries(slice.lists ?? {}).map(([index, values]) =>
    queried({
      method: 'get',
      path: `/lists/${slice.name}/${index}`,
      name: `${slice.name}.list.${index}`,
      tag: slice.name,
      summary: 'Records in the order of the list; a record is there once for each of its entries.',
      query: z.strictObject({
        ...Object.fromEntries(values.map((value) => [value, Values])),
        ...range,
        ...paging,
      }),
      answer: pageOf(recordOf(slice).extend({ order: z.string() })),
      handle: async ({ door }, { open, ...query }) => {
        const { from, to, direction, limit, after, ...wanted } = query
        const equals = values.map((value) => (wanted as Record<string, string[]>)[value] ?? [])
        const lookUp = { index, equals, direction, limit, ...said({ from, to, after }) }
        const page = await door.list(slice, lookUp, { open })
        return { body: page, ...(page.next !== undefined && { next: page.next }) }
      },
    }),
  )

/** Finding a record by personal data, which stands in a body so that no log of addresses keeps it. */
export const searchRoutes = (slice: AnySlice): readonly Route[] => {
  if (!slice.foundBy) return []
  const Search = z.strictObject({
    by: z.enum(slice.foundBy),
    value: Place,
    limit: z.int().min(1).max(500).default(50),
    after,
    open: z.boolean().default(false),
  })
  return [
    {
      method: 'post',
      path: `/searches/${slice.name}`,
      name: `${slice.name}.search`,
      tag: slice.name,
      summary: 'Records by personal data, as a whole.',
      body: Search,
      answer: pageOf(recordOf(slice).extend({ order: z.string() })),
      handle: async ({ door, read }) => {
        const { by, value, limit, after, open } = read(Search)
        const equals = [(await door.blind(by, value)).slice(0, 1)]
        const lookUp = { index: 'word', equals, limit, ...said({ after }) }
        return { body: await door.list(slice, lookUp, { open }) }
      },
    },
  ]
}
