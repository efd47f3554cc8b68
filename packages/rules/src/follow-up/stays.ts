import type { Millis } from '../calendar/instant.ts'
import type { Known, VisitLog } from './ledger.ts'
import type { People } from './people.ts'

/** A stay in hospital that stands as of the instant asked for: its latest saying. */
const stayOf = (visit: VisitLog, asOf: Millis): Known | null => {
  const stays: { admission: Known | null; cancelled: Known | null }[] = []
  const seen: Known[] = []
  for (const word of visit.stays) {
    if (seen.some((earlier) => isRepeat(earlier, word))) continue
    seen.push(word)
    const last = stays.at(-1)
    if (word.fact.type === 'admission') {
      const awaited = stays.find(
        ({ admission, cancelled }) =>
          !admission && cancelled !== null && word.effective <= cancelled.effective,
      )
      if (awaited) awaited.admission = word
      else if (last && !last.cancelled) last.admission = word
      else stays.push({ admission: word, cancelled: null })
    } else if (last?.admission && !last.cancelled) last.cancelled = word
    else if (!stays.some(({ admission }) => admission)) {
      stays.push({ admission: null, cancelled: word })
    }
  }
  const standing = stays.findLast(
    ({ admission, cancelled }) => admission && !(cancelled && cancelled.effective <= asOf),
  )
  return standing?.admission ?? null
}

const classOf = ({ fact }: Known) => (fact.type === 'admission' ? fact.class : null)

const isRepeat = (a: Known, b: Known) => a.effective === b.effective && classOf(a) === classOf(b)

/** The first inpatient stay under another visit that began at or after the discharge. */
export const readmissionOf = (
  people: People,
  patient: string,
  visit: string,
  discharged: Millis,
  asOf: Millis,
): Known | null => {
  let first: Known | null = null
  for (const { visits } of people.idsOf(patient)) {
    for (const log of visits) {
      if (log.stays.length === 0) continue
      if (people.visitOf(log.id) === people.visitOf(visit)) continue
      const stay = stayOf(log, asOf)
      if (!stay || classOf(stay) !== 'inpatient') continue
      if (stay.effective < discharged || (first && first.effective <= stay.effective)) continue
      first = stay
    }
  }
  return first
}
