import type { Policy } from '@hospital-crm/rules'
import { expect } from 'vitest'
import { type Actor, host } from '../kernel/actor.ts'
import { addressOf } from '../kernel/desk.ts'
import { Refusal } from '../kernel/refusal.ts'
import { placed, type Slice, type Typed } from '../kernel/slice.ts'
import type { Key } from '../ports/store.ts'

export interface Circumstances {
  /** ISO instant of the decision. */
  readonly now: string
  readonly policy?: Policy
  readonly actor?: Actor
  /** Records of other slices, as the decision may read them. */
  readonly others?: readonly { readonly key: Key; readonly state: unknown }[]
}

/** An event on a named record; without `on` it is the command's first record. */
type Past<Event> = Event | { readonly on: string; readonly past: readonly Event[] }

/**
 * Given past events, when a command comes, what the slice decides: no store and no doubles. Every
 * state on the way and every event is checked against the slice's own schemas.
 */
export const specify =
  <State, Command extends Typed, Event extends Typed>(
    slice: Slice<State, Command, Event>,
    { now, policy, actor = host, others = [] }: Circumstances,
  ) =>
  (...past: Past<Event>[]) => ({
    when: (command: unknown) => {
      const parsed = slice.command.parse(command)
      const records = new Map<string, State>()
      const around = new Map(others.map(({ key, state }) => [addressOf(key), state]))
      const own = (id: string) => records.get(id) ?? slice.initial
      const other = (key: Key) => around.get(addressOf(key)) ?? null
      const seen = { own, other, fresh: 'fresh' }
      const happen = (id: string, event: Event) => {
        slice.event.parse(event)
        records.set(id, slice.state.parse(slice.evolve(own(id), event)))
      }
      for (const each of past)
        if ('on' in each) for (const event of each.past) happen(each.on, event)
      const main = slice.keys(parsed, seen)[0] ?? ''
      for (const each of past) if (!('on' in each)) happen(main, each)
      const decide = () =>
        slice.decide(own(main), parsed, {
          now,
          actor,
          policy: policy as Policy,
          id: main,
          own,
          other: (key, schema) => {
            const state = other(key)
            return state === null ? null : schema.parse(state)
          },
          fresh: 'fresh',
        })
      const decided = () =>
        decide().map((each) => {
          const { id, event } = placed(each as Event & object, main)
          happen(id, event)
          return id === main ? event : { on: id, event }
        })
      return {
        /** Exactly these events, in this order; one on another record as `{ on, event }`. */
        gives: (...events: (Event | { on: string; event: Event })[]) =>
          expect(decided()).toEqual(events),
        /** No event at all. */
        givesNothing: () => expect(decided()).toEqual([]),
        /** A refusal with this code, and nothing else. */
        refuses: (code: string) => {
          expect(decide).toThrow(Refusal)
          expect(decide).toThrow(expect.objectContaining({ code }))
        },
      }
    },
  })
