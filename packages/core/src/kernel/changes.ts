import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { LoggedEvent } from '../ports/store.ts'
import { subjectOf } from './slice.ts'

/** An event of the log as others are told of it, by CloudEvents 1.0: what happened to which record, and no more. */
export interface CloudEvent {
  readonly specversion: '1.0'
  /** The same for ever, whoever tells it and however often. */
  readonly id: string
  /** `/tenants/` and the tenant's name. */
  readonly source: string
  /** As in the log, e.g. `encounter.discharged`. */
  readonly type: string
  /** The record it happened to, as `kind/id`. */
  readonly subject: string
  /** ISO, UTC. */
  readonly time: string
  /** Its place in the tenant's log, in sixteen digits, so that texts compare as places do. */
  readonly sequence: string
}

export interface ChangesQuery {
  /** Only what came after this place in the log; from its beginning unless told. */
  readonly after?: number
  /** How many events are looked at; 500 unless told. */
  readonly limit?: number
  /** Only events of these types; `encounter.*` stands for all of a kind, `*` for all. */
  readonly types?: readonly string[]
}

export interface Changes {
  readonly events: readonly CloudEvent[]
  /** Where to go on: the last place that was looked at, whether its event was wanted or not. */
  readonly next: number
}

/** Whether an event's type is among those that somebody wants. */
export const isWanted = (types: readonly string[], type: string) =>
  types.some((each) => each === '*' || each === type || each === `${type.split('.')[0]}.*`)

/** Tells of those events that are wanted. Cause and place name an event for ever, its position only while the store lives. */
export const announced = (
  tenant: string,
  events: readonly LoggedEvent[],
  types: readonly string[],
): readonly CloudEvent[] =>
  events
    .filter(({ type }) => isWanted(types, type))
    .map(({ cause, place, type, key, at, position }) => ({
      specversion: '1.0',
      id: bytesToHex(sha256(utf8ToBytes(JSON.stringify([tenant, cause, place])))).slice(0, 32),
      source: `/tenants/${encodeURIComponent(tenant)}`,
      type,
      subject: subjectOf(key.kind, key.id),
      time: at,
      sequence: String(position).padStart(16, '0'),
    }))
