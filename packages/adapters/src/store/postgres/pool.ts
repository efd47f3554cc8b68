import type { PostgresPoolClient as KyselyClient, PostgresPool as KyselyPool } from 'kysely'
import { isLast } from '../sql/last-statement.ts'
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
  /** Whether it takes questions before it has answered; not in every client, and nothing but faster where it does. */
  readonly pipeline?: boolean
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } }
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
export const types = {
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

const nothing = { rows: [] }

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
      let place: 'outside' | 'opening' | 'inside' = 'outside'
      let closing: Promise<object> | undefined
      let isLost = false

      /** One after the other, each only when the one before has not failed. */
      const askEach = (queries: readonly Query[]) => {
        let before: Promise<object> = Promise.resolve(nothing)
        return queries.map((query) => {
          before = before.then(() => client.query(query))
          return before
        })
      }
      /** All at once and in one packet: every one on its own would wake the server, and perhaps wait for it. */
      const askAll = (queries: readonly Query[]) => {
        const stream = client.connection?.stream
        stream?.cork?.()
        const answers = queries.map((query) => client.query(query))
        stream?.uncork?.()
        return answers
      }
      const query = async (text: string, values: readonly unknown[]) => {
        if (text === 'begin') {
          place = 'opening'
          return nothing
        }
        if (text === 'commit' || text === 'rollback') {
          const isOpen = place === 'inside'
          place = 'outside'
          if (!isOpen) return nothing
          return text === 'commit' && closing ? closing : client.query(queryOf(text, values))
        }
        // A statement need not wait for the answer to `begin`, nor `commit` for the last one's; each of them
        // fails when what is before it has failed. One by itself is a transaction of its own.
        const isAlone = place === 'outside' && values.length > 0
        const before = isAlone || place === 'opening' ? [queryOf(opening, [])] : []
        if (place === 'opening') place = 'inside'
        const ends = isAlone || (place === 'inside' && isLast(text))
        const after = ends ? [queryOf('commit', [])] : []
        const answers = (client.pipeline ? askAll : askEach)([
          ...before,
          queryOf(text, values),
          ...after,
        ])
        for (const each of answers) each.catch(unheard)
        closing = ends ? answers.at(-1) : undefined
        try {
          await answers[0]
          const answer = await answers[before.length]
          if (isAlone) await closing
          return answer
        } catch (error) {
          if (isForgotten(error)) prepares = false
          // Where nobody answers, the next one would wait behind what was asked here.
          const giveUp = () => {
            isLost = true
          }
          if (isAlone) await client.query(queryOf('rollback', [])).catch(giveUp)
          throw error
        }
      }
      const release = (broken?: boolean) => {
        client.off('error', unheard)
        client.release(broken || isLost)
      }
      return { query: query as KyselyClient['query'], release }
    },
  }
}
