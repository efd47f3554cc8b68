import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { IntakeEvent, IntakeOutcome } from './ports/intake-event.ts'

type Readable = Extract<IntakeOutcome, { kind: 'event' }>

/** What an adapter makes of a message: an event under the hash of its content. */
export const heard = ({
  hash: _,
  ...event
}: {
  hash?: string
  [said: string]: unknown
}): Readable => {
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify(event))))
  return { kind: 'event', event: { ...event, hash } as IntakeEvent }
}

interface Said {
  readonly source?: string
  readonly person?: object
  readonly visit?: object
}

/** A message of patient M1 and visit V1, the nth that the source recorded, a minute after the one before. */
export const told = (
  type: Exclude<IntakeEvent['type'], 'merged'>,
  nth: number,
  { source = 'his', person, visit }: Said = {},
): Readable => {
  const at = new Date(Date.UTC(2026, 2, 1, 0, nth)).toISOString()
  return heard({
    source,
    key: `${nth}`,
    occurredAt: at,
    recordedAt: at,
    type,
    person: { identifiers: [{ value: 'M1' }], name: '王秀英', ...person },
    ...(type !== 'person-updated' && {
      visit: { number: 'V1', admittedAt: '2026-02-25T00:00:00Z', class: 'inpatient', ...visit },
    }),
  })
}

/** A message that says that a number is retired for another. */
export const merged = (survivor: string, retired: string, nth: number): Readable => {
  const at = new Date(Date.UTC(2026, 2, 1, 0, nth)).toISOString()
  return heard({
    source: 'his',
    key: `${nth}`,
    occurredAt: at,
    type: 'merged',
    survivor: { identifiers: [{ value: survivor }], name: '王秀英' },
    retired: [{ value: retired }],
  })
}

/** Reads what the desk kept of an event that came without a raw form. */
export const readJson = (raw: Uint8Array): IntakeOutcome[] => [
  { kind: 'event', event: JSON.parse(new TextDecoder().decode(raw)) },
]
