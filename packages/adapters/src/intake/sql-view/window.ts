import { hash } from 'node:crypto'
import { type IntakeEvent, type IntakeOutcome, refuse } from '@hospital-crm/core'
import type { RowOutcome } from '../columns/index.ts'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { billed, retold, takenBack } from './charge-rows.ts'
import type { SeenRow, ViewCursor } from './cursor.ts'

/** What the hospital's mapping makes of a row, and how its end is to be understood. */
export interface WindowSettings {
  readonly source: string
  /** The view lists whole stays, so a row that goes takes the admission with it. */
  readonly listsStays: boolean
  readonly now: string
}

type Undoes = NonNullable<SeenRow['undoes']>
type Undoing = Mapped<Extract<IntakeEvent, { visit: object } | { type: 'charges-posted' }>>

const back = 'discharge-cancelled'

const undoing = (
  { visit, person }: Undoes,
  type: Undoes['type'],
  when: { readonly occurredAt: string; readonly recordedAt?: string },
): Undoing => ({ type, ...when, person: { identifiers: [person] }, visit: { number: visit } })

/** The rows of the window: which are new, changed, missing and gone. Nothing in it is kept but by `remembered`. */
export const openWindow = (cursor: ViewCursor, { source, listsStays, now }: WindowSettings) => {
  const rows = new Map(cursor.rows.map((row) => [row.key, row]))
  const met = new Set<string>()

  const undo = (
    { key, revision, hash: content }: Pick<SeenRow, 'key' | 'revision' | 'hash'>,
    what: string,
    event: Undoing,
  ): IntakeOutcome => ({
    kind: 'event',
    event: {
      source,
      key: `${key}#${revision}-${what}`,
      hash: hash('sha256', JSON.stringify([source, key, revision, content])),
      ...event,
    },
  })

  return {
    size: () => rows.size,

    /** Whether the row was met in this pull already. Refuses another content under the same key. */
    isMet: (key: string, outcome: RowOutcome): boolean => {
      if (!met.has(key)) return false
      if (rows.get(key)?.hash !== hashOf(outcome)) refuse('sql-view.repeated-key', { source })
      return true
    },

    /** What a row says that has not been said before. */
    meet: (key: string, outcome: RowOutcome): IntakeOutcome[] => {
      const known = rows.get(key)
      const content = hashOf(outcome)
      met.add(key)
      if (known?.hash === content && known.status !== 'gone') {
        const { status: _, ...same } = known
        rows.set(key, same)
        return []
      }
      const { outcome: said, charged, wrong } = billed(outcome, known)
      const row = {
        key,
        hash: content,
        revision: (known?.revision ?? 0) + 1,
        // A row that cannot be read any more may still go.
        ...(charged && { charged, ...(known?.at !== undefined && { at: known.at }) }),
        ...toldBy(outcome, listsStays),
      }
      rows.set(key, row)
      const undone = known?.undoes
      const event = outcome.kind === 'event' ? outcome.event : undefined
      const isTakenBack = undone?.isDischarged && event?.type === 'admitted'
      return [
        ...(isTakenBack ? [undo(row, back, undoing(undone, back, whenTold(event, now)))] : []),
        ...(wrong ? [undo(row, 'rewritten', takenBack(wrong))] : []),
        revised(said, row.revision),
      ]
    },

    /** Rows that this pull should have brought and did not, and whose end would undo something. */
    missing: (): SeenRow[] =>
      [...rows.values()].filter(
        ({ key, at, undoes, charged, status }) =>
          (undoes ?? charged) &&
          !met.has(key) &&
          status !== 'gone' &&
          (status === 'missed' || (at !== undefined && at >= cursor.since)),
      ),

    /** Notes a row that is in the view no more; the second time in turn it is gone. */
    miss: (row: SeenRow) => rows.set(row.key, { ...row, status: 'missed' }),

    /** What the end of a row undoes. */
    end: (row: SeenRow): IntakeOutcome[] => {
      const { undoes, ...rest } = row
      rows.set(row.key, { ...rest, status: 'gone' })
      if (row.charged) return [undo(row, 'gone', takenBack(row.charged))]
      if (!undoes) return []
      // By the time of what is undone, so that whatever the row should tell later counts as later.
      const { type, occurredAt } = undoes
      return [undo(row, type, undoing(undoes, type, { occurredAt }))]
    },

    /** The latest time of a row that was met. */
    latest: (): string | undefined =>
      [...met]
        .map((key) => rows.get(key)?.at ?? '')
        .reduce((one, other) => (one > other ? one : other), '') || undefined,

    /** The rows that a next pull from `since` on has to know: those that may come again, and those it should miss. */
    remembered: (since: string): SeenRow[] =>
      [...rows.values()].filter(
        ({ key, at, status }) =>
          met.has(key) || status === 'missed' || (at !== undefined && at >= since),
      ),
  }
}
export type Window = ReturnType<typeof openWindow>

type Told = Extract<RowOutcome, { kind: 'event' }>['event']

const hashOf = (outcome: RowOutcome): string =>
  outcome.kind === 'event' ? outcome.event.hash : outcome.hash

const whenTold = ({ recordedAt }: Told, now: string) =>
  recordedAt === undefined ? { occurredAt: now } : { occurredAt: recordedAt, recordedAt }

/** The same content again after another one is a new word of the source, so it needs a key of its own. */
const revised = (outcome: RowOutcome, revision: number): IntakeOutcome =>
  revision === 1 || outcome.kind !== 'event'
    ? outcome
    : retold(outcome, { ...outcome.event, key: `${outcome.event.key}#${revision}` })

const toldBy = (outcome: RowOutcome, listsStays: boolean): Pick<SeenRow, 'at' | 'undoes'> => {
  if (outcome.kind !== 'event') return {}
  const { event } = outcome
  const at = event.recordedAt ?? event.occurredAt
  const isDischarged = event.type === 'discharged'
  const isAdmitted = event.type === 'admitted' || event.type === 'registered'
  if (!('visit' in event) || !('person' in event) || !(isDischarged || isAdmitted)) return { at }
  const [person] = event.person.identifiers
  if (!person) return { at }
  const type = isDischarged && !listsStays ? 'discharge-cancelled' : 'admission-cancelled'
  return {
    at,
    undoes: { type, isDischarged, occurredAt: event.occurredAt, visit: event.visit.number, person },
  }
}
