import { Instant, type IntakeOutcome, refuse, type Taken } from '@hospital-crm/core'
import { cellText } from '../columns/cell-text.ts'
import { type ColumnMapping, type ReadRow, type RowReader, rowReader } from '../columns/index.ts'
import { clockOf } from '../hl7v2/codec/time.ts'
import { ViewCursor } from './cursor.ts'
import { openWindow, type Window } from './window.ts'

/** A row as a driver gives it, by the names of its columns. */
export type ViewRow = Readonly<Record<string, unknown>>

/** What the host is asked for: rows written at or after `since` whose key comes after `after`, in the order of keys. */
export interface ViewQuery {
  /** In UTC, for a column that knows its offset. */
  readonly since: string
  /** The same on the clock of the mapping's zone, `YYYY-MM-DD HH:mm:ss`, for a column that does not. */
  readonly sinceLocal: string
  /** The key of the last row of the page before, as the driver gave it; missing for the first page. */
  readonly after?: unknown
  /** How many rows at most. */
  readonly limit: number
}

/** A view of the hospital's database, as its host can ask for it. */
export interface SqlView {
  readonly mapping: ColumnMapping
  /** The column that names a row for ever and by which pages go on: mostly the visit's number. */
  readonly key: string
  /** One page. Days without time are best cast to text, since drivers read them in their process's zone. */
  readonly query: (asked: ViewQuery) => Promise<readonly ViewRow[]>
  /**
   * The rows of these keys, whenever they were written. Without it rows that vanish are counted as missing, and
   * nothing is undone, since a row that left the window looks the same.
   */
  readonly find?: (keys: readonly string[]) => Promise<readonly ViewRow[]>
  /** How long after its time a row may still become visible; 168 hours unless told. */
  readonly overlapHours?: number
  /** Rows of a page; 500 unless told. */
  readonly limit?: number
  /** How many rows may go at once; unless told ten, or a twentieth of the window where that is more. */
  readonly mostGone?: number
}

/** How a pull is done. */
export interface PullOptions {
  /** Mostly `crm.intakes.take`. */
  readonly take: (outcomes: AsyncIterable<IntakeOutcome>) => Promise<Taken>
  /** From the pull before, or from `startAt`. */
  readonly cursor: ViewCursor
  /** The host's clock. */
  readonly now: string
}

/** What became of a pull. */
export interface Pulled {
  /** For the next pull. It is to be kept only now: from the old one this pull can be done again at no change. */
  readonly cursor: ViewCursor
  readonly taken: Taken
  /** Rows that were read, and those of them that said something new. */
  readonly rows: number
  readonly changed: number
  /** Rows that were there at the last pull and are not now. */
  readonly missing: number
  /** Rows missing for the second time: what they told was undone. */
  readonly gone: number
  /** Rows that would be gone, if they were not too many at once to be believed. */
  readonly held: number
}

const hourMs = 3_600_000

/**
 * Pulls what is new, changed and gone in a view. Reads the window from the cursor on, compares each row with what
 * was there before, and hands the differences on as outcomes; a row that is gone at two pulls running undoes what
 * it told. Throws what the host's functions and `take` throw, and refuses with a code of `refusals`: then the old
 * cursor holds, and doing it again changes nothing that was taken. Throws a ZodError for a wrong mapping.
 */
export const pullView = async (
  view: SqlView,
  { take, now, ...from }: PullOptions,
): Promise<Pulled> => {
  const reader = rowReader(view.mapping)
  const at = Instant.parse(now)
  const cursor = ViewCursor.parse(from.cursor)
  const window = openWindow(cursor, {
    source: reader.source,
    listsStays: view.mapping.event === 'stay',
    now: at,
  })
  const counts = { rows: 0, changed: 0, missing: 0, gone: 0, held: 0 }
  const taken = await take(outcomes(view, reader, window, cursor.since, counts))
  const latest = window.latest() ?? cursor.since
  // A row dated in time to come must not carry the window past what is written today.
  const reached = Date.parse(latest < at ? latest : at) - (view.overlapHours ?? 168) * hourMs
  const next = new Date(Math.max(reached, Date.parse(cursor.since))).toISOString()
  const following = { version: 1, since: next, rows: window.remembered(next) } as const
  return { cursor: following, taken, ...counts }
}

type Counts = { rows: number; changed: number; missing: number; gone: number; held: number }

async function* outcomes(
  view: SqlView,
  reader: RowReader,
  window: Window,
  since: string,
  counts: Counts,
): AsyncGenerator<IntakeOutcome, void> {
  const keyed = rowsBy(view, reader)
  const { limit = 500 } = view
  const asked = { since, sinceLocal: clockOf(since, { name: view.mapping.zone }), limit }
  let after: unknown
  for (;;) {
    const page = await view.query(after === undefined ? asked : { ...asked, after })
    const fresh = yield* news(keyed(page), window, counts)
    if (page.length >= limit && fresh === 0) refuse('sql-view.not-paged')
    after = page.at(-1)?.[view.key]
    if (page.length < limit) break
  }
  const missing = window.missing()
  const lost = new Map(missing.map((row) => [row.key, row]))
  for (let at = 0; view.find && at < missing.length; at += limit) {
    const page = await view.find(missing.slice(at, at + limit).map(({ key }) => key))
    yield* news(
      keyed(page).filter(({ key }) => lost.delete(key)),
      window,
      counts,
    )
  }
  counts.missing = lost.size
  if (!view.find) return
  const gone = [...lost.values()].filter(({ status }) => status === 'missed')
  const { mostGone = Math.max(10, Math.floor(window.size() / 20)) } = view
  for (const row of lost.values()) if (row.status !== 'missed') window.miss(row)
  if (gone.length > mostGone) {
    counts.held = gone.length
    return
  }
  counts.gone = gone.length
  for (const row of gone) yield* window.end(row)
}

/** Hands on what rows say anew; gives how many of them this pull had not met. */
function* news(
  rows: readonly KeyedRow[],
  window: Window,
  counts: Counts,
): Generator<IntakeOutcome, number> {
  let fresh = 0
  for (const { key, outcome } of rows) {
    counts.rows += 1
    if (window.isMet(key, outcome)) continue
    fresh += 1
    const said = window.meet(key, outcome)
    if (said.length > 0) counts.changed += 1
    yield* said
  }
  return fresh
}

interface KeyedRow {
  readonly key: string
  readonly outcome: ReturnType<ReadRow>
}

/** Reads the rows of a page; the columns of a view are bound once. */
const rowsBy = ({ key: column }: SqlView, reader: RowReader) => {
  const bound = new Map<string, ReadRow>()
  const readerOf = (names: readonly string[]): ReadRow => {
    const header = JSON.stringify(names)
    const read = bound.get(header) ?? reader.bind(names)
    bound.set(header, read)
    return read
  }
  return (page: readonly ViewRow[]): KeyedRow[] =>
    page.map((row) => {
      const key = cellText(row[column])
      if (key === '') refuse('sql-view.no-key', { column })
      return { key, outcome: readerOf(Object.keys(row))(Object.values(row)) }
    })
}
