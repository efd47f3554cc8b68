import type * as z from 'zod'
import { refuse } from './refusal.ts'

/** A field's name as schemas write it; anything else in a path is a key somebody chose, and may be anybody's word. */
const fieldName = /^[a-z][A-Za-z0-9]{0,40}$/

const shown = (part: PropertyKey) =>
  typeof part === 'number' || (typeof part === 'string' && fieldName.test(part)) ? `${part}` : '*'

/** Rules say by a code of their own what is wrong with a pack or a plan. */
const ownCode = /^[a-z-]+(\.[a-z-]+)+$/

/** Where an input is malformed and how, as `field.0.field: code`; at most twenty places and no values. */
const malformedPaths = ({ issues }: z.ZodError): string[] =>
  issues
    .slice(0, 20)
    .map(
      ({ path, code, message }) =>
        `${path.map(shown).join('.')}: ${ownCode.test(message) ? message : code}`,
    )

/** Reads what was said by a schema, or refuses it (`command.malformed`) as about something. */
export const wellFormed = <Schema extends z.ZodType>(
  schema: Schema,
  said: unknown,
  about: Readonly<Record<string, string>> = {},
): z.output<Schema> => {
  const { success, data, error } = schema.safeParse(said)
  if (success) return data
  return refuse('command.malformed', { ...about, paths: malformedPaths(error) })
}
