import { FeePayer, zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { isDateFormat } from './date-format.ts'

const Text = z.string().trim().min(1)

const isZone = (name: string) => {
  try {
    return zoneOf(name) !== undefined
  } catch {
    return false
  }
}

/** A column by the name in its header, or by its place, counted from 1. */
const Column = z.union([Text, z.int().positive()])

/** A column, or several of which the first that holds a value counts. */
export const Columns = z.union([Column, z.array(Column).min(1)])
export type Columns = z.infer<typeof Columns>

/**
 * A column whose codes are the hospital's own. A code that `codes` does not list becomes `otherwise`, and without
 * that the row is refused.
 */
const coded = <Code extends z.ZodType>(code: Code) =>
  z.strictObject({
    column: Columns,
    codes: z.record(z.string(), code),
    otherwise: code.optional(),
  })

const always = <Code extends z.ZodType>(code: Code) => z.strictObject({ always: code })

const Sex = z.enum(['male', 'female', 'other', 'unknown'])
const Class = z.enum(['inpatient', 'outpatient', 'emergency', 'day-case', 'observation'])

const Identifier = z.strictObject({
  column: Columns,
  /** As in HL7 table 0203: MR, PI, SS, NI, … */
  type: Text.optional(),
  authority: Text.optional(),
})

const Named = z.strictObject({ code: Columns.optional(), name: Columns.optional() })

const Diagnosis = z.strictObject({
  code: Columns.optional(),
  name: Columns.optional(),
  /** What stands between several of them in one cell. */
  separator: z.string().min(1).optional(),
})

const Person = z.strictObject({
  identifiers: z.array(Identifier).min(1),
  name: Columns.optional(),
  birthDate: Columns.optional(),
  sex: z.union([Columns, coded(Sex)]).optional(),
  phones: z.array(Columns).optional(),
  address: Columns.optional(),
  /** The administrative code of the address after GB/T 2260; longer codes are cut to the county. */
  area: Columns.optional(),
  /** The time of death, or a column that says yes or no by its codes. */
  died: z.union([Columns, coded(z.boolean())]).optional(),
})

const Visit = z.strictObject({
  number: Columns,
  class: z.union([Columns, coded(Class), always(Class)]).optional(),
  department: Named.optional(),
  ward: Columns.optional(),
  room: Columns.optional(),
  bed: Columns.optional(),
  attending: Named.optional(),
  admittedAt: Columns.optional(),
  dischargedAt: Columns.optional(),
  disposition: z.union([Columns, coded(Text), always(Text)]).optional(),
  diagnoses: z.array(Diagnosis).optional(),
})

/** One line of a bill. Its amount is written in the currency's major unit: 1,234.50. */
const Charge = z.strictObject({
  /** The source's own, unique within the visit. */
  id: Columns,
  occurredOn: Columns,
  postedOn: Columns.optional(),
  amount: Columns,
  /** How many decimals the currency's minor unit has. */
  decimals: z.int().min(0).max(4).default(2),
  pieces: Columns.optional(),
  category: z.union([Columns, coded(Text), always(Text)]),
  payer: z.union([coded(FeePayer), always(FeePayer)]),
  refundOf: Columns.optional(),
})

/** What a row can tell. `stay`: a discharge where the discharge time holds a value, else an admission. */
const RowEvent = z.enum([
  'stay',
  'admitted',
  'registered',
  'transferred',
  'discharged',
  'visit-updated',
  'admission-cancelled',
  'discharge-cancelled',
  'person-updated',
  'merged',
  'charges-posted',
  'ignored',
])
export type RowEvent = z.infer<typeof RowEvent>

type Part = 'person' | 'visit' | 'charge'

const ofVisits: readonly Part[] = ['person', 'visit']

/** What a mapping has to tell for an event; an event of a visit needs the person and the visit. */
const needed: Partial<Readonly<Record<RowEvent, readonly Part[]>>> = {
  'person-updated': ['person'],
  merged: ['person'],
  'charges-posted': ['visit', 'charge'],
  ignored: [],
}

/** What the columns of one export or view mean: data, which a hospital settles once for each of them. */
export const ColumnMapping = z
  .strictObject({
    /** The feed, e.g. `csv:his-discharges`. */
    source: Text,
    /** IANA name of the zone in which times without offset are meant, e.g. `Asia/Shanghai`. */
    zone: z.string().refine(isZone, 'no IANA time zone'),
    /** What every row tells, or the column that says it. */
    event: z.union([RowEvent, coded(RowEvent)]),
    /**
     * The columns that name a row for ever; by default the visit's number, and a digest where there is none. They
     * are kept in clear, so a person's own numbers are none.
     */
    key: z.array(Column).min(1).optional(),
    /** When the source last wrote the row. */
    recordedAt: Columns.optional(),
    /** When it happened, where that is not the admission or discharge time. */
    occurredAt: Columns.optional(),
    /** Ways to write a date besides `2026-03-01 08:05:00`, `2026/3/1 8:05` and `20260301080500`, e.g. `d/M/yyyy`. */
    dates: z
      .array(z.string().refine(isDateFormat, 'no format with yyyy, M or MM, and d or dd'))
      .default([]),
    /** Words that only fill a cell, besides 无, 同上, 不详, NULL and their like. */
    fillers: z.array(Text).default([]),
    person: Person.optional(),
    visit: Visit.optional(),
    charge: Charge.optional(),
    /** Of a merge: the numbers that are retired. */
    retired: z.array(Identifier).min(1).optional(),
  })
  .superRefine(({ event, ...told }, { addIssue }) => {
    const events =
      typeof event === 'string'
        ? [event]
        : [...Object.values(event.codes), event.otherwise ?? []].flat()
    const needs = (path: string[], message: string) => addIssue({ code: 'custom', path, message })
    for (const part of new Set(events.flatMap((each) => needed[each] ?? ofVisits))) {
      if (!told[part]) needs([part], 'the event tells of it')
    }
    if (told.visit && events.includes('stay') && told.visit.dischargedAt === undefined) {
      needs(['visit', 'dischargedAt'], 'a stay is told apart by its discharge time')
    }
    if (!told.retired && events.includes('merged')) needs(['retired'], 'a merge retires a number')
  })
export type ColumnMapping = z.input<typeof ColumnMapping>
export type SettledMapping = z.output<typeof ColumnMapping>
