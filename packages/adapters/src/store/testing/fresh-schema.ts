import { randomUUID } from 'node:crypto'
import type { Store } from '@hospital-crm/core'
import pg from 'pg'
import { type PostgresStore, postgresStore } from '../postgres/index.ts'

/** One connection of its own, for what tests do to a database behind a store's back. */
export const withClient = async <T>(
  connectionString: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** A connection of a host's own that has begun a transaction. */
export const begun = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  return client
}

/** A name that no other test has, and the way to be rid of what is in it. */
export const freshSchema = (connectionString: string) => {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const drop = () =>
    withClient(connectionString, async (client) => {
      await client.query(`drop schema if exists ${schema} cascade`)
    })
  const open = (connections = 3): Promise<PostgresStore> =>
    postgresStore({ connectionString, schema, connections })
  return { schema, open, drop }
}

/** The store, which takes its schema with it when it is closed. */
export const droppedAtClose = (store: Store, drop: () => Promise<void>): Store => {
  let closed: Promise<void> | undefined
  return {
    ...store,
    close: () => {
      closed ??= store.close().then(drop)
      return closed
    },
  }
}
