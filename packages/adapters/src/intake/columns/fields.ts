import { type Zone, zoneOf } from '@hospital-crm/rules'
import { type Hl7Time, instantOf, localDayOf, parseTime } from '../hl7v2/codec/time.ts'
import { isFiller, isFillerDay, isFillerNumber } from '../hl7v2/mapping/fillers.ts'
import { dateFormat } from './date-format.ts'
import type { Header } from './header.ts'
import type { Columns, SettledMapping } from './mapping.ts'
import type { RowRefusal } from './refusal.ts'

/** One row being read. What cannot be read is noted in `refusals`; nothing throws. */
export interface Row {
  readonly texts: readonly string[]
  readonly refusals: RowRefusal[]
}

/** Takes one thing out of a row. */
export type Field<Value> = (row: Row) => Value | undefined

/** An instant in UTC, and the day it is in the hospital. */
export interface Moment {
  readonly instant: string
  readonly day: string
}

interface Coded<Code> {
  readonly column: Columns
  readonly codes: Readonly<Record<string, Code>>
  readonly otherwise?: Code | undefined
}

/** What exports of databases write for nothing. */
const nulls = new Set(['NULL', 'null', '(null)', 'N/A', '#N/A'])

/** Makes the readers of a mapping's columns, once a header says where they stand. */
export const fieldsOf = (header: Header, mapping: SettledMapping) => {
  const zone: Zone = zoneOf(mapping.zone)
  const formats = mapping.dates.map(dateFormat)
  const fillers = new Set(mapping.fillers)
  const used = new Set<number>()
  const isEmpty = (text: string) =>
    text === '' || isFiller(text) || nulls.has(text) || fillers.has(text)

  const first = (columns: Columns, isNothing: (text: string) => boolean): Field<string> => {
    const places = header.placesOf(columns)
    for (const place of places) used.add(place)
    return ({ texts }) => {
      for (const place of places) {
        const text = texts[place] ?? ''
        if (!isNothing(text)) return text
      }
      return undefined
    }
  }

  const number = (columns: Columns) =>
    first(columns, (text) => isEmpty(text) || isFillerNumber(text))

  const parsed = (text: string): Hl7Time | undefined => {
    for (const format of formats) {
      const time = format(text)
      if (time) return time
    }
    return parseTime(text)
  }

  const moment = (columns: Columns, field: string): Field<Moment> => {
    const read = number(columns)
    return (row) => {
      const text = read(row)
      const time = text === undefined ? undefined : parsed(text)
      if (text !== undefined && !time) row.refusals.push({ code: 'columns.bad-time', field })
      const day = time && localDayOf(time, zone)
      return time && day && !isFillerDay(day) ? { instant: instantOf(time, zone), day } : undefined
    }
  }

  return {
    /** The places of all columns that were asked for, in the order of the mapping. */
    used: (): readonly number[] => [...used],

    text: (columns: Columns): Field<string> => first(columns, isEmpty),

    /** A text that identifies: none when it is all zeros. */
    number,

    /** An instant and its day; refused when the cell holds no real time. */
    moment,

    /** The same as an instant in UTC. */
    instant: (columns: Columns, field: string): Field<string> => {
      const read = moment(columns, field)
      return (row) => read(row)?.instant
    },

    /** A calendar day; none when the cell holds no real one, since a wrong birth date must not cost a follow-up. */
    day: (columns: Columns): Field<string> => {
      const read = number(columns)
      return (row) => {
        const time = parsed(read(row) ?? '')
        const day = time && localDayOf(time, zone)
        return day === undefined || isFillerDay(day) ? undefined : day
      }
    },

    /** A code of the hospital's own; refused when the mapping does not list it. */
    coded: <Code>({ column, codes, otherwise }: Coded<Code>, field: string): Field<Code> => {
      const known = new Map(Object.entries(codes))
      // A word that fills a cell elsewhere may be a code here.
      const read = first(column, (text) => isEmpty(text) && !known.has(text))
      return (row) => {
        const text = read(row)
        if (text === undefined) return undefined
        const code = known.get(text) ?? otherwise
        if (code === undefined) row.refusals.push({ code: 'columns.unknown-code', field })
        return code
      }
    },
  }
}
export type Fields = ReturnType<typeof fieldsOf>
