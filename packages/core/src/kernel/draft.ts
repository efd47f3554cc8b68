import type { Change, Expectation, Happening, Json, Key } from '../ports/store.ts'
import { changeOf } from './change.ts'
import { addressOf, type Desk, type Held } from './desk.ts'
import { type AnySlice, placed, type Typed } from './slice.ts'
import { withoutWords } from './tree.ts'

/** What one request is about to write. Laid over the desk, and put on it only when nothing refuses. */
export interface Draft {
  look(key: Key): Held | undefined
  /** The commit fails when this record changes before it. */
  read(key: Key): void
  /** A record of the kernel's own, such as a subject's key. */
  write(key: Key, state: Json): void
  /** What happens to a record of a slice, and what the record becomes by it. */
  happen(
    slice: AnySlice,
    main: string,
    decided: readonly object[],
    by: { at: string; actor: string },
  ): string[]
  /** The draft as a unit's contents; the desk is from now on as after the commit. */
  finish(): { reads: Expectation[]; changes: Change[]; events: Happening[] }
}

export const createDraft = (desk: Desk): Draft => {
  const written = new Map<string, { key: Key; slice?: AnySlice; held: Held }>()
  const reads = new Map<string, Key>()
  const events: Happening[] = []
  const versionOf = (key: Key) => desk.get(key)?.version ?? 0
  const look = (key: Key) => written.get(addressOf(key))?.held ?? desk.get(key)
  const put = (key: Key, state: Json, slice?: AnySlice) =>
    void written.set(addressOf(key), {
      key,
      held: { version: versionOf(key) + 1, state },
      ...(slice && { slice }),
    })
  return {
    look,
    read: (key) => void reads.set(addressOf(key), key),
    write: put,
    happen: (slice, main, decided, { at, actor }) =>
      decided.map((each) => {
        const { id, event } = placed(each as Typed, main)
        const key = { kind: slice.name, id }
        put(key, slice.evolve(look(key)?.state ?? slice.initial, event) as Json, slice)
        const { type, ...data } = withoutWords(event) as Typed & Record<string, Json>
        events.push({ key, version: versionOf(key) + 1, type, at, actor, data })
        return type
      }),
    finish: () => {
      const changes: Change[] = []
      for (const [address, { key, slice, held }] of written) {
        reads.delete(address)
        changes.push(changeOf(slice, { key, version: held.version - 1, state: held.state }))
      }
      const expectations = [...reads.values()].map((key) => ({ key, version: versionOf(key) }))
      for (const { key, held } of written.values()) desk.put(key, held)
      return { reads: expectations, changes, events }
    },
  }
}
