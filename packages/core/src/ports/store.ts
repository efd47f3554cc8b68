/** What JSON can hold. Everything a store keeps is this, and comes back equal. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** The address of a record inside a tenant. */
export interface Key {
  readonly kind: string
  readonly id: string
}

/** One way to find a record: a range of `order` under exact values. No control characters in either. */
export interface Entry {
  readonly index: string
  readonly equals: readonly string[]
  readonly order: string
}

export interface StoredRecord {
  readonly key: Key
  /** Counts the commits that changed the record, from 1. */
  readonly version: number
  readonly state: Json
}

/** What was answered to a cause, kept as long as the store lives. */
export interface KeptAnswer {
  readonly payloadHash: string
  readonly answer: Json
}

/** A version that must still hold at the commit; 0 says that no such record may exist. */
export interface Expectation {
  readonly key: Key
  readonly version: number
}

/** A record as it shall be: `version` is the one it was read at, the stored one becomes one more. */
export interface Change extends Expectation {
  readonly state: Json
  /** All entries of the record; they replace those it had. */
  readonly entries: readonly Entry[]
  /** What access rules may compare, as `owner=dr-li`; they replace those it had. Absent: nobody knows. */
  readonly attributes?: readonly string[]
}

/** Something that happened. `key` names the record it happened to, `data` its fields without `type`. */
export interface Happening {
  readonly key: Key
  readonly version: number
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly data: Json
}

/** An event of the log. `cause` and `place` together name it for ever. */
export interface LoggedEvent extends Happening {
  readonly position: number
  readonly cause: string
  readonly place: number
}

/** What is written together or not at all. */
export interface Unit {
  readonly cause: string
  /** Absent: the cause names the events only, and no answer is kept (housekeeping of the kernel). */
  readonly kept?: KeptAnswer
  readonly reads: readonly Expectation[]
  readonly changes: readonly Change[]
  readonly events: readonly Happening[]
}

export type UnitOutcome = 'done' | 'conflict' | { readonly duplicateOf: KeptAnswer }

/**
 * Rules of which a record must meet one. It meets a rule when it has one attribute of each of its lists,
 * and any rules when nobody knows its attributes.
 */
export type Where = readonly (readonly (readonly string[])[])[]

export interface ListQuery {
  readonly index: string
  /** One short list of accepted values for each value of the entry; the answer is their union. */
  readonly equals: readonly (readonly string[])[]
  /** Inclusive bounds of `order`, compared by code point. */
  readonly from?: string
  readonly to?: string
  /** Only such records: pages are filled with them, and `next` tells nothing of others. All unless told. */
  readonly where?: Where
  /** `ascending` unless told. */
  readonly direction?: 'ascending' | 'descending'
  readonly limit: number
  /** The `next` of the page before. */
  readonly after?: string
}

/** A record found; `order` is that of the entry that found it, so a record may come more than once. */
export interface Found extends StoredRecord {
  readonly order: string
}

export interface Page {
  readonly items: readonly Found[]
  /** Where the next page starts; absent on the last one. */
  readonly next?: string
}

export interface EventsQuery {
  /** Only positions above this one. */
  readonly after: number
  readonly limit: number
  /** Only what happened to this record. */
  readonly of?: Key
}

/**
 * Where records, their index entries, the answers kept for causes and the log live.
 * Every member is confined to the tenant it names. An implementer's test is
 * `storeContract(create)` of `@hospital-crm/core/testing`.
 */
export interface Store {
  /** Whether what was committed outlives the process. A durable store wants a durable cipher. */
  readonly durable: boolean

  /**
   * Whether what was committed may be taken back by whoever began the transaction around it; not so unless told.
   * Nothing that cannot be taken back is then done on it: nothing sent, no personal data opened (`store.provisional`).
   */
  readonly provisional?: boolean

  /** Reads records and kept answers in the order asked; `undefined` stands for what does not exist. */
  load(
    tenant: string,
    keys: readonly Key[],
    causes: readonly string[],
  ): Promise<{
    readonly records: readonly (StoredRecord | undefined)[]
    readonly kept: readonly (KeptAnswer | undefined)[]
  }>

  /**
   * Writes units, each whole or not at all, as if one after the other: a later unit may build on an
   * earlier one of the same call. `conflict` says that a version did not hold, `duplicateOf` that the
   * cause has its answer already (compared before the versions); either way nothing of that unit is
   * written. What is answered `done` survives the death of the process when the store is durable.
   */
  commit(tenant: string, units: readonly Unit[]): Promise<readonly UnitOutcome[]>

  /**
   * One range scan over a declared index, ordered by `order`, then id. Costs what it returns and what `where`
   * passes over, not what is stored.
   */
  list(tenant: string, kind: string, query: ListQuery): Promise<Page>

  /**
   * The log in the one order that all readers see. Nothing may ever appear later at or below a
   * position that a reader has been given, whatever transactions were open meanwhile.
   */
  events(tenant: string, query: EventsQuery): Promise<readonly LoggedEvent[]>

  /** The tenants that have committed anything, by name, after the one given. */
  tenants(after: string | undefined, limit: number): Promise<readonly string[]>

  /** Gives back what the store holds open. Calling it twice is harmless. */
  close(): Promise<void>
}
