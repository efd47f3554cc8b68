import type {
  Change,
  Expectation,
  KeptAnswer,
  Key,
  LoggedEvent,
  Unit,
  UnitOutcome,
} from '@hospital-crm/core'
import { byName, type EntryRow, entryRow } from './entry.ts'

export const addressOf = ({ kind, id }: Key) => `${kind}\u0000${id}`

/** What a commit must know of a record: not its state. */
export interface Standing {
  readonly version: number
  readonly entries: readonly EntryRow[]
}

/** What the store holds of all that the units name, read under the lock of the tenant's head. */
export interface Known {
  readonly position: number
  readonly standings: ReadonlyMap<string, Standing>
  readonly kept: ReadonlyMap<string, KeptAnswer>
}

export interface PlacedEntry {
  readonly key: Key
  readonly entry: EntryRow
}

/** What is left to write: of a record that changed more than once, only what it came to. */
export interface Writing {
  readonly position: number
  readonly records: readonly (Change & { readonly entryRows: readonly EntryRow[] })[]
  readonly gone: readonly PlacedEntry[]
  readonly fresh: readonly PlacedEntry[]
  readonly events: readonly LoggedEvent[]
  readonly causes: readonly { readonly cause: string; readonly kept: KeptAnswer }[]
}

/** Decides units one after the other, a later one on what earlier ones have come to. */
export const judge = (known: Known, units: readonly Unit[]) => {
  const kept = new Map(known.kept)
  const changed = new Map<string, Change>()
  const events: LoggedEvent[] = []
  const causes: { cause: string; kept: KeptAnswer }[] = []
  const versionOf = (address: string) => {
    const change = changed.get(address)
    return change ? change.version + 1 : (known.standings.get(address)?.version ?? 0)
  }
  const holds = ({ key, version }: Expectation) => versionOf(addressOf(key)) === version

  const outcomes = units.map((unit): UnitOutcome => {
    const answered = unit.kept && kept.get(unit.cause)
    if (answered) return { duplicateOf: answered }
    if (!unit.reads.every(holds) || !unit.changes.every(holds)) return 'conflict'
    for (const change of unit.changes) changed.set(addressOf(change.key), change)
    for (const [place, event] of unit.events.entries()) {
      const position = known.position + events.length + 1
      events.push({ ...event, position, cause: unit.cause, place })
    }
    if (unit.kept) {
      kept.set(unit.cause, unit.kept)
      causes.push({ cause: unit.cause, kept: unit.kept })
    }
    return 'done'
  })

  const gone: PlacedEntry[] = []
  const fresh: PlacedEntry[] = []
  const records = [...changed].map(([address, change]) => {
    const before = byName(known.standings.get(address)?.entries ?? [])
    const after = byName(change.entries.map(entryRow))
    const { key } = change
    for (const [name, entry] of before) if (!after.has(name)) gone.push({ key, entry })
    for (const [name, entry] of after) if (!before.has(name)) fresh.push({ key, entry })
    return { ...change, entryRows: [...after.values()] }
  })
  const writing = { position: known.position + events.length, records, gone, fresh, events, causes }
  return {
    outcomes,
    writing: records.length + events.length + causes.length > 0 ? writing : undefined,
  }
}
