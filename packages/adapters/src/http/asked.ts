import { type Actor, type CommandOptions, type Door, refuse, wellFormed } from '@hospital-crm/core'
import type { HonoRequest } from 'hono'
import type * as z from 'zod'

/** A request as routes see it. */
export interface Asked {
  readonly door: Door
  /** The record of the path. */
  readonly id: string
  readonly body: unknown
  /** Reads the body by a schema. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema>
  /** Reads the query by a schema. Where that wants a list, the parameter may be repeated. */
  query<Schema extends z.ZodObject>(schema: Schema): z.output<Schema>
  /** What the headers say of a command: under which key it comes, and on which version it was decided. */
  options(): CommandOptions
}

const malformed = (header: string): never => refuse('http.malformed-header', { header })

/**
 * The key of draft-ietf-httpapi-idempotency-key-header, quoted or not, under the name of whoever gave
 * it: two clients of one hospital may choose the same.
 */
const causeOf = (header: string | undefined, actor: Actor): CommandOptions => {
  if (header === undefined) return {}
  const key = header.replace(/^"(.*)"$/, '$1')
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return malformed('Idempotency-Key')
  return { cause: `${encodeURIComponent(actor.id)}/${key}` }
}

const versionOf = (match: string | undefined, noneMatch: string | undefined): CommandOptions => {
  if (noneMatch !== undefined)
    return noneMatch === '*' ? { version: 0 } : malformed('If-None-Match')
  if (match === undefined) return {}
  const version = /^"(\d{1,15})"$/.exec(match)?.[1]
  return version === undefined ? malformed('If-Match') : { version: Number(version) }
}

/** JSON in UTF-8 and declared as such: anything else would be a guess at somebody's name. */
const bodyOf = async (request: HonoRequest): Promise<unknown> => {
  const type = request.header('content-type') ?? ''
  if (!/^application\/([\w.-]+\+)?json *(;|$)/i.test(type)) return refuse('http.not-json')
  const bytes = await request.arrayBuffer()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refuse('http.not-json')
  }
}

const queryOf = (queries: Record<string, string[]>, { shape }: z.ZodObject) => {
  const inner = (field: z.core.$ZodType): z.core.$ZodType =>
    'innerType' in field._zod.def ? inner(field._zod.def.innerType as z.core.$ZodType) : field
  const lists = Object.keys(shape).filter((name) => inner(shape[name])._zod.def.type === 'array')
  return Object.fromEntries(
    Object.entries(queries).map(([name, values]) => {
      return [name, values.length > 1 || lists.includes(name) ? values : values[0]]
    }),
  )
}

/** Reads a request whose actor is known. */
export const askedBy = async (request: HonoRequest, door: Door): Promise<Asked> => {
  const body = request.method === 'POST' ? await bodyOf(request) : undefined
  return {
    door,
    id: request.param('id') ?? '',
    body,
    read: (schema) => wellFormed(schema, body),
    query: (schema) => wellFormed(schema, queryOf(request.queries(), schema)),
    options: () => ({
      ...causeOf(request.header('idempotency-key'), door.actor),
      ...versionOf(request.header('if-match'), request.header('if-none-match')),
    }),
  }
}
