import type { Change, Json, Key } from '@hospital-crm/core'
import type { Commit, Load, Sealing } from './recording.ts'

type EntryRow = readonly [index: string, equals: string, order: string]
type PlacedEntry = readonly [kind: string, index: string, equals: string, order: string, id: string]

/** One transaction as rows of the tables; JSON is not written out yet. */
export interface Rows {
  readonly loads: readonly Load[]
  readonly sealing: Sealing
  readonly records: readonly {
    readonly key: Key
    readonly version: number
    readonly state: Json
    readonly entries: readonly EntryRow[]
    /** As PostgreSQL writes an array of texts; empty where nobody knows. */
    readonly attributes: string
  }[]
  readonly gone: readonly PlacedEntry[]
  readonly fresh: readonly PlacedEntry[]
  readonly events: readonly {
    readonly key: Key
    readonly version: number
    readonly type: string
    readonly at: string
    readonly actor: string
    readonly data: Json
    readonly cause: string
    readonly place: number
    readonly position: number
  }[]
  readonly causes: readonly {
    readonly cause: string
    readonly payloadHash: string
    readonly answer: Json
  }[]
  /** Of the log, after the transaction. */
  readonly position: number
}

const addressOf = ({ kind, id }: Key) => `${kind}\u0000${id}`

const entryRowsOf = ({ entries }: Change): EntryRow[] => {
  const rows = entries.map(({ index, equals, order }): EntryRow => {
    return [index, JSON.stringify(equals), order]
  })
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}

const attributesOf = ({ attributes }: Change) =>
  attributes ? `{${attributes.map((text) => JSON.stringify(text)).join(',')}}` : ''

/** Makes rows of commits, in their order. Keeps which entries a record has, to know which of them go. */
export const createRows = () => {
  const entriesOf = new Map<string, readonly EntryRow[]>()
  let position = 0

  return ({ loads, sealing, units }: Commit): Rows => {
    const last = new Map<string, Change>()
    for (const change of units.flatMap(({ changes }) => changes)) {
      last.set(addressOf(change.key), change)
    }
    const gone: PlacedEntry[] = []
    const fresh: PlacedEntry[] = []
    const records = [...last].map(([address, change]) => {
      const { key, version, state } = change
      const before = entriesOf.get(address) ?? []
      const after = entryRowsOf(change)
      entriesOf.set(address, after)
      const without = (rows: readonly EntryRow[], others: readonly EntryRow[]) => {
        const names = new Set(others.map((row) => JSON.stringify(row)))
        return rows
          .filter((row) => !names.has(JSON.stringify(row)))
          .map((row): PlacedEntry => [key.kind, ...row, key.id])
      }
      gone.push(...without(before, after))
      fresh.push(...without(after, before))
      return { key, version: version + 1, state, entries: after, attributes: attributesOf(change) }
    })
    const events = units.flatMap(({ cause, events: happened }) =>
      happened.map((event, place) => {
        position += 1
        return { ...event, cause, place, position }
      }),
    )
    const causes = units.flatMap(({ cause, kept }) => (kept ? [{ cause, ...kept }] : []))
    return { loads, sealing, records, gone, fresh, events, causes, position }
  }
}
