import type { Key } from '../ports/store.ts'
import type { Held } from './desk.ts'
import { bound, type ParsedAsk } from './prepare.ts'
import { subjectKind } from './sealing.ts'
import { subjectOf } from './slice.ts'

/** What a command concerns: its own records, main first, those it only reads, and its subjects. */
export interface Concern {
  readonly own: readonly Key[]
  readonly needs: readonly Key[]
  /** Subject ids by the name that the fields of the command use. */
  readonly subjects: Readonly<Record<string, string>>
  readonly erased: readonly Key[]
  /** All records to be loaded before the command can be decided; none that cannot exist yet. */
  readonly keys: readonly Key[]
}

const subjectKey = (id: string): Key => ({ kind: subjectKind, id })

/** Asks the slice what a command concerns, by what can be looked at so far. */
export const concernOf = (
  look: (key: Key) => Held | undefined,
  { slice, command, fresh, veils, bind = {} }: ParsedAsk,
): Concern => {
  const seen = {
    own: (id: string) => {
      if (id === fresh) return slice.initial
      const held = look({ kind: slice.name, id })
      return held && (held.state ?? slice.initial)
    },
    other: (key: Key) => look(key)?.state,
    fresh,
  }
  const own = slice.keys(command, seen).map((id) => ({ kind: slice.name, id }))
  const needs = slice.needs?.(command, seen) ?? []
  const subjects =
    veils.length === 0
      ? {}
      : (slice.subjects?.(command, seen) ?? { subject: subjectOf(slice.name, own[0]?.id ?? '') })
  const erased = (slice.erases?.(command, seen) ?? []).map(subjectKey)
  const keys = [...own, ...needs, ...Object.values(subjects).map(subjectKey), ...erased]
  const open = Object.values(bind).map(bound)
  return {
    own,
    needs,
    subjects,
    erased,
    keys: keys.filter(({ id }) => !id.endsWith(fresh) && !open.includes(id)),
  }
}
