import type { Kysely } from 'kysely'

/** The tables as `migrations.ts` makes them. JSON travels as text, so that no host's type parser can change it. */
export interface Tables {
  readonly heads: { readonly tenant: string; readonly position: string }
  readonly records: {
    readonly tenant: string
    readonly kind: string
    readonly id: string
    readonly version: number
    readonly state: string
    readonly entries: string
    readonly attributes: string | null
  }
  readonly entries: {
    readonly tenant: string
    readonly kind: string
    readonly index: string
    readonly equals: string
    readonly order: string
    readonly id: string
  }
  readonly events: {
    readonly tenant: string
    readonly position: string
    readonly kind: string
    readonly id: string
    readonly version: number
    readonly type: string
    readonly at: string
    readonly actor: string
    readonly cause: string
    readonly place: number
    readonly data: string
  }
  readonly causes: {
    readonly tenant: string
    readonly cause: string
    readonly payload_hash: string
    readonly answer: string
  }
  readonly migrations: { readonly version: number; readonly at: string }
}

/** A database as the shared queries use it. */
export interface Engine {
  readonly db: Kysely<Tables>
  /** The database schema that holds the tables. */
  readonly schema: string
  readonly durable: boolean
  /** Whether the database shows rows only to transactions that say for which tenant they are. */
  readonly guarded: boolean
  /** Whether all is asked in one transaction that somebody else has begun and will end. */
  readonly lent?: boolean
  /** Gives the connections back; called once. */
  close(): Promise<void>
}
