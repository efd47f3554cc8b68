import * as z from 'zod'
import { Instant, readInstant } from '../calendar/instant.ts'
import type { GateSubject } from './subject.ts'

const Word = z.string().min(1)

const Signature = z.strictObject({ person: Word, role: Word })

/**
 * Two named persons of two roles answer for one row of a profile, on a recorded legal opinion and
 * until an instant. Refuses one person or one role twice, and an end that is not after the beginning.
 */
export const Release = z
  .strictObject({
    id: Word,
    /** The profile's version, `id@version`, and the row it releases. */
    profile: Word,
    rule: Word,
    /** Only for these; for anybody the row names where it lacks. */
    payees: z.array(Word).optional(),
    by: z.tuple([Signature, Signature]),
    opinion: z.strictObject({ author: Word, document: Word }),
    at: Instant,
    /** The first instant at which it no longer holds. */
    validUntil: Instant,
  })
  .refine(({ by: [one, other] }) => one.person !== other.person, {
    path: ['by'],
    message: 'release.one-person',
  })
  .refine(({ by: [one, other] }) => one.role !== other.role, {
    path: ['by'],
    message: 'release.one-role',
  })
  .refine(({ at, validUntil }) => readInstant(at) < readInstant(validUntil), {
    path: ['validUntil'],
    message: 'release.ends-before-it-begins',
  })
export type Release = z.infer<typeof Release>

/** Why a release does not answer for this subject at an instant; null where it does. */
export const releaseFault = (
  release: Release,
  subject: Pick<GateSubject, 'payee'>,
  at: string,
): 'not-yet' | 'expired' | 'other-payee' | 'own-release' | null => {
  const { payee } = subject
  if (readInstant(at) < readInstant(release.at)) return 'not-yet'
  if (readInstant(at) >= readInstant(release.validUntil)) return 'expired'
  if (release.payees && !(payee !== undefined && release.payees.includes(payee))) {
    return 'other-payee'
  }
  return release.by.some(({ person }) => person === payee) ? 'own-release' : null
}
