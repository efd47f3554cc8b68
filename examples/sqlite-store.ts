// A store of one's own in one file, on the SQLite that comes with Node: docs/how-to/add-a-store.md
import { DatabaseSync } from 'node:sqlite'
import {
  type Change,
  type Expectation,
  type Happening,
  type Json,
  type KeptAnswer,
  type ListQuery,
  type LoggedEvent,
  readCursor,
  type Store,
  type Unit,
  type UnitOutcome,
  writeCursor,
} from '@hospital-crm/core'

// #region tables
const tables = `
  create table if not exists tenants (tenant text primary key, position integer not null) strict;
  create table if not exists kept (tenant text, cause text, hash text, answer text,
    primary key (tenant, cause)) strict;
  create table if not exists records (tenant text, kind text, id text, version integer, state text,
    attributes text, primary key (tenant, kind, id)) strict;
  create table if not exists entries (tenant text, kind text, name text, equals text, place text,
    id text, primary key (tenant, kind, name, equals, place, id)) strict, without rowid;
  create index if not exists entries_of on entries (tenant, kind, id);
  create table if not exists events (tenant text, position integer, kind text, id text, event text,
    primary key (tenant, position)) strict;
  create index if not exists events_of on events (tenant, kind, id, position);
`
// #endregion tables

// One rule none of whose lists is without an attribute; `null`, which JSON writes as well, stands for unknown ones.
const meetsWhere = `exists (
  select 1 from records as r left join json_each(?) as rule
  where r.tenant = entries.tenant and r.kind = entries.kind and r.id = entries.id
    and (r.attributes = 'null' or rule.value is not null and not exists (
      select 1 from json_each(rule.value) as list where not exists (
        select 1 from json_each(list.value) as one join json_each(r.attributes) as own
        where one.value = own.value))))`

type Row = Readonly<Record<string, string | number>>

const product = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (some, list) => some.flatMap((values) => list.map((value) => [...values, value])),
    [[]],
  )

/** A store in a file, for the processes of one machine; with `:memory:` gone with this process. */
export const sqliteStore = (path: string): Store => {
  const db = new DatabaseSync(path)
  db.exec(`pragma busy_timeout = 5000; pragma synchronous = full; ${tables}`)
  const rows = (sql: string, ...values: (string | number)[]) =>
    db.prepare(sql).all(...values) as Row[]
  const run = (sql: string, ...values: (string | number)[]) => db.prepare(sql).run(...values)

  const recordOf = (tenant: string, { kind, id }: { kind: string; id: string }) => {
    const where = 'where tenant = ? and kind = ? and id = ?'
    const [row] = rows(`select version, state from records ${where}`, tenant, kind, id)
    if (!row) return undefined
    return {
      key: { kind, id },
      version: Number(row.version),
      state: JSON.parse(`${row.state}`) as Json,
    }
  }
  const keptOf = (tenant: string, cause: string): KeptAnswer | undefined => {
    const sql = 'select hash, answer from kept where tenant = ? and cause = ?'
    const [row] = rows(sql, tenant, cause)
    return row && { payloadHash: `${row.hash}`, answer: JSON.parse(`${row.answer}`) as Json }
  }
  const write = (tenant: string, change: Change) => {
    const { key, version, state, entries, attributes = null } = change
    const { kind, id } = key
    const record = 'insert or replace into records values (?, ?, ?, ?, ?, ?)'
    const texts = [JSON.stringify(state), JSON.stringify(attributes)]
    run(record, tenant, kind, id, version + 1, ...texts)
    run('delete from entries where tenant = ? and kind = ? and id = ?', tenant, kind, id)
    for (const { index, equals, order } of entries) {
      const values = [index, JSON.stringify(equals), order, id]
      run('insert or ignore into entries values (?, ?, ?, ?, ?, ?)', tenant, kind, ...values)
    }
  }
  const tell = (tenant: string, cause: string, events: readonly Happening[]) => {
    const [known] = rows('select position from tenants where tenant = ?', tenant)
    let position = Number(known?.position ?? 0)
    for (const [place, event] of events.entries()) {
      position += 1
      const logged: LoggedEvent = { ...event, position, cause, place }
      const { kind, id } = event.key
      const sql = 'insert into events values (?, ?, ?, ?, ?)'
      run(sql, tenant, position, kind, id, JSON.stringify(logged))
    }
    run('insert or replace into tenants values (?, ?)', tenant, position)
  }

  // #region commit
  const commitOne = (tenant: string, unit: Unit): UnitOutcome => {
    const { cause, kept, reads, changes, events } = unit
    const known = kept && keptOf(tenant, cause)
    if (known) return { duplicateOf: known }
    const holds = ({ key, version }: Expectation) =>
      (recordOf(tenant, key)?.version ?? 0) === version
    if (![...reads, ...changes].every(holds)) return 'conflict'
    for (const change of changes) write(tenant, change)
    if (kept) {
      const answer = JSON.stringify(kept.answer)
      run('insert into kept values (?, ?, ?, ?)', tenant, cause, kept.payloadHash, answer)
    }
    tell(tenant, cause, events)
    return 'done'
  }

  const commit = (tenant: string, units: readonly Unit[]): UnitOutcome[] => {
    db.exec('begin immediate')
    try {
      const outcomes = units.map((unit) => commitOne(tenant, unit))
      db.exec('commit')
      return outcomes
    } catch (error) {
      db.exec('rollback')
      throw error
    }
  }
  // #endregion commit

  // #region list
  const list = (tenant: string, kind: string, query: ListQuery) => {
    const { index, equals, from, to, where, direction = 'ascending', limit, after } = query
    const way = direction === 'ascending' ? 'asc' : 'desc'
    const beyond = direction === 'ascending' ? '>' : '<'
    const { order: place, id } = after === undefined ? { order: '', id: '' } : readCursor(after)
    const bounds = [
      ...(from === undefined ? [] : [{ sql: 'and place >= ?', values: [from] }]),
      ...(to === undefined ? [] : [{ sql: 'and place <= ?', values: [to] }]),
      ...(after === undefined
        ? []
        : [{ sql: `and (place, id) ${beyond} (?, ?)`, values: [place, id] }]),
      ...(where === undefined
        ? []
        : [{ sql: `and ${meetsWhere}`, values: [JSON.stringify(where)] }]),
    ]
    // One range of the primary key for each combination of values, of a page at most; then their union.
    const scan = `select * from (select place, id from entries
      where tenant = ? and kind = ? and name = ? and equals = ? ${bounds.map(({ sql }) => sql).join(' ')}
      order by place ${way}, id ${way} limit ?)`
    const sought = product(equals).map((values) => JSON.stringify(values))
    if (sought.length === 0) return { items: [] }
    const found = rows(
      `${sought.map(() => scan).join(' union ')} order by place ${way}, id ${way} limit ?`,
      ...sought.flatMap((values) => [
        ...[tenant, kind, index, values],
        ...bounds.flatMap((bound) => bound.values),
        limit + 1,
      ]),
      limit + 1,
    ).map((row) => ({ order: `${row.place}`, id: `${row.id}` }))
    const items = found.slice(0, limit).flatMap(({ order, id }) => {
      const record = recordOf(tenant, { kind, id })
      return record ? [{ ...record, order }] : []
    })
    const last = found[limit - 1]
    return found.length > limit && last
      ? { items, next: writeCursor(last.order, last.id) }
      : { items }
  }
  // #endregion list

  // #region store
  return {
    durable: path !== ':memory:',
    load: async (tenant, keys, causes) => ({
      records: keys.map((key) => recordOf(tenant, key)),
      kept: causes.map((cause) => keptOf(tenant, cause)),
    }),
    commit: async (tenant, units) => commit(tenant, units),
    list: async (tenant, kind, query) => list(tenant, kind, query),
    events: async (tenant, { after, limit, of }) => {
      const own = of ? 'and kind = ? and id = ?' : ''
      const sql = `select event from events where tenant = ? and position > ? ${own}
        order by position limit ?`
      const found = rows(sql, tenant, after, ...(of ? [of.kind, of.id] : []), limit)
      return found.map(({ event }) => JSON.parse(`${event}`) as LoggedEvent)
    },
    tenants: async (after, limit) => {
      const sql = 'select tenant from tenants where tenant > ? order by tenant limit ?'
      return rows(sql, after ?? '', limit).map(({ tenant }) => `${tenant}`)
    },
    close: async () => {
      if (db.isOpen) db.close()
    },
  }
  // #endregion store
}
