import type { Millis } from '../calendar/instant.ts'
import type { Refusal } from './consent.ts'
import type { Known } from './ledger.ts'

/** Something that ends what is not ended: from its instant on, or for as long as a refusal lasts. */
export interface Stop {
  readonly reason: 'readmitted' | 'deceased' | 'consent'
  readonly from: Millis
  readonly until: Millis
  readonly seq: number
}

const none: readonly Stop[] = []

/** A readmission or a death ends the whole episode. */
export const endsOf = (readmission: Known | null, death: Known | null): readonly Stop[] => {
  if (!readmission && !death) return none
  const ends: Stop[] = []
  if (readmission) ends.push(lasting('readmitted', readmission))
  if (death) ends.push(lasting('deceased', death))
  return ends.sort(byOrder)
}

const lasting = (reason: Stop['reason'], { effective, seq }: Known): Stop => ({
  reason,
  from: effective,
  until: Number.POSITIVE_INFINITY,
  seq,
})

/** With the refusals of a tier's purpose: one in which the deadline passed is never taken back. */
export const stopsOf = (
  ends: readonly Stop[],
  refusals: readonly Refusal[],
  deadline: Millis,
): readonly Stop[] => {
  if (refusals.length === 0) return ends
  const refused = refusals.map(({ from, until, seq }): Stop => {
    const isInside = from < deadline && deadline <= until
    return { reason: 'consent', from, until: isInside ? Number.POSITIVE_INFINITY : until, seq }
  })
  return [...ends, ...refused].sort(byOrder)
}

const byOrder = (a: Stop, b: Stop) => a.from - b.from || a.seq - b.seq

/** The stop in force at an instant; the earliest, where there are several. */
export const stopAt = (stops: readonly Stop[], instant: Millis): Stop | null => {
  for (const stop of stops) if (stop.from <= instant && instant < stop.until) return stop
  return null
}

/** Whether something happened after a stop that was still in force. */
export const isStopped = (stops: readonly Stop[], { effective, seq }: Known): boolean =>
  stops.some(
    (stop) =>
      effective < stop.until &&
      (effective > stop.from || (effective === stop.from && seq > stop.seq)),
  )
