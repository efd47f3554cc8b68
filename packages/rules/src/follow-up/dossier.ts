import type { Millis } from '../calendar/instant.ts'
import { byHappening, type Contact, emptyLog, type Statement, type VisitLog } from './ledger.ts'
import type { People } from './people.ts'
import { isInFuture } from './repeats.ts'
import type { Scene } from './scene.ts'

/** All that is known of one stay: its own log, and those of visits that turned out to be it. */
export interface Dossier {
  readonly visit: string
  /** The id under which the patient came in. */
  readonly patient: string
  readonly own: VisitLog
  readonly collapsed: readonly VisitLog[]
  /** When it turned out to be another stay itself. */
  readonly collapsedAt: Millis | null
  readonly statements: readonly Statement[]
}

const nobody: readonly VisitLog[] = []

/** One for each visit that was ever discharged, in the order in which visits became known. */
export const dossiersOf = ({ ledger, people }: Scene): readonly Dossier[] => {
  const collapsed =
    people.merges.length === 0 ? null : collapsedInto(ledger.visits.values(), people)
  const dossiers: Dossier[] = []
  for (const own of ledger.visits.values()) {
    const others = collapsed?.get(own.id) ?? nobody
    const dossier = open(own, others, people.collapsedAt(own.id))
    if (dossier) dossiers.push(dossier)
  }
  for (const [visit, others] of collapsed ?? []) {
    if (ledger.visits.has(visit)) continue
    const dossier = open(emptyLog(visit), others, null)
    if (dossier) dossiers.push(dossier)
  }
  return dossiers
}

const collapsedInto = (visits: Iterable<VisitLog>, people: People) =>
  Map.groupBy(
    [...visits].filter(({ id }) => people.collapsedAt(id) !== null),
    ({ id }) => people.visitOf(id),
  )

/** A stay that was discharged only under the other number is followed up under the surviving one. */
const open = (
  own: VisitLog,
  collapsed: readonly VisitLog[],
  collapsedAt: Millis | null,
): Dossier | null => {
  const isOwn = own.statements.some(({ fact }) => fact.type === 'discharge')
  const source = isOwn ? own : collapsed.find(({ statements }) => statements.length > 0)
  if (!source || source.patient === null) return null
  const { patient, statements } = source
  return { visit: own.id, patient, own, collapsed, collapsedAt, statements }
}

/** The contacts known by an instant and past by `asOf`, in the order in which they happened. */
export const contactsOf = (
  { asOf, people }: Scene,
  { own, collapsed }: Pick<Dossier, 'own' | 'collapsed'>,
  by: Millis = Number.POSITIVE_INFINITY,
): readonly Contact[] => {
  if (own.contacts.length === 0 && collapsed.length === 0) return own.contacts
  const isThere = (contact: Contact) =>
    contact.at <= by && (isInFuture(contact) ? contact.at : contact.effective) <= asOf
  const contacts = own.contacts.filter(isThere)
  for (const log of collapsed) {
    if ((people.collapsedAt(log.id) ?? 0) <= by) contacts.push(...log.contacts.filter(isThere))
  }
  return contacts.length > 1 ? contacts.sort(byHappening) : contacts
}
