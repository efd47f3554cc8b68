import { deepStrictEqual } from 'node:assert/strict'
import type { Query } from './database.ts'

const tables = ['heads', 'records', 'entries', 'events', 'causes'] as const

/** A digest of every table of a schema, and how many rows it has. */
const digestsOf = async (query: Query, schema: string) => {
  const digests: Record<string, unknown> = {}
  for (const table of tables) {
    const [row] = await query(`
      select count(*)::int as rows,
        md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as digest
      from ${schema}.${table} as t`)
    digests[table] = row
  }
  return digests
}

/** Throws unless two schemas hold the same rows, to the last letter. */
export const expectSameRows = async (query: Query, ours: string, theirs: string): Promise<void> => {
  const digests = await digestsOf(query, ours)
  deepStrictEqual(digests, await digestsOf(query, theirs))
}
