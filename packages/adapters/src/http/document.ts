import { type AnySlice, Sealed } from '@hospital-crm/core'
import * as z from 'zod'
import { Answer, CloudEvent, Happening, Problem } from './answers.ts'
import { type Receipts, receiptsDocument } from './receipts.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

export interface DocumentOptions {
  readonly title?: string
  readonly version?: string
  /** Where the handler is reached, as clients write it; by its `base` unless told. */
  readonly servers?: readonly string[]
  /** How the host wants to be told who asks: security schemes of OpenAPI by name; one of them suffices. */
  readonly security?: Readonly<Record<string, object>>
}

/** A personal value is written as a plain text, and read as one, or as `null` once its person is erased. */
const plain = (schema: z.core.$ZodType, json: Json) => {
  const { personal } = (z.globalRegistry.get(schema) ?? {}) as {
    personal?: { as: string; level: number }
  }
  if (schema !== Sealed && !personal) return
  const [text = { type: ['string', 'null'] }] = (json.anyOf ?? []) as Json[]
  for (const name of Object.keys(json)) delete json[name]
  Object.assign(
    json,
    text,
    personal && { 'x-personal': { as: personal.as, level: personal.level } },
  )
}

/** Every schema that routes name, as components that refer to one another. */
const componentsOf = (slices: Iterable<AnySlice>, routes: readonly Route[]) => {
  const registry = z.registry<{ id: string }>()
  const name = (schema: z.ZodType | undefined, id: string) =>
    schema && !registry.has(schema) && registry.add(schema, { id })
  for (const [id, schema] of Object.entries({ Answer, CloudEvent, Happening, Problem }))
    name(schema, id)
  for (const slice of slices) name(slice.state, slice.name)
  for (const route of routes) {
    name(route.body, route.name)
    name(route.answer, `${route.name}.answer`)
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ zodSchema, jsonSchema }) => plain(zodSchema, jsonSchema as Json),
  })
  const bare = Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
    id,
    schema,
  ])
  // What schemas share stands in one of them, and is pointed to through it.
  const text = JSON.stringify(Object.fromEntries(bare)).replaceAll('__shared#/', '__shared/')
  const idOf = (schema: z.ZodType) => registry.get(schema)?.id
  return { schemas: JSON.parse(text) as Json, idOf }
}

const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: false, description },
  schema: { type: 'string' },
})

const deciding = [
  header('Idempotency-Key', 'The same key with the same body answers the same for ever.'),
  header('If-Match', 'The entity tag of the record as the caller saw it; else 412.'),
  header('If-None-Match', '`*`: the record must not exist yet; else 412.'),
]

const parametersOf = ({ path, query, decides }: Route) => {
  const { properties = {}, required = [] } = query ? z.toJSONSchema(query, { io: 'input' }) : {}
  const asked = Object.entries(properties).map(([name, schema]) => {
    return { name, in: 'query', required: required.includes(name), schema }
  })
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  return [...(path.includes('{id}') ? [id] : []), ...asked, ...(decides ? deciding : [])]
}

/** The OpenAPI 3.1 document of the routes, made from the schemas that they parse by. */
export const documentOf = (
  slices: Iterable<AnySlice>,
  routes: readonly Route[],
  { title = 'Hospital CRM', version = '1', servers = ['/'], security = {} }: DocumentOptions,
  receipts?: Receipts,
) => {
  const { schemas, idOf } = componentsOf(slices, routes)
  const json = (schema: z.ZodType) => {
    const $ref = `#/components/schemas/${idOf(schema)}`
    return { content: { 'application/json': { schema: { $ref } } } }
  }
  const operationOf = (route: Route) => ({
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, ...json(route.body) } }),
    responses: {
      200: { description: 'Done.', ...json(route.answer) },
      default: { $ref: '#/components/responses/Refused' },
    },
  })
  const problem = { schema: { $ref: '#/components/schemas/Problem' } }
  const paths = Map.groupBy(routes, ({ path }) => path)
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: servers.map((url) => ({ url })),
    security: Object.keys(security).map((name) => ({ [name]: [] })),
    paths: {
      ...Object.fromEntries(
        [...paths].map(([path, same]) => {
          return [path, Object.fromEntries(same.map((route) => [route.method, operationOf(route)]))]
        }),
      ),
      ...(receipts && receiptsDocument(receipts)),
    },
    components: {
      schemas,
      responses: {
        Refused: {
          description: 'A refusal, by RFC 9457. Nothing was written.',
          content: { 'application/problem+json': problem },
        },
      },
      securitySchemes: security,
    },
  }
}
