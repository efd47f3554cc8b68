import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Request } from '../../kernel/request.ts'
import type { IntakeOutcome } from '../../ports/intake-event.ts'
import { intake } from '../../slices/intakes/index.ts'
import { textOf } from './base64.ts'

/** What the quarantine takes: as much as its fields hold, so that no message is too odd to be kept. */
const longestText = 500
const longestRaw = 12_000_000

type Loose = Readonly<Record<string, unknown>>

const asRecord = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {}

const asText = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.trim().slice(0, longestText).trim() : ''
  return text === '' ? undefined : text
}

/** Numbers of persons in an event, however malformed it is. */
const numbersOf = (event: Loose): string[] =>
  [asRecord(event.person).identifiers, asRecord(event.survivor).identifiers, event.retired]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((identifier) => asText(asRecord(identifier).value) ?? [])

/** So many letters and digits in a row, with so many digits among them, may be somebody's number. */
const run = /[0-9A-Za-z][0-9A-Za-z._-]{4,38}[0-9A-Za-z]/g
const fewestDigits = 4
const mostNumbers = 500

/** What may be numbers of persons in a message that names nobody, such as a bill, or cannot be read; letters of any charset but ASCII stand between. */
const runsIn = (raw: Uint8Array): string[] => {
  const text = new TextDecoder('latin1').decode(raw).replaceAll('\0', '')
  const runs = new Set(text.match(run))
  return [...runs]
    .filter((each) => each.replace(/\D/g, '').length >= fewestDigits)
    .slice(0, mostNumbers)
}

/** The command that keeps a message which the crm refused, or which could not be read at all. */
export const quarantine = (
  outcome: IntakeOutcome,
  refusal?: Refusal,
): readonly Omit<Request, 'actor'>[] => {
  if (outcome.kind === 'ignored') return []
  const said: Loose = outcome.kind === 'event' ? asRecord(outcome.event) : { ...outcome }
  const written = 'event' in outcome ? (outcome.event ?? null) : null
  const given: unknown = outcome.raw
  const raw =
    given instanceof Uint8Array ? given : new TextEncoder().encode(JSON.stringify(written))
  const source = asText(said.source) ?? 'unknown'
  const key = asText(said.key)
  const named = numbersOf(said)
  const hash = asText(said.hash) ?? bytesToHex(sha256(raw))
  const code = refusal?.code ?? asText(said.code) ?? 'unknown'
  const input = {
    type: 'quarantine',
    source,
    key,
    hash,
    code,
    field: outcome.kind === 'unreadable' ? asText(said.field) : undefined,
    raw: textOf(raw.subarray(0, longestRaw)),
    numbers: named.length > 0 ? named : runsIn(raw),
  }
  return [
    {
      asks: [{ slice: intake, input }],
      cause: `quarantine:${source}|${key ?? ''}|${hash}|${code}`,
    },
  ]
}
