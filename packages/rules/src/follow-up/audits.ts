import type { Millis } from '../calendar/instant.ts'
import { contactsOf, type Dossier } from './dossier.ts'
import { type Bench, weigh } from './evidence.ts'
import type { Contact, VisitLog } from './ledger.ts'
import type { Scene } from './scene.ts'

/** A spot check of the contact that completed a task when the check was made. */
export interface Audit {
  readonly tier: number
  readonly contact: Contact
  readonly isFailed: boolean
}

export interface Audits {
  readonly audits: readonly Audit[]
  readonly voided: ReadonlySet<Contact>
}

const none: Audits = { audits: [], voided: new Set() }

/**
 * Follows the spot checks up to `by` in the order in which they became known. A check that finds
 * nothing completed, or is made by the performer, counts for nothing.
 */
export const auditsOf = (scene: Scene, dossier: Dossier, bench: Bench, by: Millis): Audits => {
  const { own, collapsed } = dossier
  if (own.checks.length === 0 && collapsed.length === 0) return none
  const checks = [own, ...collapsed].flatMap((log) =>
    log.checks.map((check) => ({ log, ...check })),
  )
  const audits: Audit[] = []
  const voided = new Set<Contact>()
  for (const { log, fact, at } of checks.sort((a, b) => a.seq - b.seq)) {
    const revisions = bench.revisions.filter(({ known }) => known <= at)
    if (at > by || at >= bench.until) continue
    const contacts = contactsThen(scene, dossier, log, at)
    const tiers = weigh({ ...bench, revisions, voided }, contacts)
    const contact = tiers.find(({ window }) => window.tier.number === fact.tier)?.completion
      ?.contact
    if (!contact || contact.fact.by === fact.auditor) continue
    const isFailed = fact.finding === 'failed'
    audits.push({ tier: fact.tier, contact, isFailed })
    if (isFailed) voided.add(contact)
  }
  return { audits, voided }
}

/** Until it collapsed, a visit was checked by its own contacts alone. */
const contactsThen = (scene: Scene, dossier: Dossier, log: VisitLog, at: Millis) => {
  const isAlone = (scene.people.collapsedAt(log.id) ?? 0) > at
  return contactsOf(scene, isAlone ? { own: log, collapsed: [] } : dossier, at)
}
