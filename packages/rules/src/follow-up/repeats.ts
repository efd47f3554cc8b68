import type { FactOf } from './fact.ts'
import type { Contact, Known, VisitLog } from './ledger.ts'

/** How far a clock may be ahead before what it says is not believed. */
const clockSkew = 5 * 60_000

/** Said to have happened after it was recorded: never valid, however long one waits. */
export const isInFuture = ({ at, effective }: Contact): boolean => effective - at > clockSkew

const isRepeat = (earlier: Contact, later: Contact) =>
  earlier.effective === later.effective &&
  earlier.fact.tier === later.fact.tier &&
  earlier.fact.role === later.fact.role &&
  earlier.fact.result === later.fact.result &&
  earlier.fact.by === later.fact.by

/**
 * A contact told twice is one contact. Only where the first telling lay in the future is the second
 * one believed: it was recorded after the contact took place.
 */
export const addContact = (contacts: Contact[], contact: Contact): void => {
  for (const earlier of contacts) {
    if (!isRepeat(earlier, contact)) continue
    if (isInFuture(earlier) && !isInFuture(contact)) contacts.splice(contacts.indexOf(earlier), 1)
    else return
    break
  }
  contacts.push(contact)
}

/** Whose visit it is, its last discharge says; an old one told again says nothing new. */
export const addDischarge = (visit: VisitLog, discharge: Known<FactOf<'discharge'>>): void => {
  const { patient } = discharge.fact
  const isRepeat = visit.statements.some(
    ({ fact, effective }) =>
      effective === discharge.effective && fact.type === 'discharge' && fact.patient === patient,
  )
  if (!isRepeat) visit.patient = patient
  visit.statements.push(discharge)
}

type HandOver = Known<FactOf<'staff-unavailable'>>

export const addHandOver = (handOvers: HandOver[], handOver: HandOver): void => {
  const { staff, replacement } = handOver.fact
  const repeated = handOvers.some(
    ({ fact, effective }) =>
      fact.staff === staff && fact.replacement === replacement && effective === handOver.effective,
  )
  if (!repeated) handOvers.push(handOver)
}
