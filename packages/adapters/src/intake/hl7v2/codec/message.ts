import { type Delimiters, delimitersOf } from './delimiters.ts'
import { type DecodeHex, unescapeValue } from './escape.ts'

/** A value of a message: undefined when it is not valued, null for HL7's `""`, which asks to delete. */
export type Hl7Value = string | null | undefined

/** One segment. Fields, components, subcomponents and repetitions count from 1, as HL7 writes them: PID-3.1. */
export interface Hl7Segment {
  readonly name: string
  /** The field as it stands on the wire, escapes and all; '' when it is absent. */
  field(index: number): string
  /** How many repetitions the field has; 0 when it is empty. */
  count(index: number): number
  /** One component, or with `subcomponent` one part of it, with escapes resolved. */
  value(field: number, component?: number, subcomponent?: number, repetition?: number): Hl7Value
}

/** A read-only view of one message. Nothing below its lines is split before it is asked for. */
export interface Hl7Message {
  /** The message in its normal form: lines joined by CR, no blank lines, no trailing CR. */
  readonly text: string
  readonly delimiters: Delimiters
  readonly header: Hl7Segment
  /** Lines that are no segments; they are in `text` and in no segment. */
  readonly strays: number
  /** The first segment of that name. */
  segment(name: string): Hl7Segment | undefined
  /** All segments of that name, or all of the message, in the order they came. */
  segments(name?: string): readonly Hl7Segment[]
}

const undecided: DecodeHex = (bytes) =>
  bytes.some((byte) => byte > 0x7f) ? undefined : new TextDecoder().decode(bytes)

/** Reads one message whose text starts at MSH. Any of CR, LF, CRLF or VT ends a line. Undefined when the header is unusable. */
export const parseMessage = (
  text: string,
  decodeHex: DecodeHex = undecided,
): Hl7Message | undefined => {
  const normal = normalise(text)
  const delimiters = delimitersOf(normal)
  if (!delimiters) return undefined
  const separator = delimiters.field.charCodeAt(0)
  const { starts, ends, strays } = linesOf(normal, separator)
  const view = (line: number) =>
    segmentView(normal.slice(starts[line], ends[line]), delimiters, decodeHex)
  const isNamed = (line: number, name: string) => {
    const start = starts[line] ?? 0
    if (!normal.startsWith(name, start)) return false
    const after = normal.charCodeAt(start + 3)
    return after === separator || after === carriageReturn || Number.isNaN(after)
  }

  return {
    text: normal,
    delimiters,
    header: view(0),
    strays,
    segment: (name) => {
      for (let line = 0; line < starts.length; line += 1) if (isNamed(line, name)) return view(line)
      return undefined
    },
    segments: (name) => {
      const found: Hl7Segment[] = []
      for (let line = 0; line < starts.length; line += 1) {
        if (name === undefined || isNamed(line, name)) found.push(view(line))
      }
      return found
    },
  }
}

const carriageReturn = 13

/** Lines joined by CR without blank ones: the form in which two transmissions of one message are the same. */
const normalise = (text: string): string => {
  let plain = text
  if (plain.includes('\n')) plain = plain.replaceAll('\r\n', '\r').replaceAll('\n', '\r')
  if (plain.includes('\v')) plain = plain.replaceAll('\v', '\r')
  if (plain.includes('\r ') || plain.includes('\r\t'))
    plain = plain.replace(/\r[ \t]+(?=\r|$)/g, '')
  if (plain.includes('\r\r')) plain = plain.replace(/\r{2,}/g, '\r')
  return plain.endsWith('\r') ? plain.slice(0, -1) : plain
}

const linesOf = (text: string, separator: number) => {
  const starts: number[] = []
  const ends: number[] = []
  let strays = 0
  for (let start = 0; start <= text.length; ) {
    const at = text.indexOf('\r', start)
    const end = at < 0 ? text.length : at
    if (isSegment(text, start, end, separator)) {
      starts.push(start)
      ends.push(end)
    } else strays += 1
    start = end + 1
  }
  return { starts, ends, strays }
}

const isUpper = (code: number) => code >= 65 && code <= 90
const isUpperOrDigit = (code: number) => isUpper(code) || (code >= 48 && code <= 57)

const isSegment = (text: string, start: number, end: number, separator: number): boolean =>
  end - start >= 3 &&
  (end - start === 3 || text.charCodeAt(start + 3) === separator) &&
  isUpper(text.charCodeAt(start)) &&
  isUpperOrDigit(text.charCodeAt(start + 1)) &&
  isUpperOrDigit(text.charCodeAt(start + 2))

const segmentView = (line: string, by: Delimiters, decodeHex: DecodeHex): Hl7Segment => {
  const name = line.slice(0, 3)
  const fields = line.split(by.field)
  // MSH-1 is the separator itself, so every later field of the header stands one place earlier.
  const shift = name === 'MSH' ? 1 : 0
  const field = (index: number): string =>
    shift === 1 && index === 1 ? by.field : (fields[index - shift] ?? '')

  // Reading a field's repetitions one after another must not split it as many times.
  let splitIndex = -1
  let splitField: readonly string[] = []
  const repetitions = (index: number, raw: string): readonly string[] => {
    if (splitIndex !== index) {
      splitField = by.repetition === '' ? [raw] : raw.split(by.repetition)
      splitIndex = index
    }
    return splitField
  }

  return {
    name,
    field,
    count: (index) => {
      const raw = field(index)
      return raw === '' ? 0 : repetitions(index, raw).length
    },
    value: (index, component = 1, subcomponent = 0, repetition = 1) => {
      const raw = field(index)
      if (raw === '') return undefined
      if (shift === 1 && index < 3) return raw
      const one =
        repetition === 1
          ? nth(raw, by.repetition, 1)
          : (repetitions(index, raw)[repetition - 1] ?? '')
      let part = nth(one, by.component, component)
      if (subcomponent > 0) part = nth(part, by.subcomponent, subcomponent)
      if (part === '') return undefined
      return part === '""' ? null : unescapeValue(part, by, decodeHex)
    },
  }
}

const nth = (text: string, delimiter: string, index: number): string => {
  if (delimiter === '') return index === 1 ? text : ''
  let start = 0
  for (let passed = 1; passed < index; passed += 1) {
    const at = text.indexOf(delimiter, start)
    if (at < 0) return ''
    start = at + 1
  }
  const end = text.indexOf(delimiter, start)
  if (end < 0) return start === 0 ? text : text.slice(start)
  return text.slice(start, end)
}
