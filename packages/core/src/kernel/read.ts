import type * as z from 'zod'
import type { Door } from './door.ts'
import { wellFormed } from './malformed.ts'
import type { ReadOptions } from './reader.ts'
import type { View } from './view.ts'

/** A question and what it takes, under a name, so that it can be offered without being known. */
export interface Read {
  readonly name: string
  readonly query: z.ZodType
  /** Answers by the door's access rules; refuses a malformed query (`command.malformed`). */
  read(door: Door, query: unknown, options?: ReadOptions): Promise<unknown>
}

/** A view as a read. */
export const viewed = <Query, Answer>(view: View<Query, Answer>): Read => ({
  name: view.name,
  query: view.query,
  read: (door, query, options) => door.view(view, query as Query, options),
})

/** Any other question as a read, asked with what its schema makes of the query. */
export const asked = <Schema extends z.ZodType>(
  name: string,
  query: Schema,
  read: (door: Door, query: z.output<Schema>) => Promise<unknown>,
): Read => ({
  name,
  query,
  read: (door, said) => read(door, wellFormed(query, said, { view: name })),
})
