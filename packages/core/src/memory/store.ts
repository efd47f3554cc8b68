import { meets } from '../ports/meets.ts'
import type {
  Change,
  Entry,
  Found,
  KeptAnswer,
  Key,
  ListQuery,
  LoggedEvent,
  Page,
  Store,
  StoredRecord,
  Unit,
  UnitOutcome,
} from '../ports/store.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { comparePlaced, compareText, type Placed, rank } from './scan.ts'

interface Tenant {
  readonly records: Map<string, Change>
  readonly kept: Map<string, KeptAnswer>
  readonly log: LoggedEvent[]
  readonly logOf: Map<string, LoggedEvent[]>
  /** Entries in order, by kind, index and values. */
  readonly scans: Map<string, Placed[]>
}

const addressOf = ({ kind, id }: Key) => `${kind}\u0000${id}`
const scanOf = (kind: string, index: string, equals: readonly string[]) =>
  [kind, index, ...equals].join('\u0000')

const index = ({ records, scans }: Tenant, { key, entries }: Change) => {
  const placed = (entry: Entry): [string, Placed] => [
    scanOf(key.kind, entry.index, entry.equals),
    { order: entry.order, id: key.id },
  ]
  for (const [name, entry] of records.get(addressOf(key))?.entries.map(placed) ?? []) {
    const scan = scans.get(name) ?? []
    const at = rank(scan, entry)
    const found = scan[at]
    if (found && comparePlaced(found, entry) === 0) scan.splice(at, 1)
  }
  for (const [name, entry] of entries.map(placed)) {
    const scan = scans.get(name) ?? []
    scans.set(name, scan)
    const at = rank(scan, entry)
    const found = scan[at]
    if (!found || comparePlaced(found, entry) !== 0) scan.splice(at, 0, entry)
  }
}

const storedOf = ({ key, version, state }: StoredRecord): StoredRecord => ({ key, version, state })

const commitUnit = (tenant: Tenant, unit: Unit): UnitOutcome => {
  const { cause, kept, reads, changes, events } = unit
  const known = kept && tenant.kept.get(cause)
  if (known) return { duplicateOf: known }
  const holds = [...reads, ...changes].every(
    ({ key, version }) => (tenant.records.get(addressOf(key))?.version ?? 0) === version,
  )
  if (!holds) return 'conflict'
  for (const change of changes) {
    index(tenant, change)
    tenant.records.set(addressOf(change.key), { ...change, version: change.version + 1 })
  }
  for (const [place, event] of events.entries()) {
    const logged = { ...event, position: tenant.log.length + 1, cause, place }
    tenant.log.push(logged)
    const address = addressOf(event.key)
    const log = tenant.logOf.get(address)
    if (log) log.push(logged)
    else tenant.logOf.set(address, [logged])
  }
  if (kept) tenant.kept.set(cause, kept)
  return 'done'
}

const product = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (some, list) => some.flatMap((values) => list.map((value) => [...values, value])),
    [[]],
  )

const listFrom = ({ records, scans }: Tenant, kind: string, query: ListQuery): Page => {
  const { index: name, equals, from, to, where, direction = 'ascending', limit, after } = query
  const down = direction === 'descending'
  const last = after === undefined ? undefined : readCursor(after)
  const isSeen = (id: string) =>
    !where || meets(where, records.get(addressOf({ kind, id }))?.attributes)
  const found = new Map<string, Placed>()
  for (const values of product(equals)) {
    const scan = scans.get(scanOf(kind, name, values)) ?? []
    let low = from === undefined ? 0 : rank(scan, { order: from, id: '' })
    let high = to === undefined ? scan.length : rank(scan, { order: `${to}\u0000`, id: '' })
    if (last && down) high = Math.min(high, rank(scan, last))
    else if (last) low = Math.max(low, rank(scan, last, true))
    const part: Placed[] = []
    for (let nth = 0; nth < high - low && part.length <= limit; nth += 1) {
      const placed = scan[down ? high - 1 - nth : low + nth] as Placed
      if (isSeen(placed.id)) part.push(placed)
    }
    for (const placed of part) found.set(`${placed.order}\u0000${placed.id}`, placed)
  }
  const ordered = [...found.values()].sort(comparePlaced)
  if (down) ordered.reverse()
  const items = ordered.slice(0, limit).flatMap(({ order, id }): Found[] => {
    const record = records.get(addressOf({ kind, id }))
    return record ? [{ ...storedOf(record), order }] : []
  })
  const end = ordered[limit - 1]
  return ordered.length > limit && end ? { items, next: writeCursor(end.order, end.id) } : { items }
}

/** A store in this process's memory, gone with it. The default of `createCrm`, and what tests use. */
export const memoryStore = (): Store => {
  const tenants = new Map<string, Tenant>()
  const of = (name: string): Tenant => {
    const known = tenants.get(name)
    if (known) return known
    const made = {
      records: new Map(),
      kept: new Map(),
      log: [],
      logOf: new Map(),
      scans: new Map(),
    }
    return made
  }
  return {
    durable: false,
    load: async (name, keys, causes) => {
      const { records, kept } = of(name)
      return {
        records: keys.map((key) => {
          const record = records.get(addressOf(key))
          return record && storedOf(record)
        }),
        kept: causes.map((cause) => kept.get(cause)),
      }
    },
    commit: async (name, units) => {
      const tenant = of(name)
      const outcomes = units.map((unit) => commitUnit(tenant, unit))
      if (outcomes.includes('done')) tenants.set(name, tenant)
      return outcomes
    },
    list: async (name, kind, query) => listFrom(of(name), kind, query),
    events: async (name, { after, limit, of: key }) => {
      const { log, logOf } = of(name)
      if (!key) return log.slice(after, after + limit)
      const own = logOf.get(addressOf(key)) ?? []
      return own.filter(({ position }) => position > after).slice(0, limit)
    },
    tenants: async (after, limit) =>
      [...tenants.keys()]
        .filter((name) => after === undefined || compareText(name, after) > 0)
        .sort(compareText)
        .slice(0, limit),
    close: async () => {},
  }
}
