import { PGlite } from '@electric-sql/pglite'
import type { Store } from '@hospital-crm/core'
import { Kysely, PGliteDialect, type PGliteDialectConfig, sql } from 'kysely'
import { tell } from '../sql/failure.ts'
import { migrate } from '../sql/migrate.ts'
import type { Engine, Tables } from '../sql/schema.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { createViews, type ViewOptions } from '../sql/views.ts'
import { openFlushing } from './flush.ts'
import { lockDirectory } from './lock.ts'
import { preparing } from './prepare.ts'

export interface OpenOptions {
  /** Where the data live; made when it is absent. Without one they are gone with the process. */
  readonly directory?: string
  /** A PGlite of the host's own instead, the host's to lock and to close; its session plans every statement anew. */
  readonly database?: PGliteDialectConfig['pglite'] & { readonly dataDir?: string }
  /** The database schema that holds the tables; `hospital_crm` unless told. */
  readonly schema?: string
}

const engineOn = async (
  database: NonNullable<OpenOptions['database']>,
  schema: string,
  durable: boolean,
): Promise<Omit<Engine, 'close'>> => {
  const pglite = database instanceof PGlite ? await preparing(database) : database
  return {
    db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }),
    schema,
    durable,
    guarded: false,
  }
}

const isOnDisk = ({ dataDir }: { readonly dataDir?: string }) =>
  dataDir !== undefined && !dataDir.startsWith('memory:')

const openEngine = async ({
  directory,
  database,
  schema = 'hospital_crm',
}: OpenOptions): Promise<Engine> => {
  if (database) {
    return { ...(await engineOn(database, schema, isOnDisk(database))), close: async () => {} }
  }
  if (directory === undefined) {
    const own = await PGlite.create()
    return { ...(await engineOn(own, schema, false)), close: () => own.close() }
  }
  const { path, release } = await lockDirectory(directory)
  try {
    const { database: own } = await openFlushing(path)
    const close = () => own.close().finally(release)
    return { ...(await engineOn(own, schema, true)), close }
  } catch (error) {
    release()
    throw error
  }
}

/** PGlite has no autovacuum, and a scan that starts where much was deleted would step over it for ever. */
const sweep = async ({ db, schema }: Engine) => {
  for (const table of ['records', 'entries']) {
    await sql`vacuum ${sql.id(schema, table)}`.execute(db)
  }
}

const openUpToDate = async (options: OpenOptions): Promise<Engine> => {
  const engine = await openEngine(options)
  try {
    await migrate(engine)
    if (options.directory !== undefined) await sweep(engine)
    return engine
  } catch (error) {
    await engine.close()
    return tell(error)
  }
}

export const open = async (options: OpenOptions): Promise<Store> =>
  sqlStore(await openUpToDate(options))

export const report = async (options: OpenOptions & ViewOptions): Promise<void> => {
  const engine = await openUpToDate(options)
  await createViews(engine, options).finally(() => engine.close())
}
