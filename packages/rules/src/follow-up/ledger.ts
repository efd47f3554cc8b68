import { type Millis, readInstant } from '../calendar/instant.ts'
import type { FactOf, FollowUpFact } from './fact.ts'
import { addContact, addDischarge, addHandOver } from './repeats.ts'

/** A fact with its two instants read; what has no `effective` happens when it becomes known. */
export interface Known<F extends FollowUpFact = FollowUpFact> {
  readonly fact: F
  readonly at: Millis
  readonly effective: Millis
  /** Its place in the order of becoming known; facts of one instant keep the order of the list. */
  seq: number
}

export type Contact = Known<FactOf<'contact'>>
export type Statement = Known<FactOf<'discharge' | 'discharge-corrected' | 'discharge-cancelled'>>
export type StayWord = Known<FactOf<'admission' | 'admission-cancelled'>>
export type LifeWord = Known<FactOf<'death' | 'death-revoked'>>

export interface VisitLog {
  readonly id: string
  patient: string | null
  readonly statements: Statement[]
  readonly stays: StayWord[]
  readonly contacts: Contact[]
  readonly checks: Known<FactOf<'spot-check'>>[]
  readonly moves: Known<FactOf<'window-moved'>>[]
}

export interface PatientLog {
  readonly id: string
  readonly visits: VisitLog[]
  readonly consents: Known<FactOf<'consent'>>[]
  readonly life: LifeWord[]
  readonly updates: Known<FactOf<'contact-details-updated'>>[]
}

/** All that was known at one instant, each fact where it belongs and in the order it became known. */
export interface Ledger {
  readonly facts: readonly Known[]
  readonly visits: ReadonlyMap<string, VisitLog>
  readonly patients: ReadonlyMap<string, PatientLog>
  readonly merges: readonly Known<FactOf<'patient-merged'>>[]
  readonly handOvers: readonly Known<FactOf<'staff-unavailable'>>[]
  readonly plans: readonly Known<FactOf<'plan-published'>>[]
  readonly calendars: readonly Known<FactOf<'calendar-published'>>[]
}

/** Happened before: by the time it happened, then by the time it became known. */
export const byHappening = (a: Known, b: Known): number =>
  a.effective - b.effective || a.seq - b.seq

const read = (facts: readonly FollowUpFact[], knownAt: Millis): Known[] => {
  const known: Known[] = []
  let last = Number.NEGATIVE_INFINITY
  let inOrder = true
  for (const fact of facts) {
    const at = readInstant(fact.at)
    if (at > knownAt) continue
    const happens = 'effective' in fact && fact.effective !== fact.at
    known.push({ fact, at, effective: happens ? readInstant(fact.effective) : at, seq: 0 })
    if (at < last) inOrder = false
    last = at
  }
  if (!inOrder) known.sort((a, b) => a.at - b.at)
  let seq = 0
  for (const entry of known) {
    entry.seq = seq
    seq += 1
  }
  return known
}

export const emptyLog = (id: string): VisitLog => ({
  ...{ id, patient: null, statements: [], stays: [], contacts: [], checks: [], moves: [] },
})

/** Sorts the facts known by `knownAt` into a ledger; repeats of a contact or hand-over fall out. */
export const ledgerOf = (list: readonly FollowUpFact[], knownAt: Millis): Ledger => {
  const visits = new Map<string, VisitLog>()
  const patients = new Map<string, PatientLog>()
  const ledger = {
    facts: read(list, knownAt),
    visits,
    patients,
    merges: [] as Known<FactOf<'patient-merged'>>[],
    handOvers: [] as Known<FactOf<'staff-unavailable'>>[],
    plans: [] as Known<FactOf<'plan-published'>>[],
    calendars: [] as Known<FactOf<'calendar-published'>>[],
  }

  const visit = (id: string): VisitLog => {
    const log = visits.get(id)
    if (log) return log
    const fresh = emptyLog(id)
    visits.set(id, fresh)
    return fresh
  }
  const patient = (id: string): PatientLog => {
    const log = patients.get(id)
    if (log) return log
    const fresh = { id, visits: [], consents: [], life: [], updates: [] }
    patients.set(id, fresh)
    return fresh
  }

  for (const known of ledger.facts) {
    const { fact } = known
    switch (fact.type) {
      case 'discharge':
        addDischarge(visit(fact.visit), known as Known<typeof fact>)
        break
      case 'discharge-corrected':
      case 'discharge-cancelled':
        visit(fact.visit).statements.push(known as Statement)
        break
      case 'admission':
        visit(fact.visit).patient ??= fact.patient
        visit(fact.visit).stays.push(known as StayWord)
        break
      case 'admission-cancelled':
        visit(fact.visit).stays.push(known as StayWord)
        break
      case 'contact':
        addContact(visit(fact.visit).contacts, known as Contact)
        break
      case 'spot-check':
        visit(fact.visit).checks.push(known as Known<typeof fact>)
        break
      case 'window-moved':
        visit(fact.visit).moves.push(known as Known<typeof fact>)
        break
      case 'contact-details-updated':
        patient(fact.patient).updates.push(known as Known<typeof fact>)
        break
      case 'consent':
        patient(fact.patient).consents.push(known as Known<typeof fact>)
        break
      case 'death':
      case 'death-revoked':
        patient(fact.patient).life.push(known as LifeWord)
        break
      case 'patient-merged':
        ledger.merges.push(known as Known<typeof fact>)
        break
      case 'staff-unavailable':
        addHandOver(ledger.handOvers, known as Known<typeof fact>)
        break
      case 'plan-published':
        ledger.plans.push(known as Known<typeof fact>)
        break
      case 'calendar-published':
        ledger.calendars.push(known as Known<typeof fact>)
        break
    }
  }
  for (const log of visits.values()) {
    if (log.patient !== null) patient(log.patient).visits.push(log)
  }
  return ledger
}
