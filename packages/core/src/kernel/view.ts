import type { Policy } from '@hospital-crm/rules'
import type * as z from 'zod'
import type { Json, Key } from '../ports/store.ts'
import type { LookUp } from './flow.ts'
import { wellFormed } from './malformed.ts'
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
 * A read that joins records, declared: which records and lists it wants, each by what it has in hand
 * so far, then pure shaping. It sees what the asking actor may see, and nothing else.
 */
export interface View<Query, Answer> {
  readonly name: string
  readonly query: z.ZodType<Query>
  /** Asked again with what it named before, until it names nothing new. */
  readonly loads?: (query: Query, inHand: InHand, context: ViewContext) => readonly Key[]
  /** By name; asked again as records arrive, and each list is read once. */
  readonly lists?: (
    query: Query,
    inHand: InHand,
    context: ViewContext,
  ) => Readonly<Record<string, LookUp & ViewPaging>>
  readonly shape: (query: Query, inHand: InHand, context: ViewContext) => Answer
}

/** What a view is run over: a reader that shows only what its actor may see. */
export interface ViewReader {
  kind(name: string): AnySlice
  list(slice: AnySlice, lookUp: LookUp & ViewPaging): Promise<ViewedPage>
  records(slice: AnySlice, ids: readonly string[]): Promise<readonly (Viewed | undefined)[]>
}

const addressOf = ({ kind, id }: Key) => `${kind}/${id}`

/** Loads and lists until the view wants nothing more, then shapes. Refuses a malformed query (`command.malformed`). */
export const runView = async <Query, Answer>(
  view: View<Query, Answer>,
  input: unknown,
  context: ViewContext,
  read: ViewReader,
): Promise<Answer> => {
  const query = wellFormed(view.query, input, { view: view.name })
  const lists = new Map<string, ViewedPage>()
  const records = new Map<string, Viewed | undefined>()
  const inHand: InHand = {
    list: (name) => lists.get(name) ?? { items: [] },
    record: (key) => records.get(addressOf(key)),
  }
  const load = async () => {
    const wanted = view.loads?.(query, inHand, context) ?? []
    const missing = wanted.filter((key) => !records.has(addressOf(key)))
    for (const kind of new Set(missing.map((key) => key.kind))) {
      const ids = [...new Set(missing.filter((key) => key.kind === kind).map(({ id }) => id))]
      const found = await read.records(read.kind(kind), ids)
      ids.forEach((id, at) => void records.set(addressOf({ kind, id }), found[at]))
    }
    return missing.length > 0
  }
  const list = async () => {
    const wanted = Object.entries(view.lists?.(query, inHand, context) ?? {})
    const missing = wanted.filter(([name]) => !lists.has(name))
    for (const [name, lookUp] of missing) {
      lists.set(name, await read.list(read.kind(lookUp.kind), lookUp))
    }
    return missing.length > 0
  }
  while ((await load()) || (await list()));
  return view.shape(query, inHand, context)
}
