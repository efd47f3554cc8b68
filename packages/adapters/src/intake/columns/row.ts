import { hash } from 'node:crypto'
import { type IntakeEvent, type IntakeOutcome, Refusal } from '@hospital-crm/core'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { cellText } from './cell-text.ts'
import { eventOf } from './event.ts'
import { fieldsOf, type Row } from './fields.ts'
import { headerOf } from './header.ts'
import { ColumnMapping } from './mapping.ts'
import { encodeRaw, readRaw } from './raw.ts'
import type { RowRefusal } from './refusal.ts'

interface Origin {
  readonly source: string
  /** The row's own name: its key columns, or the visit's number (and the charge's), or a digest of its content. */
  readonly key: string
  /** SHA-256, hex, of what the mapped columns hold, in the order of the mapping. */
  readonly hash: string
  /** The whole row with the names of its columns, as `replay` reads it. */
  readonly raw: Uint8Array
}

interface Place {
  /** Where the row stands in its file, counted from 1; missing for a row of a database. */
  readonly line?: number
}

/** What became of a row. */
export type RowOutcome =
  | ({ readonly kind: 'event'; readonly event: IntakeEvent; readonly raw: Uint8Array } & Place)
  | ({ readonly kind: 'ignored'; readonly type: string } & Origin & Place)
  | ({ readonly kind: 'unreadable' } & RowRefusal & Origin & Place)

/** Reads the rows of one header; `line` is where a row stands in its file. */
export type ReadRow = (cells: readonly unknown[], line?: number) => RowOutcome

/** Reads rows by a mapping. */
export interface RowReader {
  readonly source: string
  /**
   * A reader of the rows under this header; it never throws. Refuses a header that lacks a column of the mapping
   * (`columns.no-column`, by the mapping's own names) or has it twice (`columns.repeated-column`).
   */
  bind(header: readonly string[]): ReadRow
  /** What a row kept in quarantine comes to, from its `raw`; nothing for bytes that are no row of this source. */
  replay(raw: Uint8Array): IntakeOutcome[]
}

/** Makes a mapping ready for reading. Throws a ZodError naming what is wrong with it. */
export const rowReader = (mapping: ColumnMapping): RowReader => {
  const settled = ColumnMapping.parse(mapping)
  const { source } = settled

  const bind = (names: readonly string[]): ReadRow => {
    const header = headerOf(names)
    const fields = fieldsOf(header, settled)
    const read = eventOf(fields, settled)
    const key = settled.key?.map((column) => fields.text(column))
    header.check()
    const used = fields.used()

    return (cells, line) => {
      const texts = cells.map(cellText)
      const row: Row = { texts, refusals: faultsOf(texts, names.length) }
      const told = row.refusals.length > 0 ? undefined : read(row)
      const digest = hash('sha256', JSON.stringify(used.map((place) => texts[place] ?? '')))
      const own = key?.map((part) => part(row) ?? '').join('|') || numberOf(told) || digest
      return {
        ...said({ source, key: own, hash: digest }, told, row),
        ...(line !== undefined && { line }),
        // Needed of few rows, so it is made when somebody asks for it.
        get raw() {
          return encodeRaw({ source, columns: names, cells: texts })
        },
      }
    }
  }

  const replay = (raw: Uint8Array): IntakeOutcome[] => {
    const kept = readRaw(raw)
    if (kept?.source !== source) return []
    try {
      return [bind(kept.columns)(kept.cells)]
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  }

  return { source, bind, replay }
}

/** A longer row has a cell too many somewhere, so none of its cells can be trusted to be where it belongs. */
const faultsOf = (texts: readonly string[], columns: number): RowRefusal[] => {
  const isUneven = texts.length < columns || texts.slice(columns).some((text) => text !== '')
  if (isUneven) return [{ code: 'columns.uneven-row' }]
  return texts.some((text) => text.includes('\ufffd')) ? [{ code: 'columns.unreadable-text' }] : []
}

const numberOf = (told: Mapped | 'ignored' | undefined): string | undefined => {
  if (typeof told !== 'object') return undefined
  if (told.type === 'charges-posted') {
    return [told.visitNumber, ...told.charges.map(({ id }) => id)].join('/')
  }
  return 'visit' in told ? told.visit.number : undefined
}

const said = (
  origin: Omit<Origin, 'raw'>,
  told: Mapped | 'ignored' | undefined,
  { refusals: [refusal] }: Row,
) => {
  if (told === 'ignored') return { kind: 'ignored', type: 'row', ...origin } as const
  if (told === undefined || refusal) {
    return { kind: 'unreadable', code: 'columns.no-time', ...refusal, ...origin } as const
  }
  return { kind: 'event', event: { ...origin, ...told } } as const
}
