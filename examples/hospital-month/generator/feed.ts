import { isoTime } from './china-time.ts'
import type { AdtTrigger, Draft } from './drafts.ts'
import { causes, type Garbage, spoil } from './garbage.ts'
import { encodeGb18030 } from './gb18030.ts'
import { messageText } from './message-text.ts'
import type { Echo } from './traffic.ts'

/** `duplicate`: an event that came before, byte for byte. */
export type MessageKind = 'event' | 'ignored' | 'garbage' | 'duplicate'

/** One message as it comes, with what it truly means. */
export interface FeedMessage {
  /** Instant in UTC, ISO 8601. */
  readonly sentAt: string
  readonly bytes: Uint8Array
  readonly kind: MessageKind
  /** The intake event that a reader must see, the MSH-9 of what it must ignore, or the code of the refusal. */
  readonly means: string
  readonly visit: string
}

/** A message in its place in the feed, not yet written. */
export interface Entry {
  readonly kind: MessageKind
  readonly draft: Draft
  /** MSH-10. */
  readonly controlId: string
  readonly sentAt: number
  readonly garbage?: Garbage
}

export type Charset = 'utf-8' | 'gb18030'

const charsets: Record<Charset, { name: string; encode: (text: string) => Uint8Array }> = {
  'utf-8': { name: 'UNICODE UTF-8', encode: (text) => new TextEncoder().encode(text) },
  gb18030: { name: 'GB 18030-2000', encode: encodeGb18030 },
}

const eventTypes: Record<AdtTrigger, string> = {
  A01: 'admitted',
  A02: 'transferred',
  A03: 'discharged',
  A04: 'registered',
  A08: 'visit-updated',
  A11: 'admission-cancelled',
  A13: 'discharge-cancelled',
  A31: 'person-updated',
  A40: 'merged',
}

const isIgnored = (type: Draft['type']): type is Exclude<Draft['type'], AdtTrigger> =>
  type.includes('^')

/** What an entry means. An A08 that says when the patient left is a discharge. */
export const meaningOf = ({ draft: { type, left }, garbage }: Entry): string => {
  if (garbage) return causes[garbage.cause]
  if (isIgnored(type)) return type
  return type === 'A08' && left ? 'discharged' : eventTypes[type]
}

const bySentAt = (one: Entry, other: Entry) => one.sentAt - other.sentAt

/** Numbers the messages in the order in which they were written, and puts them in that of sending. */
export const assemble = (
  drafts: readonly Draft[],
  garbage: readonly Garbage[],
  echoes: readonly Echo[],
): Entry[] => {
  const spoilt = new Map(garbage.map((piece) => [piece.draft, piece]))
  const written = [...drafts, ...spoilt.keys()].sort((a, b) => a.writtenAt - b.writtenAt)
  let counter = 40_000_000
  let lastId = ''
  const numbered = new Map<Draft, Entry>()
  for (const draft of written) {
    const piece = spoilt.get(draft)
    if (!draft.reusesControlId) counter += 1
    const controlId = draft.reusesControlId ? lastId : String(counter)
    const kind = piece ? 'garbage' : isIgnored(draft.type) ? 'ignored' : 'event'
    // Only what is surely sent by then can have had the number before.
    if (kind === 'event' && draft.sentAt - draft.writtenAt < 60_000) lastId = controlId
    const { sentAt } = draft
    numbered.set(draft, { kind, draft, controlId, sentAt, ...(piece && { garbage: piece }) })
  }
  const again = echoes.flatMap(({ of, sentAt }): Entry[] => {
    const first = numbered.get(of)
    return first ? [{ ...first, kind: 'duplicate', sentAt }] : []
  })
  return [...numbered.values(), ...again].sort(bySentAt)
}

/** Writes the messages of the entries one by one, each time it is iterated. */
export const messagesOf = (entries: readonly Entry[], charset: Charset): Iterable<FeedMessage> => {
  const { name, encode } = charsets[charset]
  const bytesOf = ({ draft, controlId, garbage }: Entry) => {
    const text = messageText(draft, controlId, name)
    return garbage ? spoil(text, garbage, encode) : encode(text)
  }
  return {
    *[Symbol.iterator]() {
      for (const entry of entries) {
        const { kind, sentAt, draft } = entry
        const { visit } = draft.stay
        yield {
          sentAt: isoTime(sentAt),
          bytes: bytesOf(entry),
          kind,
          means: meaningOf(entry),
          visit,
        }
      }
    },
  }
}
