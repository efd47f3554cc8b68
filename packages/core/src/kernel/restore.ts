import type { Json, KeptAnswer, LoggedEvent } from '../ports/store.ts'
import type { Actor } from './actor.ts'
import { changeOf } from './change.ts'
import type { Opener } from './opening.ts'
import type { Parts } from './parts.ts'
import type { Sealed, Veiled } from './personal.ts'
import { refuse } from './refusal.ts'
import type { Answer } from './request.ts'
import type { AnySlice } from './slice.ts'
import { mapPersonal, personalIn, withoutWords } from './tree.ts'

const pageSize = 500

/** What a record is after one of its events, a restoration included. */
export const after = (slice: AnySlice, state: unknown, { type, data }: LoggedEvent): unknown =>
  type === `${slice.name}.restored`
    ? (data as { after: Json }).after
    : slice.evolve(state, { ...(data as object), type })

/**
 * Puts a record back to what it was at an earlier version, as an event of its own (`kind.restored`
 * with before and after). Refuses with `record.not-restorable` where the slice does not offer it.
 */
export const createRestore = (parts: Parts, opener: Opener) => {
  const { store, clock, cipher, words } = parts

  const stateAt = async (tenant: string, slice: AnySlice, id: string, version: number) => {
    let state = slice.initial
    for (let position = 0; ; ) {
      const of = { kind: slice.name, id }
      const events = await store.events(tenant, { of, after: position, limit: pageSize })
      for (const event of events) if (event.version <= version) state = after(slice, state, event)
      const last = events.at(-1)
      if (!last || last.version > version || events.length < pageSize) return state
      position = last.position
    }
  }

  /** The log keeps no words, so a restored state gets those of its values anew. */
  const findable = async <T>(tenant: string, state: T): Promise<T> => {
    const values = personalIn(state)
    const opened = (await opener.open(tenant, values)) as (string | null)[]
    const again = new Map<Veiled, Sealed>()
    for (const [at, value] of values.entries()) {
      const copy: Veiled = { ...value, words: [] }
      const text = opened[at]
      if (text === null || text === undefined) continue
      const found = words.of(value.as, text).map((word) => `${value.as}:${word}`)
      copy.words = [...(await cipher.blind(tenant, found))]
      again.set(value, copy.words.length > 0 ? copy : value)
    }
    return mapPersonal(state, (value) => again.get(value) ?? value)
  }

  return async (
    tenant: string,
    actor: Actor,
    slice: AnySlice,
    id: string,
    version: number,
    cause: string,
  ): Promise<{ answer: Answer; event?: LoggedEvent }> => {
    const key = { kind: slice.name, id }
    const payloadHash = `restore:${slice.name}/${id}@${version}`
    const repeated = (kept: KeptAnswer) =>
      kept.payloadHash === payloadHash
        ? { answer: kept.answer as unknown as Answer }
        : refuse('cause.reused', { cause })
    const { records, kept } = await store.load(tenant, [key], [cause])
    if (kept[0]) return repeated(kept[0])
    const record = records[0] ?? refuse(`${slice.name}.unknown`)
    if (!slice.restorable) return refuse('record.not-restorable', { kind: slice.name })
    if (version < 1 || version >= record.version)
      return refuse('record.no-such-version', { version })
    const before = (await stateAt(tenant, slice, id, version)) as Json
    slice.restorable(record.state, before)
    const state = await findable(tenant, before)
    const at = clock.now().toISOString()
    const type = `${slice.name}.restored`
    const data = withoutWords({ before: record.state, after: state })
    const event = { key, version: record.version + 1, type, at, actor: actor.id, data }
    const answer: Answer = { id, version: record.version + 1, events: [type] }
    const [outcome] = await store.commit(tenant, [
      {
        cause,
        kept: { payloadHash, answer: answer as unknown as Json },
        reads: [],
        changes: [changeOf(slice, { key, version: record.version, state })],
        events: [event],
      },
    ])
    if (typeof outcome === 'object') return repeated(outcome.duplicateOf)
    if (outcome !== 'done') return refuse('store.contended')
    return { answer, event: { ...event, cause, place: 0, position: 0 } }
  }
}
