import type { Hl7Segment } from '../codec/message.ts'
import type { Coded, CodedText } from '../coded-field.ts'
import type { Hl7RefusalCode } from '../refusal.ts'
import { type Reading, textOf } from './reading.ts'

/** Notes why a message cannot be taken. */
export const refuse = ({ refusals }: Reading, code: Hl7RefusalCode, field: string): undefined => {
  refusals.push({ code, field })
}

/** A field by its name: of `line` where that is its segment, else of the message's first. */
export const fieldAt = (
  { message }: Reading,
  name: string,
  line?: Hl7Segment,
): string | undefined => {
  const [segment = '', field, component] = name.split(/[-.]/)
  const from = segment === line?.name ? line : message.segment(segment)
  return textOf(from, Number(field), component === undefined ? undefined : Number(component))
}

interface Where {
  /** The code by which a field without a value is refused. */
  readonly missing: Hl7RefusalCode
  readonly line?: Hl7Segment
}

/** What the hospital makes of a field. */
export function codeOf<Code extends string>(
  reading: Reading,
  said: Coded<Code>,
  where: Where,
): Code | undefined
export function codeOf(reading: Reading, said: CodedText, where: Where): string | undefined
export function codeOf(
  reading: Reading,
  said: CodedText,
  { missing, line }: Where,
): string | undefined {
  if ('always' in said) return said.always
  const text = fieldAt(reading, said.field, line)
  if (text === undefined) return refuse(reading, missing, said.field)
  if (!('codes' in said)) return text
  const code = Object.hasOwn(said.codes, text) ? said.codes[text] : said.otherwise
  return code ?? refuse(reading, 'hl7.unknown-code', said.field)
}
