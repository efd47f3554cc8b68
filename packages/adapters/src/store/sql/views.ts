import { type AnySlice, ownSlices } from '@hospital-crm/core'
import { sql } from 'kysely'
import { quoted } from './quoted.ts'
import type { Engine } from './schema.ts'
import { type ColumnType, hides, type Shape, shapeOf } from './shape.ts'

/** Words as SQL joins them: `follow-up` and `followUp` are `follow_up`. */
const snake = (name: string) =>
  name
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase()

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

const read = (from: string, name: string, type: ColumnType) => {
  if (type === 'jsonb') return `${from}->${literal(name)}`
  return type === 'text' ? `${from}->>${literal(name)}` : `(${from}->>${literal(name)})::${type}`
}

interface Parts {
  readonly columns: Map<string, string>
  /** Lists of objects, which have a view each, by their name. */
  readonly lists: Map<string, { readonly from: string; readonly of: Shape }>
}

/** The columns of an object's fields; what is inside a field is a column too, what is deeper is JSON. */
const take = ({ columns, lists }: Parts, shape: Shape, from: string, prefix: string) => {
  if (shape.is !== 'object') return
  for (const [field, of] of shape.fields) {
    const name = prefix + snake(field)
    if (of.is === 'object' && prefix === '')
      take({ columns, lists }, of, `${from}->${literal(field)}`, `${name}_`)
    else if (of.is === 'list' && of.of.is === 'object' && from.startsWith('r.'))
      lists.set(name, { from: `${from}->${literal(field)}`, of: of.of })
    else if (of.is === 'column') columns.set(name, read(from, field, of.type))
    else if (!hides(of)) columns.set(name, read(from, field, 'jsonb'))
  }
}

type View = readonly [name: string, definition: string]

/** A field that is called as a column of every view is told from it by an underscore. */
const select = (own: readonly string[], { columns }: Parts, rest: string) => {
  const taken = own.map((each) => each.slice(2))
  const named = [...columns].map(([column, value]) => {
    return `${value} as ${quoted(taken.includes(column) ? `${column}_` : column)}`
  })
  return `select ${[...own, ...named].join(', ')} ${rest}`
}

const nameOf = (schema: string, kind: string, list = '') =>
  `${quoted(schema)}.${quoted(`report_${snake(kind)}${list && `_${list}`}`)}`

/** A view of a kind of record, and one of each list of objects in it, by name and definition. */
const viewsOf = (schema: string, { name: kind, state }: AnySlice) => {
  const records = `from ${quoted(schema)}.records as r`
  const isKind = `where r.kind = ${literal(kind)}`
  const parts: Parts = { columns: new Map(), lists: new Map() }
  take(parts, shapeOf(state), 'r.state', '')
  const lists = [...parts.lists].map(([list, { from, of }]): View => {
    const inner: Parts = { columns: new Map(), lists: new Map() }
    take(inner, of, 'e.value', '')
    const each = `${records} cross join lateral
      jsonb_array_elements(${from}) with ordinality as e (value, nth) ${isKind}`
    return [nameOf(schema, kind, list), select(['r.tenant', 'r.id', 'e.nth'], inner, each)]
  })
  const own = ['r.tenant', 'r.id', 'r.version']
  return [[nameOf(schema, kind), select(own, parts, `${records} ${isKind}`)] as View, ...lists]
}

/** What `createReportViews` can be told beside where the tables are. */
export interface ViewOptions {
  /** Kinds of records of the host's own, besides the crm's. */
  readonly slices?: readonly AnySlice[]
  /** A role that is to read the views, and with them the table of records; it must exist. */
  readonly reader?: string
}

/** Makes the views anew in one transaction, as whoever may create in the schema. */
export const createViews = (
  { db, schema }: Pick<Engine, 'db' | 'schema'>,
  { slices = [], reader }: ViewOptions,
): Promise<void> =>
  db.transaction().execute(async (inside) => {
    const run = (statement: string) => sql.raw(statement).execute(inside)
    const grant = async (right: string) => {
      if (reader !== undefined) await run(`grant ${right} to ${quoted(reader)}`)
    }
    await grant(`usage on schema ${quoted(schema)}`)
    await grant(`select on ${quoted(schema)}.records`)
    for (const [name, definition] of [...ownSlices, ...slices].flatMap((each) =>
      viewsOf(schema, each),
    )) {
      await run(`drop view if exists ${name}`)
      await run(`create view ${name} with (security_invoker = true) as ${definition}`)
      await grant(`select on ${name}`)
    }
  })
