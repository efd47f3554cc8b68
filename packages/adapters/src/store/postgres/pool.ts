import type { PostgresPoolClient as KyselyClient, PostgresPool as KyselyPool } from 'kysely'
import { statementName } from '../sql/statement-name.ts'

interface Listens {
  on(event: 'error', listener: () => void): unknown
  off(event: 'error', listener: () => void): unknown
}

interface Query {
  name?: string
  text: string
  values: unknown[]
  types: typeof types
}

interface Client extends Listens {
  query(query: Query): Promise<object>
  release(broken?: boolean): void
}

/** The part of a `pg.Pool` that is needed. */
export interface PostgresPool extends Listens {
  readonly options: object
  connect(): Promise<Client>
  end(): Promise<void>
}

// A connection that ends is noticed by whoever uses it next. Unheard, the event would end the process.
export const unheard = () => {}

/** What a host has taught its `pg` to read numbers, truth and JSON as is its own affair: types 16 and 23 are boolean and integer. */
const types = {
  getTypeParser: (type: number) => (text: string) =>
    type === 16 ? text === 't' : type === 23 ? Number(text) : text,
}

/**
 * How our transactions begin. Their statements look rows up by index, be there one row or a million, so a
 * plan made once stays right; left alone, PostgreSQL plans most of them anew every time.
 */
const opening =
  'begin; set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan'

/** A pooler between us and the server gives every transaction another session, without our statements. */
const isForgotten = (error: unknown) =>
  ['26000', '42P05', '08P01'].includes(String((error as { code?: unknown }).code))

/**
 * A pool whose statements are parsed and planned once a connection instead of every time, until a pooler
 * turns out not to bear it: then that attempt fails, and the next one goes without.
 */
export const preparing = (pool: PostgresPool): KyselyPool => {
  const names = new Map<string, string>()
  let prepares = true
  const queryOf = (text: string, values: readonly unknown[]): Query => {
    const query = { text, values: [...values], types }
    if (!prepares || values.length === 0) return query
    const name = names.get(text) ?? statementName(text)
    names.set(text, name)
    return { ...query, name }
  }
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      client.on('error', unheard)
      let begun: Promise<object> | undefined
      const query = async (text: string, values: readonly unknown[]) => {
        if (text === 'begin') {
          begun = client.query(queryOf(opening, values))
          begun.catch(unheard)
          return { rows: [] }
        }
        // The first statement need not wait for the answer to `begin`, but fails when that has failed.
        const before = begun
        begun = undefined
        const asked = client.query(queryOf(text, values))
        asked.catch(unheard)
        try {
          await before
          return await asked
        } catch (error) {
          if (isForgotten(error)) prepares = false
          throw error
        }
      }
      const release = (broken?: boolean) => {
        client.off('error', unheard)
        client.release(broken)
      }
      return { query: query as KyselyClient['query'], release }
    },
  }
}
