import type * as z from 'zod'

/** A field's name as schemas write it; anything else in a path is a key somebody chose, and may be anybody's word. */
const fieldName = /^[a-z][A-Za-z0-9]{0,40}$/

const shown = (part: PropertyKey) =>
  typeof part === 'number' || (typeof part === 'string' && fieldName.test(part)) ? `${part}` : '*'

/** Rules say by a code of their own what is wrong with a pack or a plan. */
const ownCode = /^[a-z-]+(\.[a-z-]+)+$/

/** Where an input is malformed and how, as `field.0.field: code`; at most twenty places and no values. */
export const malformedPaths = ({ issues }: z.ZodError): string[] =>
  issues
    .slice(0, 20)
    .map(
      ({ path, code, message }) =>
        `${path.map(shown).join('.')}: ${ownCode.test(message) ? message : code}`,
    )
