import type { Found, LoggedEvent } from '../ports/store.ts'
import type { Listing } from './reader.ts'
import type { AnySlice, Typed } from './slice.ts'

/** A command that a flow, a tick or an effect raises. */
export interface Raised {
  readonly slice: AnySlice
  readonly command: Typed
  /** The record it is aimed at, for the cause: two commands of one flow at one record count on. */
  readonly at: string
}

/** Raises a command, typed by its slice. `at` is the id of the record it is aimed at. */
export const raise = <Command extends Typed>(
  slice: { readonly command: { readonly _zod: { readonly output: Command } } } & AnySlice,
  at: string,
  command: Command,
): Raised => ({ slice, at, command })

/** What just happened, as flows and folds see it; sealed values come without their words. */
export type Happened<Event extends Typed = Typed> = Omit<
  LoggedEvent,
  'position' | 'data' | 'type'
> & {
  readonly event: Event
}

/** A look-up a flow declares, to learn which records an event concerns. */
export interface LookUp extends Omit<Listing, 'limit' | 'after'> {
  readonly kind: string
}

/**
 * Where slices meet: an event of one becomes commands to others. Pure, and by the event alone, so
 * that the same event gives the same commands whoever runs it, and however often.
 */
export interface Flow {
  readonly name: string
  /** Event types it listens to. */
  readonly on: readonly string[]
  /** The records to hand in, when the event does not name them all. */
  readonly look?: (happened: Happened) => LookUp | undefined
  readonly run: (happened: Happened, found: readonly Found[]) => readonly Raised[]
}

/** A flow on one event type, typed by that event. */
export const flow = <Event extends Typed>(
  name: string,
  on: Event['type'] | readonly Event['type'][],
  run: (happened: Happened<Event>, found: readonly Found[]) => readonly Raised[],
  look?: (happened: Happened<Event>) => LookUp | undefined,
): Flow => ({
  name,
  on: typeof on === 'string' ? [on] : on,
  run: run as Flow['run'],
  ...(look && { look: look as Flow['look'] }),
})
