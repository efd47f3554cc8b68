import type { Database, Query } from './database.ts'
import { type Cell, type Template, type Token, tokensOf } from './template.ts'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Takes primary keys and indexes off a schema's tables; gives the statements that put them back. */
const withoutIndexes = async (query: Query, schema: string, tables: readonly string[]) => {
  const again: string[] = []
  for (const table of tables.map((name) => `${schema}.${name}`)) {
    const keys = await query(`
      select conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'p' and conrelid = '${table}'::regclass`)
    for (const { name, definition } of keys) {
      await query(`alter table ${table} drop constraint ${name}`)
      again.push(`alter table ${table} add constraint ${name} ${definition}`)
    }
    const indexes = await query(`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index where indrelid = '${table}'::regclass`)
    for (const { name, definition } of indexes) {
      await query(`drop index ${name}`)
      again.push(String(definition))
    }
  }
  return again
}

/** Cells as SQL over the number `n` of the copy, and the columns `t.k0`, `t.k1` … of what differs. */
const cellWriter = (tokens: readonly Token[], rowsPerCopy: number) => {
  const any = new RegExp(`(${tokens.map(([token]) => token).join('|')})`)
  const columns = new Map(tokens.map(([token], nth) => [token, `t.k${nth}`]))
  const textSql = (text: string) => {
    const parts = text.split(any).filter((part) => part !== '')
    return parts.map((part) => columns.get(part) ?? quoted(part)).join(' || ') || quoted('')
  }
  return (cell: Cell): string => {
    if (typeof cell === 'string') return textSql(cell)
    if (typeof cell === 'number') return String(cell)
    if ('array' in cell) return `nullif(${textSql(cell.array)}, '')::text[]`
    if ('json' in cell) return `(${textSql(JSON.stringify(cell.json))})::jsonb`
    return `(n - 1) * ${rowsPerCopy}::bigint + ${cell.nth}`
  }
}

const chunk = 20_000

/**
 * Fills a schema's empty tables with so many copies of a discharge, each with ids, words and days of its
 * own. Tables are emptied, filled and indexed in one transaction: then nothing of it goes through the log
 * of a server with `wal_level = minimal`.
 */
export const seed = async (
  { query, transaction }: Pick<Database, 'query' | 'transaction'>,
  schema: string,
  templates: readonly Template[],
  count: number,
  onProgress: (stored: number) => void,
): Promise<void> => {
  const tokens = tokensOf(JSON.stringify(templates))
  const values = tokens.map(([, sql], nth) => `${sql} as k${nth}`).join(', ')
  const statements = templates.map(({ table, columns, rows }) => {
    const sqlOf = cellWriter(tokens, rows.length)
    const copies = rows.map((row) => `(${row.map(sqlOf).join(', ')})`).join(', ')
    return (from: number, to: number) => `
      insert into ${schema}.${table} (tenant, ${columns})
      select 'main', r.* from generate_series(${from}, ${to}) as n
      cross join lateral (select ${values} offset 0) as t
      cross join lateral (values ${copies}) as r`
  })
  const tables = templates.map(({ table }) => table)
  await transaction(async (inside) => {
    await inside(`truncate ${tables.map((table) => `${schema}.${table}`).join(', ')}`)
    await inside(`set local maintenance_work_mem = '512MB'`)
    const again = await withoutIndexes(inside, schema, tables)
    for (let from = 1; from <= count; from += chunk) {
      onProgress(from - 1)
      const to = Math.min(count, from + chunk - 1)
      for (const statement of statements) await inside(statement(from, to))
    }
    onProgress(count)
    for (const statement of again) await inside(statement)
    await inside(`
      insert into ${schema}.heads (tenant, position)
      select 'main', coalesce(max(position), 0) from ${schema}.events`)
  })
  for (const table of tables) await query(`vacuum (analyze) ${schema}.${table}`)
}
