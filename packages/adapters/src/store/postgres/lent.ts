import { CompiledQuery, type PostgresPool as KyselyPool, type PostgresPoolClient } from 'kysely'
import { types, unheard } from './pool.ts'

/** A client of the host's own in which it has said `begin`: a `pg.PoolClient`, or anything that asks as it does. */
interface LentClient {
  query(query: { text: string; values: unknown[]; types: typeof types }): Promise<object>
}

/** A transaction of the host's own Kysely. */
interface LentKysely {
  withoutPlugins(): { executeQuery(query: CompiledQuery): Promise<object> }
}

/** A transaction that the host has begun and will end. */
export type LentTransaction = LentClient | LentKysely

const askerOf = (lent: LentTransaction) => (text: string, values: readonly unknown[]) =>
  'query' in lent
    ? lent.query({ text, values: [...values], types })
    : lent.withoutPlugins().executeQuery(CompiledQuery.raw(text, [...values]))

const savepoint = ['savepoint hospital_crm']
const release = ['release savepoint hospital_crm']
const undo = ['rollback to savepoint hospital_crm', ...release]
const steps: Readonly<Record<string, readonly string[]>> = {
  begin: savepoint,
  commit: release,
  rollback: undo,
}

/**
 * A pool of one: the connection of the host's transaction, for one asker at a time. Transactions on it, and
 * statements by themselves, are savepoints, so that what fails leaves the host's rows as they were.
 */
export const lending = (lent: LentTransaction): KyselyPool => {
  const ask = askerOf(lent)
  const askEach = async (texts: readonly string[]) => {
    for (const text of texts) await ask(text, [])
    return {}
  }
  let last = Promise.resolve()

  const connect = async () => {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    await before
    let isInside = false
    const query = async (text: string, values: readonly unknown[]) => {
      const asked = steps[text]
      if (asked) {
        isInside = text === 'begin'
        return askEach(asked)
      }
      if (isInside) return ask(text, values)
      await askEach(savepoint)
      try {
        const answer = await ask(text, values)
        await askEach(release)
        return answer
      } catch (error) {
        await askEach(undo).catch(unheard)
        throw error
      }
    }
    return { query: query as PostgresPoolClient['query'], release: () => resolve() }
  }
  return { options: {}, connect, end: async () => {} }
}
