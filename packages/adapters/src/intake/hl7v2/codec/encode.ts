import { type Delimiters, standardDelimiters } from './delimiters.ts'
import { escapeValue } from './escape.ts'

/** A component, or its subcomponents. */
export type Hl7Component = string | readonly string[]

/** One repetition of a field: a single value, or its components. */
export type Hl7Repetition = string | readonly Hl7Component[]

/** A field to write: '' is empty, null is HL7's `""`, `repeat` lists repetitions. */
export type Hl7Field = Hl7Repetition | null | { readonly repeat: readonly Hl7Repetition[] }

/** A segment to write: its name, then its fields from 1 on; of MSH from MSH-3 on, since delimiters come by themselves. */
export type Hl7Row = readonly [name: string, ...fields: Hl7Field[]]

/** Writes a message, each segment ended by CR, values escaped. Throws a RangeError when a delimiter it needs is missing. */
export const encodeMessage = (
  rows: readonly Hl7Row[],
  by: Delimiters = standardDelimiters,
): string => rows.map((row) => `${encodeRow(row, by)}\r`).join('')

const encodeRow = ([name, ...fields]: Hl7Row, by: Delimiters): string => {
  const marks = by.component + by.repetition + by.escape + by.subcomponent
  const front = name === 'MSH' ? [name, marks] : [name]
  return [...front, ...fields.map((field) => encodeField(field, by))].join(by.field)
}

const encodeField = (field: Hl7Field, by: Delimiters): string => {
  if (field === null) return '""'
  if (typeof field === 'string' || !('repeat' in field)) return encodeRepetition(field, by)
  return join(
    field.repeat.map((repetition) => encodeRepetition(repetition, by)),
    by.repetition,
  )
}

const encodeRepetition = (repetition: Hl7Repetition, by: Delimiters): string =>
  typeof repetition === 'string'
    ? escapeValue(repetition, by)
    : join(
        repetition.map((component) => encodeComponent(component, by)),
        by.component,
      )

const encodeComponent = (component: Hl7Component, by: Delimiters): string =>
  typeof component === 'string'
    ? escapeValue(component, by)
    : join(
        component.map((part) => escapeValue(part, by)),
        by.subcomponent,
      )

const join = (parts: readonly string[], delimiter: string): string => {
  if (parts.length > 1 && delimiter === '') throw new RangeError('a list needs its delimiter')
  return parts.join(delimiter)
}
