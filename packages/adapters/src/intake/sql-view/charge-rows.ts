import { IntakeCharge, type IntakeEvent } from '@hospital-crm/core'
import type { RowOutcome } from '../columns/index.ts'
import type { ChargedRow, SeenRow } from './cursor.ts'

type Posted = Extract<IntakeEvent, { type: 'charges-posted' }>

/** What a row does to the bill, which may hold what the row said before. */
export interface Billed {
  /** The row's word, its line under an id that the bill does not know otherwise. */
  readonly outcome: RowOutcome
  /** The line that stands for the row from now on. */
  readonly charged?: ChargedRow | undefined
  /** The line that stood for it and is wrong. */
  readonly wrong?: ChargedRow | undefined
}

const contentOf = ({ visit, line: { id: _, ...line } }: ChargedRow) =>
  JSON.stringify([visit, IntakeCharge.parse({ ...line, id: 'any' })])

type ToldRow = Extract<RowOutcome, { kind: 'event' }>

/** Another word for the same row, which is written out only when somebody asks for it. */
export const retold = (outcome: ToldRow, event: ToldRow['event']): ToldRow => ({
  kind: 'event',
  event,
  get raw() {
    return outcome.raw
  },
})

/** A line is never changed: the wrong one is taken back and the right one posted under another id. */
export const billed = (outcome: RowOutcome, known: SeenRow | undefined): Billed => {
  const before = known?.charged
  if (outcome.kind !== 'event' || outcome.event.type !== 'charges-posted') {
    return { outcome, charged: before }
  }
  const { event } = outcome
  const [line] = event.charges
  if (!line) return { outcome, charged: before }
  const told = { visit: event.visitNumber, occurredAt: event.occurredAt, line }
  if (!known || !before) return { outcome, charged: told }
  const isGone = known.status === 'gone'
  const isSame = !isGone && contentOf(before) === contentOf(told)
  const id = isSame ? before.line.id : `${line.id}#${known.revision + 1}`
  const charged = { ...told, line: { ...line, id } }
  const renamed = retold(outcome, { ...event, charges: [charged.line] })
  return { outcome: renamed, charged, ...(!isSame && !isGone && { wrong: before }) }
}

/** The line that takes another back, as today's. */
export const takenBack = ({ visit, occurredAt, line }: ChargedRow) => {
  const { postedOn: _, pieces, ...rest } = line
  const back = {
    ...rest,
    id: `${line.id}#back`,
    amount: 0 - line.amount,
    ...(pieces !== undefined && { pieces: 0 - pieces }),
    refundOf: line.id,
  }
  return {
    type: 'charges-posted',
    occurredAt,
    visitNumber: visit,
    charges: [back],
  } satisfies Omit<Posted, 'source' | 'key' | 'hash'>
}
