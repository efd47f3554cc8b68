import * as z from 'zod'
import type { PersonalKind } from '../ports/words.ts'

/** How sensitive a value is, by GB/T 39725: 1 may be public … 5 harms when it leaks. */
export type Level = 1 | 2 | 3 | 4 | 5

/** A personal value as everything behind the door sees it: readable only with the subject's key. */
export const Sealed = z.strictObject({
  sealed: z.string(),
  subject: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  as: z.enum(['name', 'phone', 'identifier', 'email', 'date', 'text']),
  words: z.array(z.string()).readonly().optional(),
})
export type Sealed = z.infer<typeof Sealed>

const plainOf = Symbol('plain')

/** A personal value between the parse and the seal. The symbol keeps it out of every JSON. */
export interface Veiled extends Sealed {
  [plainOf]?: string
}

export interface PersonalMeta {
  readonly as: PersonalKind
  readonly level: Level
  /** Whose it is, among the `subjects` that the slice names for a command. `subject` unless told. */
  readonly subject?: string
}

/**
 * Marks a field as personal: it takes a plain text and is sealed under its subject's key before
 * anything decides on it. A value that is sealed already (handed on by a flow) is taken as it is.
 */
export const personal = <Input>(schema: z.ZodType<string, Input>, meta: PersonalMeta) =>
  z
    .union([schema.transform((plain): Sealed => veil(plain, meta)), Sealed])
    .meta({ personal: { subject: 'subject', ...meta } })

const veil = (plain: string, { as, level, subject = 'subject' }: PersonalMeta): Veiled => ({
  sealed: '',
  subject,
  level,
  as,
  words: [],
  [plainOf]: plain,
})

export const isSealed = (value: object): value is Veiled => 'sealed' in value && 'subject' in value

/** The plain text under a veil; `undefined` when the value is sealed for good. */
export const plainUnder = (value: Veiled): string | undefined => value[plainOf]
