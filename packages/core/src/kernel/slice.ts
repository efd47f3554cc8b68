import type { Policy } from '@hospital-crm/rules'
import type * as z from 'zod'
import type { Entry, Key } from '../ports/store.ts'
import type { PersonalKind } from '../ports/words.ts'
import type { Attributes } from './access.ts'
import type { Actor } from './actor.ts'

export type Typed = { readonly type: string }

/** What a command may look at while it names the records it concerns. */
export interface Seen<State> {
  /** A record of the own slice as loaded, `undefined` while it is not. What does not exist is the initial state. */
  own(id: string): State | undefined
  /** A record of another slice as loaded; `null` when it does not exist, `undefined` while it is not loaded. */
  other(key: Key): unknown
  /** An id for a record that this command may create; the same at every look. */
  readonly fresh: string
}

/** What a decision may know besides its own record. Data only, so that it decides the same again. */
export interface Context<State> {
  /** The instant of the decision, ISO in UTC. */
  readonly now: string
  readonly actor: Actor
  /** The hospital's zone, calendars and rule pack in force. */
  readonly policy: Policy
  /** The main record's id. */
  readonly id: string
  /** A record among the command's keys. */
  own(id: string): State
  /** A record among the command's needs, read by the reader's own schema; `null` when it does not exist. */
  other<T>(key: Key, schema: z.ZodType<T>): T | null
  readonly fresh: string
}

const target = Symbol('target')

/** An event on another record of the slice than the command's first. */
export interface On<Event> {
  readonly [target]: string
  readonly event: Event
}

/**
 * One kind of record: what it is, what may be asked of it, what can happen to it. All members are
 * pure; the kernel calls them as often as it likes.
 */
export interface Slice<State, Command extends Typed, Event extends Typed> {
  /** The record kind, singular kebab-case; prefix of its events and refusals. */
  readonly name: string
  readonly state: z.ZodType<State>
  readonly command: z.ZodType<Command>
  readonly event: z.ZodType<Event>
  readonly initial: State

  /**
   * Ids of the records the command may change, the main one first. Called again as records arrive
   * (`seen`), until it names nothing new, so an id may depend on what an earlier one holds.
   */
  keys(command: Command, seen: Seen<State>): readonly string[]

  /** Records of other slices the decision reads. A change of any of them before the commit is a conflict. */
  needs?(command: Command, seen: Seen<State>): readonly Key[]

  /** Whose personal data the command carries, by the subject names of its fields; the main record unless told. */
  subjects?(command: Command, seen: Seen<State>): Readonly<Record<string, string>>

  /** Subjects whose keys are destroyed with this command's commit. */
  erases?(command: Command, seen: Seen<State>): readonly string[]

  /** What follows from the command, on the main record unless said otherwise; refuses by `refuse`. */
  decide(state: State, command: Command, context: Context<State>): readonly (Event | On<Event>)[]

  /** What a record is after an event. The only writer of state; has no rules in it. */
  evolve(state: State, event: Event): State

  /** How the record can be found. Days and ids only, nothing that changes by time alone. */
  entries?(state: State, id: string): readonly Entry[]

  /** Which of its indexes are lists for others, and what the values of an entry are called, in their order. */
  readonly lists?: Readonly<Record<string, readonly string[]>>

  /** By which personal data a record is found, whose blinded words are the values of its index `word`. */
  readonly foundBy?: readonly PersonalKind[]

  /** What access rules may compare. */
  attributes?(state: State, id: string): Attributes

  /** Whether its commands may come before the tenant has a policy. Only what founds the tenant says so. */
  readonly founds?: true

  /** Whether a record may be put back from `now` to what it was; refuses by `refuse`. Absent: never. */
  restorable?(now: State, before: State): void
}

/** A slice of any kind, as the kernel handles it. */
export type AnySlice = Slice<unknown, Typed, Typed>

/** Names the subject of a record's personal data: its kind and id. */
export const subjectOf = (kind: string, id: string) => `${kind}/${id}`

/** Puts an event on another record of the slice. */
export const on = <Event>(id: string, event: Event): On<Event> => ({ [target]: id, event })

/** The record an event goes to, and the event itself. */
export const placed = <Event extends object>(
  decided: Event | On<Event>,
  main: string,
): { id: string; event: Event } =>
  target in decided ? { id: decided[target], event: decided.event } : { id: main, event: decided }

/** The input of one command, as the outside writes it, without its `type`. */
export type Input<Schema extends z.ZodType, Type extends string> = Omit<
  Extract<z.input<Schema>, { type: Type }>,
  'type'
>
