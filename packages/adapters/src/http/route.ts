import type * as z from 'zod'
import type { Asked } from './asked.ts'

/** What a route tells. */
export interface Told {
  readonly body: unknown
  /** Of a record: its entity tag. */
  readonly version?: number
  /** Of a page: where the next one starts. */
  readonly next?: string | number
}

/** One operation: what the document says of it, and what it does. */
export interface Route {
  readonly method: 'get' | 'post'
  /** As OpenAPI writes it; `{id}` is the only parameter. */
  readonly path: string
  /** The operation's id. */
  readonly name: string
  readonly tag: string
  readonly summary: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answer: z.ZodType
  /** Whether it takes an idempotency key and a version. */
  readonly decides?: true
  readonly handle: (asked: Asked) => Promise<Told>
}

/** A route that is asked with a query, typed by it. */
export const queried = <Query extends z.ZodObject>({
  handle,
  ...route
}: Omit<Route, 'handle' | 'query'> & {
  readonly query: Query
  readonly handle: (asked: Asked, query: z.output<Query>) => Promise<Told>
}): Route => ({ ...route, handle: (asked) => handle(asked, asked.query(route.query)) })
