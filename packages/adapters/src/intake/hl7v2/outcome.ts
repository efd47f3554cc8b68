import type { IntakeEvent } from '@hospital-crm/core'
import type { Hl7Refusal } from './refusal.ts'

interface Origin {
  /** The feed, as in an event; missing when the input had no readable header and the profile names none. */
  readonly source?: string | undefined
  /** MSH-10, where it could be read. */
  readonly key?: string | undefined
  /** SHA-256, hex: of the text for a message that could be decoded, of the raw bytes for anything else. */
  readonly hash: string
  /** The bytes it was read from, as UTF-8 where the input is UTF-16. From `readHl7` a view on the input: copy it to keep it. */
  readonly raw: Uint8Array
}

/**
 * What became of one piece of an input. Only batch envelopes (FHS, BHS, BTS, FTS), line ends and framing are in no
 * outcome's `raw`; a line reported as `hl7.no-segment` is also in its message's, and a merge of several pairs gives several events.
 */
export type Hl7Outcome =
  | { readonly kind: 'event'; readonly event: IntakeEvent; readonly raw: Uint8Array }
  | ({ readonly kind: 'ignored'; readonly type: string } & Origin)
  | ({ readonly kind: 'unreadable' } & Hl7Refusal & Origin)
