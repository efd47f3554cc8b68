import type { Millis } from '../calendar/instant.ts'
import type { Beginning } from './applies-when.ts'
import type { FactOf } from './fact.ts'
import type { Known, Statement } from './ledger.ts'

/** One saying of when the patient left, counting from the instant it became known. */
export interface Leaving {
  readonly known: Millis
  readonly effective: Millis
  readonly disposition: string
  readonly attending: string | null
  /** What plans may ask of the visit besides. */
  readonly about: Pick<Beginning, 'department' | 'diagnoses' | 'groups'>
  readonly imported: boolean
  /** The fact that brought it: the discharge, a further discharge or a correction. */
  readonly source: Statement
}

/** One discharge of a visit, with its corrections, until it is cancelled. */
export interface Generation {
  readonly number: number
  /** In the order in which they became known; the last one is in force. */
  readonly leavings: readonly Leaving[]
  readonly first: Leaving
  readonly last: Leaving
  readonly cancelled: Known | null
  /** What happened before this instant belongs to an earlier generation. */
  readonly after: Millis
}

interface Draft {
  leavings: Leaving[]
  cancelled: Known | null
}

/**
 * Reads a visit's discharges, corrections and cancellations in the order in which they became
 * known. A cancellation or a correction that is known first waits for its discharge.
 */
export const generationsOf = (statements: readonly Statement[]): readonly Generation[] => {
  const drafts: Draft[] = []
  const cancellations: Millis[] = []
  let live: Draft | null = null
  let correction: Statement | null = null

  for (const statement of statements) {
    const { fact, at: known, effective } = statement
    if (fact.type === 'discharge-cancelled') {
      if (cancellations.includes(effective)) continue
      cancellations.push(effective)
      if (live) live = cancel(drafts, live, statement)
      else if (!drafts.some(isKnown)) drafts.push({ leavings: [], cancelled: statement })
    } else if (drafts.some((draft) => draft !== live && repeats(draft, statement))) {
      // A replay of what was cancelled does not bring it back.
    } else if (fact.type === 'discharge-corrected') {
      const corrected: Draft | null = live ?? endedAfter(drafts, effective)
      const said = corrected?.leavings.at(-1)
      if (said) corrected?.leavings.push({ ...said, known, effective, source: statement })
      else correction = statement
    } else {
      const discharge = statement as Known<FactOf<'discharge'>>
      const awaited = drafts.find((draft) => !isKnown(draft) && happenedBy(draft, effective))
      if (!awaited && live) {
        if (!live.leavings.some((leaving) => isRepeat(leaving, discharge))) {
          live.leavings.push(leave(discharge, null, live.leavings.at(-1)))
        }
        continue
      }
      const leaving = leave(discharge, correction)
      correction = null
      if (awaited) awaited.leavings.push(leaving)
      else {
        live = { leavings: [leaving], cancelled: null }
        drafts.push(live)
      }
    }
  }
  return finish(drafts)
}

const isKnown = ({ leavings }: Draft) => leavings.length > 0

const happenedBy = ({ cancelled }: Draft, effective: Millis) =>
  cancelled !== null && effective <= cancelled.effective

/** The cancelled generation that a time lies in; one told of a later time waits for the next. */
const endedAfter = (drafts: readonly Draft[], effective: Millis): Draft | null =>
  drafts.findLast((draft) => isKnown(draft) && happenedBy(draft, effective)) ?? null

/** Whether a generation that is over already said this. */
const repeats = ({ leavings }: Draft, { fact, effective }: Statement) =>
  leavings.some((leaving) =>
    fact.type === 'discharge'
      ? leaving.effective === effective || leaving.source.effective === effective
      : leaving.effective === effective &&
        (leaving.source.fact.type === fact.type || leaving.source.effective !== effective),
  )

const isRepeat = ({ source }: Leaving, { effective, fact }: Known<FactOf<'discharge'>>) =>
  source.fact.type === 'discharge' &&
  source.effective === effective &&
  source.fact.disposition === fact.disposition &&
  source.fact.attending === fact.attending &&
  source.fact.department === fact.department &&
  String(source.fact.diagnoses) === String(fact.diagnoses) &&
  String(source.fact.groups) === String(fact.groups)

/**
 * Ends the live generation. A further discharge that both happened and became known after the
 * cancellation happened was none of its business: it begins the next generation.
 */
const cancel = (drafts: Draft[], live: Draft, cancellation: Statement): Draft | null => {
  const { effective } = cancellation
  live.cancelled = cancellation
  const place = live.leavings.findIndex(
    ({ source }, index) =>
      index > 0 &&
      source.fact.type === 'discharge' &&
      source.effective > effective &&
      source.at > effective,
  )
  if (place < 0) return null
  const next = { leavings: live.leavings.splice(place), cancelled: null }
  drafts.push(next)
  return next
}

const leave = (
  discharge: Known<FactOf<'discharge'>>,
  correction: Statement | null,
  earlier?: Leaving,
): Leaving => ({
  known: discharge.at,
  effective: (correction ?? discharge).effective,
  disposition: discharge.fact.disposition,
  attending: discharge.fact.attending ?? earlier?.attending ?? null,
  about: {
    department: discharge.fact.department ?? earlier?.about.department ?? null,
    diagnoses: discharge.fact.diagnoses ?? earlier?.about.diagnoses ?? [],
    groups: discharge.fact.groups ?? earlier?.about.groups ?? [],
  },
  imported: discharge.fact.imported === true,
  source: discharge,
})

const finish = (drafts: Draft[]): Generation[] => {
  const generations: Generation[] = []
  let after = Number.NEGATIVE_INFINITY
  for (const { leavings, cancelled } of drafts) {
    const [first] = leavings
    const last = leavings.at(-1)
    if (!first || !last) continue
    generations.push({ number: generations.length + 1, leavings, first, last, cancelled, after })
    if (cancelled) after = Math.max(after, cancelled.effective)
  }
  return generations
}
