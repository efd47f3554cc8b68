import type { Actor } from './actor.ts'
import type { Refusal } from './refusal.ts'
import type { AnySlice } from './slice.ts'

/** One command as it comes from outside or from a flow. */
export interface Ask {
  readonly slice: AnySlice
  readonly input: unknown
  /** Fields of the input that are the id of the record which an earlier command of the same request changed. */
  readonly bind?: Readonly<Record<string, number>>
  /** The version the main record must stand at, 0 for one that must not exist; else `record.changed`. */
  readonly version?: number
}

/** Commands that are decided in order and committed together or not at all, under one cause. */
export interface Request {
  readonly asks: readonly Ask[]
  readonly actor: Actor
  /** The host's idempotency key, or what a flow, tick or intake derived. Absent: a new one each time. */
  readonly cause?: string
  /** Stands for the payload's hash where the source has one of its own. */
  readonly payloadHash?: string
}

/** What a command did: to which record, its version after the commit, and the types of the events. */
export interface Answer {
  readonly id: string
  readonly version: number
  readonly events: readonly string[]
}

/** A request that went through: one answer a command. */
export interface Done {
  readonly answers: readonly Answer[]
  /** Whether it had gone through before, under the same cause, and nothing was written this time. */
  readonly known: boolean
}

/** What became of a request; a refusal kept all of it from being written. */
export type Outcome = Done | Refusal
