import type { AttributedVisit, PayeeTerm, Touch } from '@hospital-crm/rules'
import * as z from 'zod'
import { Sealed } from '../../../kernel/personal.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import type { Attributed, Attribution } from '../schema.ts'
import { leftAt, memberKey, partnerKey, patientKey, recordOf, touchKey, visitKey } from './keys.ts'

type Records = Context<Attribution>

/** What records of other slices say, as far as it matters here. */
const ReferredPerson = z.object({
  kind: z.string(),
  patient: z.string(),
  rep: z.string().optional(),
  partner: z.string().optional(),
  at: z.string(),
  recordedAt: z.string(),
  visit: z.string().optional(),
  number: z.object({ record: z.string() }).optional(),
  confirmations: z.array(z.object({ by: z.string(), at: z.string() })),
  withdrawn: z.object({ at: z.string(), because: z.string() }).optional(),
})
const Visit = z.object({
  status: z.string(),
  patient: z.string(),
  admittedAt: z.string().optional(),
  dischargedAt: z.string().optional(),
  cancelledAt: z.string().optional(),
})
const Person = z.object({
  phones: z.array(Sealed).optional(),
  identifiers: z.array(z.object({ value: Sealed })).optional(),
  merged: z.array(z.string()).optional(),
})
const Member = z.object({ status: z.string(), phone: Sealed.optional() })
const Partner = z.object({
  since: z.string(),
  endedOn: z.string().optional(),
  contacts: z.record(
    z.string(),
    z.object({ phones: z.array(Sealed).optional(), identifier: Sealed.optional() }),
  ),
})

/** Whose visit it is, by the id of their record. */
export const ownerOf = (visit: string, context: Records): string | undefined => {
  const known = context.other(visitKey(visit), Visit)
  return known ? recordOf(known.patient, viewOf(context)) : undefined
}

const viewOf = ({ own, other }: Records) => ({
  own,
  other: (key: Parameters<Records['other']>[0]) => other(key, z.unknown()),
})

/** A touch as the rules take it. The number of one recorded by mistake was never used. */
export const touchOf = (id: string, context: Records): Touch => {
  const known = context.other(touchKey(id), ReferredPerson) ?? refuse('referral.unknown')
  const { patient, withdrawn, number, confirmations, kind, at, recordedAt } = known
  const { rep, partner, visit } = known
  return {
    id,
    ...{ kind, person: recordOf(patient, viewOf(context)), at, recordedAt, confirmations },
    ...(rep !== undefined && { rep }),
    ...(partner !== undefined && { partner }),
    ...(visit !== undefined && { visit }),
    ...(number && withdrawn?.because !== 'mistaken' && { number: number.record }),
    ...(withdrawn && { withdrawnAt: withdrawn.at }),
  }
}

/** A visit as the rules take it, begun by its admission; by its end where only that was told. */
export const visitOf = (id: string, patient: string, context: Records): AttributedVisit | null => {
  const known = context.other(visitKey(id), Visit)
  const registeredAt = known?.admittedAt ?? known?.dischargedAt ?? known?.cancelledAt
  if (!known || registeredAt === undefined) return null
  const cancelledAt = known.status === 'cancelled' ? (known.cancelledAt ?? context.now) : undefined
  return { id, patient, registeredAt, ...(cancelledAt !== undefined && { cancelledAt }) }
}

/** All ids that have come to stand for a person. */
export const idsOf = (patient: string, { other }: Records): string[] => [
  patient,
  ...(other(patientKey(patient), Person)?.merged ?? []),
]

const wordsOf = (values: readonly (Sealed | undefined)[]) =>
  values.flatMap((value) => value?.words ?? [])

/** Keyed hashes of the patient's numbers and phones. Names are no proof of being the same person. */
export const identitiesOf = (patient: string, { other }: Records): string[] => {
  const { phones = [], identifiers = [] } = other(patientKey(patient), Person) ?? {}
  return wordsOf([...phones, ...identifiers.map(({ value }) => value)])
}

const earliest = '1900-01-01'

/** From when until when each of those who are said to have brought the person may be credited. */
export const termsOf = ({ touches }: Attributed, { own, other }: Records): PayeeTerm[] => {
  const reps = new Set(touches.flatMap(({ rep }) => rep ?? []))
  const partners = new Set(touches.flatMap(({ partner }) => partner ?? []))
  return [
    ...[...reps].flatMap((id): PayeeTerm[] => {
      const { status, phone } = other(memberKey(id), Member) ?? { status: 'none' }
      const left = own(leftAt(id))
      const to = status === 'departed' && left.status === 'left' ? left.on : undefined
      // Of somebody who has gone, and nobody knows when, nothing can be said.
      if (status !== 'member' && to === undefined) return []
      const until = to === undefined ? {} : { to }
      return [{ id, from: earliest, ...until, identities: wordsOf([phone]) }]
    }),
    ...[...partners].flatMap((id): PayeeTerm[] => {
      const known = other(partnerKey(id), Partner)
      if (!known) return []
      const { since: from, endedOn, contacts } = known
      const values = Object.values(contacts).flatMap(({ phones = [], identifier }) => [
        ...phones,
        identifier,
      ])
      const until = endedOn === undefined ? {} : { to: endedOn }
      return [{ id, from, ...until, identities: wordsOf(values) }]
    }),
  ]
}
