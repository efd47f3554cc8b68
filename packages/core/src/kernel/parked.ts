import type { Json, Store } from '../ports/store.ts'
import { amend } from './amend.ts'
import type { Happened } from './flow.ts'

export const parkedKind = 'parked'

/** What was to be done when it failed: a command, a flow that could not even say which, or telling of an event. */
export type Undone =
  | { readonly slice: string; readonly command: Json }
  | { readonly flow: string; readonly happened: Json }
  | { readonly feed: string; readonly to: string; readonly position: number }

/** A cause that failed. `retrying` until it has failed so often that it is given up, then `parked` until redriven. */
export interface Parked {
  readonly cause: string
  readonly status: 'retrying' | 'parked' | 'done'
  readonly tries: number
  /** The refusal's code, or `failed` for anything that is no refusal. */
  readonly code: string
  readonly since: string
  readonly nextTry: string
  readonly undone: Undone
}

export const givenUpAfter = 5

const minutesUntilTry = (tries: number) => tries * tries

/** What the pump tries again stands apart from what is told again: outside somebody may be slow. */
const entriesOf = ({ status, nextTry, undone }: Parked) => {
  const waits = status === 'retrying' && 'feed' in undone ? 'resending' : status
  return status === 'done' ? [] : [{ index: 'status', equals: [waits], order: nextTry }]
}

const write = (parked: Parked) => ({ state: parked as unknown as Json, entries: entriesOf(parked) })

/**
 * Notes one more failure of a cause. The last one it may have is told in the log; a failure before
 * its next try is due (the pump passing by) does not count.
 */
export const park = (
  store: Store,
  tenant: string,
  {
    cause,
    code,
    now,
    undone,
    most = givenUpAfter,
  }: { cause: string; code: string; now: Date; undone: Undone; most?: number },
) =>
  amend(
    store,
    tenant,
    { kind: parkedKind, id: cause },
    `park:${cause}:${now.toISOString()}`,
    (state) => {
      const before = state as unknown as Parked | null
      const early = before?.status === 'retrying' && before.nextTry > now.toISOString()
      if (before?.status === 'parked' || early) return undefined
      const tries = (before?.tries ?? 0) + 1
      const at = now.toISOString()
      const nextTry = new Date(now.getTime() + minutesUntilTry(tries) * 60_000).toISOString()
      const status = tries >= most ? 'parked' : 'retrying'
      const parked: Parked = {
        cause,
        status,
        tries,
        code,
        since: before?.since ?? at,
        nextTry,
        undone,
      }
      const givenUp = { type: 'parked.given-up', at, actor: 'system', data: { code, tries } }
      return { ...write(parked), events: status === 'parked' ? [givenUp] : [] }
    },
  )

/** Closes a cause that went through after all. */
export const unpark = (store: Store, tenant: string, cause: string) =>
  amend(store, tenant, { kind: parkedKind, id: cause }, `unpark:${cause}`, (state) => {
    const parked = state as unknown as Parked | null
    return parked && parked.status !== 'done' ? write({ ...parked, status: 'done' }) : undefined
  })

/** Lets a parked cause be tried again from now on, its tries counted anew. */
export const redrive = (store: Store, tenant: string, cause: string, now: Date) =>
  amend(store, tenant, { kind: parkedKind, id: cause }, `redrive:${cause}`, (state) => {
    const parked = state as unknown as Parked | null
    if (parked?.status !== 'parked') return undefined
    return write({ ...parked, status: 'retrying', tries: 0, nextTry: now.toISOString() })
  })

/** The event a flow failed on, as it was parked. */
export const happenedOf = (undone: Undone): Happened | undefined =>
  'flow' in undone ? (undone.happened as unknown as Happened) : undefined
