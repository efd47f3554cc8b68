import type { Rows } from './rows.ts'

/** A value of a template's row; `nth` is its place among those of one copy. */
export type Cell =
  | string
  | number
  | { readonly json: unknown }
  | { readonly array: string }
  | { readonly nth: number }

export interface Template {
  readonly table: string
  readonly columns: string
  readonly rows: readonly (readonly Cell[])[]
}

/** Indexes that find a record only while a task of it is still to be done. */
const live = ['wake', 'tier', 'worker', 'department', 'region']

/** What a batch says of its feed, and not of a discharge. */
const isOfFeed = ({ causes }: Rows) => causes.every(({ cause }) => cause.startsWith('hear:'))

/** What an import never reads of another person's records is left out: it would only take time to write. */
const brief = ({ kind }: { readonly kind: string }, state: unknown) =>
  kind === 'encounter' ? state : {}

/** The rows of one discharge, with the index entries of one whose tasks are done, and without most contents. */
export const templatesOf = (all: readonly Rows[]): readonly Template[] => {
  const transactions = all.filter((rows) => !isOfFeed(rows))
  const latest = new Map(
    transactions
      .flatMap(({ records }) => records)
      .map((record) => [JSON.stringify(record.key), record]),
  )
  const records = [...latest.values()].map((record) => ({
    ...record,
    entries: record.entries.filter(([index]) => !live.includes(index)),
  }))
  const events = transactions.flatMap((rows) => rows.events)
  const causes = transactions.flatMap((rows) => rows.causes)
  return [
    {
      table: 'records',
      columns: 'kind, id, version, state, entries, attributes',
      rows: records.map(({ key, version, state, entries, attributes }) => [
        key.kind,
        key.id,
        version,
        { json: brief(key, state) },
        { json: entries },
        { array: attributes },
      ]),
    },
    {
      table: 'entries',
      columns: 'kind, "index", equals, "order", id',
      rows: records.flatMap(({ key, entries }) =>
        entries.map((entry) => [key.kind, ...entry, key.id]),
      ),
    },
    {
      table: 'events',
      columns: 'position, kind, id, version, type, at, actor, cause, place, data',
      rows: events.map(({ key, version, type, at, actor, cause, place }, nth) => [
        { nth: nth + 1 },
        key.kind,
        key.id,
        version,
        type,
        at,
        actor,
        cause,
        place,
        { json: {} },
      ]),
    },
    {
      table: 'causes',
      columns: 'cause, payload_hash, answer',
      rows: causes.map(({ cause, payloadHash }) => [cause, payloadHash, { json: [] }]),
    },
  ]
}

export type Token = readonly [text: string, sql: string]

/** What differs from one discharge to another, each with SQL that makes it of a number `n`. */
export const tokensOf = (text: string): readonly Token[] => {
  const found = (pattern: RegExp, sql: (token: string, nth: number) => string): Token[] =>
    [...new Set(Array.from(text.matchAll(pattern), ([all]) => all))].map((token, nth) => [
      token,
      sql(token, nth),
    ])
  const md5 = (name: string, nth: number) => `md5('${name}${nth}/' || n)`
  return [
    ...found(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (_, nth) => {
      return `'0${nth}000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')`
    }),
    ...found(/\b[0-9a-f]{64}\b/g, (_, nth) => `${md5('a', nth)} || ${md5('b', nth)}`),
    ...found(/\b[0-9a-f]{32}\b/g, (_, nth) => md5('c', nth)),
    // Blinded words: 22 letters of base64url, some of them capitals.
    ...found(/(?<![\w.-])(?=[\w-]*[A-Z])[\w-]{22}(?![\w-])/g, (_, nth) => {
      return `substr(${md5('d', nth)}, 1, 22)`
    }),
    ...found(/\b[VM]\d{8}\b/g, ([kind = '']) => `'${kind}S' || lpad(n::text, 7, '0')`),
    ...found(/\b20\d\d-\d\d-\d\d/g, (day) => `(date '${day}' - (n % 3650)::integer)::text`),
  ]
}
