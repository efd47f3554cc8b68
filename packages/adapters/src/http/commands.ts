import type { AnySlice } from '@hospital-crm/core'
import * as z from 'zod'
import { Answer } from './answers.ts'
import type { Route } from './route.ts'

/** The commands of a schema by their type: an object whose `type` is a literal, or a union of such. */
const commandsIn = (schema: z.core.$ZodType): readonly (readonly [string, z.ZodObject])[] => {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(commandsIn)
  if (!(schema instanceof z.ZodObject)) return []
  const { type } = schema.shape
  if (!(type instanceof z.ZodLiteral)) return []
  return [...type.values].map((value) => [String(value), schema])
}

/** What a client writes: the path says the type already. */
const bodyOf = ({ shape, def }: z.ZodObject) => {
  const { type: _, ...fields } = shape
  const body = z.object(fields)
  return def.catchall ? body.catchall(def.catchall) : body
}

/** Every command of a slice, each at a path of its own. The slice parses, allows and decides. */
export const commandRoutes = (slice: AnySlice): readonly Route[] =>
  commandsIn(slice.command).map(([type, schema]) => ({
    method: 'post',
    path: `/commands/${slice.name}/${type}`,
    name: `${slice.name}.${type}`,
    tag: slice.name,
    summary: `The command \`${type}\`, for whoever has the verb \`${slice.name}.${type}\`.`,
    decides: true,
    body: bodyOf(schema),
    answer: Answer,
    handle: async ({ door, body, options }) => {
      const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
      const answer = await door.run(slice, isObject ? { ...body, type } : body, options())
      return { body: answer }
    },
  }))
