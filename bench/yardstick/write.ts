import type { Database } from './database.ts'
import type { Rows } from './rows.ts'
import { sealBare } from './seal.ts'

type Column = 'text' | 'integer' | 'bigint' | 'jsonb'
type Values = readonly (readonly [type: Column, values: readonly (string | number)[]])[]

// Each row is looked up by itself, whatever the planner believes of tables that nobody has analysed.
const readSql = (schema: string) => `
  select asked.kind, asked.id, r.version, r.state::text as text
  from unnest($1::text[], $2::text[]) as asked (kind, id)
  cross join lateral (
    select version, state from ${schema}.records
    where tenant = 'main' and kind = asked.kind and id = asked.id limit 1
  ) as r
  union all
  select c.payload_hash, asked.cause, null, c.answer::text
  from unnest($3::text[]) as asked (cause)
  cross join lateral (
    select payload_hash, answer from ${schema}.causes
    where tenant = 'main' and cause = asked.cause limit 1
  ) as c`

/** Adds steps of one statement, each over rows given as an array a column. */
const statement = () => {
  const values: unknown[] = []
  const steps: string[] = []
  const add = (step: (rows: string) => string, name: string, columns: Values) => {
    if (columns[0]?.[1].length === 0) return
    const arrays = columns.map(([type, column]) => {
      values.push(column)
      return `$${values.length}::${type}[]`
    })
    steps.push(`${name} as (${step(`unnest(${arrays.join(', ')})`)})`)
  }
  return { add, steps, values }
}

const insert =
  (table: string, columns: string, values = '*', more = '') =>
  (rows: string) =>
    `insert into ${table} (tenant, ${columns}) select 'main', ${values} from ${rows}${more}`

const entriesOf = (rows: Rows['fresh']): Values =>
  ([0, 1, 2, 3, 4] as const).map((column) => ['text', rows.map((row) => row[column])])

const entryColumns = 'kind, "index", equals, "order", id'

const writeSql = (
  schema: string,
  { records, gone, fresh, events, causes, position }: Omit<Rows, 'loads' | 'sealing'>,
) => {
  const { add, steps, values } = statement()
  const updated = ['version', 'state', 'entries', 'attributes'].map(
    (name) => `${name} = excluded.${name}`,
  )
  add(
    insert(
      `${schema}.records`,
      'kind, id, version, state, entries, attributes',
      "kind, id, version, state, entries, nullif(attributes, '')::text[]",
      ` as new (kind, id, version, state, entries, attributes)
        on conflict (tenant, kind, id) do update set ${updated.join(', ')}`,
    ),
    'records',
    [
      ['text', records.map(({ key }) => key.kind)],
      ['text', records.map(({ key }) => key.id)],
      ['integer', records.map(({ version }) => version)],
      ['jsonb', records.map(({ state }) => JSON.stringify(state))],
      ['jsonb', records.map(({ entries }) => JSON.stringify(entries))],
      ['text', records.map(({ attributes }) => attributes)],
    ],
  )
  add(
    (rows) => `delete from ${schema}.entries where ctid = any (array(
      select e.ctid from ${rows} as g (${entryColumns})
      cross join lateral (
        select ctid from ${schema}.entries as e
        where e.tenant = 'main' and e.kind = g.kind and e."index" = g."index"
          and e.equals = g.equals and e."order" = g."order" and e.id = g.id limit 1
      ) as e))`,
    'gone',
    entriesOf(gone),
  )
  add(insert(`${schema}.entries`, entryColumns), 'fresh', entriesOf(fresh))
  add(
    insert(`${schema}.events`, 'kind, id, version, type, at, actor, data, cause, place, position'),
    'events',
    [
      ['text', events.map(({ key }) => key.kind)],
      ['text', events.map(({ key }) => key.id)],
      ['integer', events.map(({ version }) => version)],
      ['text', events.map(({ type }) => type)],
      ['text', events.map(({ at }) => at)],
      ['text', events.map(({ actor }) => actor)],
      ['jsonb', events.map(({ data }) => JSON.stringify(data))],
      ['text', events.map(({ cause }) => cause)],
      ['integer', events.map(({ place }) => place)],
      ['bigint', events.map(({ position: at }) => at)],
    ],
  )
  add(insert(`${schema}.causes`, 'cause, payload_hash, answer'), 'causes', [
    ['text', causes.map(({ cause }) => cause)],
    ['text', causes.map(({ payloadHash }) => payloadHash)],
    ['jsonb', causes.map(({ answer }) => JSON.stringify(answer))],
  ])
  const text = `with ${steps.join(', ')}
    insert into ${schema}.heads (tenant, position) values ('main', $${values.length + 1})
    on conflict (tenant) do update set position = excluded.position`
  return { text, values: [...values, position] }
}

/**
 * What a program for this one purpose would do: seal, begin, read the records and whether the cause has been
 * answered, write all rows in one statement, commit. It decides nothing and checks nothing.
 */
export const bareWriter = ({ transaction }: Database, schema: string) => {
  const read = readSql(schema)
  return ({ loads, sealing, ...rows }: Rows): Promise<void> => {
    sealBare(sealing)
    return transaction(async (query) => {
      for (const { keys, causes } of loads) {
        const asked = [keys.map(({ kind }) => kind), keys.map(({ id }) => id), causes]
        for (const { text } of await query(read, asked)) JSON.parse(String(text))
      }
      const { text, values } = writeSql(schema, rows)
      await query(text, values)
    })
  }
}
