import type { Json } from '../ports/store.ts'
import type { PersonalKind } from '../ports/words.ts'
import type { Parts } from './parts.ts'
import type { Sealed, Veiled } from './personal.ts'
import { boundTo, type SubjectKey, subjectKind } from './sealing.ts'
import { mapPersonal, personalIn } from './tree.ts'

/** A state as it leaves the door: a text, a covered text, or `null` once the person is erased, for each sealed value. */
export type Opened<T> = T extends Sealed
  ? string | null
  : T extends (infer Item)[]
    ? Opened<Item>[]
    : T extends readonly (infer Item)[]
      ? readonly Opened<Item>[]
      : T extends object
        ? { [Key in keyof T]: Opened<T[Key]> }
        : T

const star = '*'

/** A value half covered, as GB/T 35273 shows names and numbers: 王**, 138****8000. */
export const covered = (as: PersonalKind, plain: string): string => {
  const letters = [...plain]
  if (as === 'name') return `${letters[0] ?? ''}${star.repeat(Math.max(1, letters.length - 1))}`
  if ((as === 'phone' || as === 'identifier') && letters.length > 7) {
    const middle = star.repeat(letters.length - 7)
    return `${letters.slice(0, 3).join('')}${middle}${letters.slice(-4).join('')}`
  }
  return star.repeat(4)
}

export interface Opener {
  /** Opens sealed values up to a level, all unless told, and covers the others; an erased person's are `null`. */
  open<T>(tenant: string, states: readonly T[], upTo?: number): Promise<Opened<T>[]>
}

export const createOpener = ({
  store,
  cipher,
  probe,
}: Pick<Parts, 'store' | 'cipher' | 'probe'>): Opener => ({
  open: async <T>(tenant: string, states: readonly T[], upTo = 5) => {
    const values = personalIn(states)
    if (values.length === 0) return states as unknown as Opened<T>[]
    await probe(tenant)
    const subjects = [...new Set(values.map(({ subject }) => subject))]
    const keys = subjects.map((id) => ({ kind: subjectKind, id }))
    const { records } = await store.load(tenant, keys, [])
    const keyOf = new Map(
      subjects.map((subject, at) => [
        subject,
        (records[at]?.state as Json as SubjectKey | null)?.key,
      ]),
    )
    const readable = values.filter(({ subject }) => keyOf.get(subject))
    const texts = await cipher.open(
      tenant,
      readable.map(({ subject, sealed }) => {
        return { key: keyOf.get(subject) ?? '', bound: boundTo(tenant, subject), sealed }
      }),
    )
    const shown = new Map<Veiled, string | null>()
    readable.forEach((value, at) => {
      const text = texts[at]
      shown.set(
        value,
        text === undefined || value.level <= upTo ? (text ?? null) : covered(value.as, text),
      )
    })
    return states.map((state) =>
      mapPersonal(state, (value) => shown.get(value) ?? null),
    ) as Opened<T>[]
  },
})
