import type { Policy } from '@hospital-crm/rules'
import type * as z from 'zod'
import type { Json, Key } from '../ports/store.ts'
import type { LookUp } from './flow.ts'
import type { AnySlice } from './slice.ts'

/** A record as a view sees it: covered or opened as the asking actor may, absent when they may not. */
export interface Viewed {
  readonly key: Key
  readonly version: number
  readonly state: Json
  /** The order of the entry that found it, empty for one that was loaded by its key. */
  readonly order: string
}

export interface ViewPaging {
  readonly limit: number
  readonly after?: string
}

export interface ViewContext {
  readonly now: string
  readonly policy: Policy
}

/** A page of a list; `next` is where the following one starts. */
export interface ViewedPage {
  readonly items: readonly Viewed[]
  readonly next?: string
}

/** What a view has in hand: its lists by name, and every record it named. */
export interface InHand {
  list(name: string): ViewedPage
  record(key: Key): Viewed | undefined
}

/**
 * A read that joins records, declared: which lists, then which records by what the lists hold, then
 * pure shaping. It sees what the asking actor may see, and nothing else.
 */
export interface View<Query, Answer> {
  readonly name: string
  readonly query: z.ZodType<Query>
  readonly lists?: (
    query: Query,
    context: ViewContext,
  ) => Readonly<Record<string, LookUp & ViewPaging>>
  /** Asked again with what it named before, until it names nothing new. */
  readonly loads?: (query: Query, inHand: InHand, context: ViewContext) => readonly Key[]
  readonly shape: (query: Query, inHand: InHand, context: ViewContext) => Answer
}

/** Runs a view over a reader that shows only what its actor may see. */
export const runView = async <Query, Answer>(
  view: View<Query, Answer>,
  input: unknown,
  context: ViewContext,
  read: {
    kind(name: string): AnySlice
    list(slice: AnySlice, lookUp: LookUp & ViewPaging): Promise<ViewedPage>
    records(slice: AnySlice, ids: readonly string[]): Promise<readonly (Viewed | undefined)[]>
  },
): Promise<Answer> => {
  const query = view.query.parse(input)
  const lists = new Map<string, ViewedPage>()
  for (const [name, lookUp] of Object.entries(view.lists?.(query, context) ?? {})) {
    lists.set(name, await read.list(read.kind(lookUp.kind), lookUp))
  }
  const records = new Map<string, Viewed | undefined>()
  const address = ({ kind, id }: Key) => `${kind}/${id}`
  const inHand: InHand = {
    list: (name) => lists.get(name) ?? { items: [] },
    record: (key) => records.get(address(key)),
  }
  for (;;) {
    const missing = (view.loads?.(query, inHand, context) ?? []).filter(
      (key) => !records.has(address(key)),
    )
    if (missing.length === 0) break
    for (const kind of new Set(missing.map((key) => key.kind))) {
      const ids = [...new Set(missing.filter((key) => key.kind === kind).map(({ id }) => id))]
      const found = await read.records(read.kind(kind), ids)
      ids.forEach((id, at) => void records.set(address({ kind, id }), found[at]))
    }
  }
  return view.shape(query, inHand, context)
}
