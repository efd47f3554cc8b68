import * as z from 'zod'
import { linked, linkedKeys } from '../../kernel/links.ts'
import type { Context, Seen } from '../../kernel/slice.ts'
import type { Key } from '../../ports/store.ts'
import type { Charged, Merit } from './schema.ts'

const visitKey = (id: string): Key => ({ kind: 'encounter', id })
const patientKey = (id: string): Key => ({ kind: 'patient', id })
const meritKey = (id: string): Key => ({ kind: 'attribution', id })

const Visit = z.object({ patient: z.string() })
const Link = z.object({ into: z.string().optional() })
const Credit = z.object({
  role: z.enum(['rep', 'partner']),
  payee: z.string().nullable(),
  touch: z.string().nullable(),
  holds: z.array(z.enum(['dispute', 'self-referral'])).readonly(),
})
const Attributed = z.object({
  decided: z.array(
    z.object({
      visit: z.string(),
      rules: z.string(),
      occasion: z.enum(['first', 'return']),
      credits: z.object({ rep: Credit, partner: Credit }),
    }),
  ),
})

/** The visit, whose it is through all merges, and where the merit of it is on record. */
export const needs = ({ visit }: { visit: string }, { other }: Seen<Charged>): readonly Key[] => {
  const known = other(visitKey(visit)) as { patient?: string } | null | undefined
  if (!known?.patient) return [visitKey(visit)]
  const persons = linkedKeys(patientKey(known.patient), other)
  const survivor = persons.at(-1)?.id ?? known.patient
  return [visitKey(visit), ...persons, ...linkedKeys(meritKey(survivor), other)]
}

export const patientOf = (visit: string, { other }: Context<Charged>): string | undefined =>
  other(visitKey(visit), Visit)?.patient

/** Whose merit the visit is; `undefined` where it is nobody's. */
export const meritOf = (visit: string, context: Context<Charged>): Merit | undefined => {
  const { other } = context
  const patient = patientOf(visit, context)
  if (patient === undefined) return undefined
  const last = (id: string, key: (id: string) => Key) =>
    linked(id, (each) => other(key(each), Link)).at(-1) ?? id
  const record = last(last(patient, patientKey), meritKey)
  const known = other(meritKey(record), Attributed.partial())?.decided
  const found = known?.find((one) => one.visit === visit)
  if (!found) return undefined
  const { rules, occasion } = found
  const credits = [found.credits.rep, found.credits.partner].flatMap(
    ({ role, payee, touch, holds }) =>
      payee === null || touch === null ? [] : [{ role, payee, touch, holds }],
  )
  return credits.length === 0 ? undefined : { rules, occasion, credits }
}
