import { hash } from 'node:crypto'
import { zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { comingIn, resolverOf } from './documents.ts'
import { FhirProfile } from './profile.ts'
import type { FhirRefusalCode } from './refusal.ts'
import { type FhirOutcome, outcomesOf } from './resource.ts'

/** What the host knows besides a document. */
export interface FhirOptions {
  /** When it came, in UTC, for resources and bundles that say no time themselves. */
  readonly receivedAt?: string
}

/**
 * Reads a FHIR R4 document, a bundle or one resource, as outcomes for `crm.intakes.take`: Patient and Encounter become
 * events, and what else the profile settles; everything else is counted as ignored by its type. What they refer to is found in the document. Never throws
 * for what is in the bytes. Throws a ZodError for a wrong profile, and refuses an unknown zone (`zone.unknown`).
 */
export const readFhir = (
  bytes: Uint8Array,
  profile: FhirProfile,
  { receivedAt }: FhirOptions = {},
): FhirOutcome[] => {
  const { source, maxBytes = 1 << 24, maxEntries = 10_000, ...settled } = FhirProfile.parse(profile)
  const zone = zoneOf(settled.zone)
  const unread = (code: FhirRefusalCode): FhirOutcome[] => [
    { kind: 'unreadable', code, source, hash: hash('sha256', bytes), raw: bytes },
  ]
  if (bytes.length > maxBytes) return unread('fhir.too-large')
  const document = parsed(bytes)
  if (document === undefined) return unread('fhir.no-json')
  const { resources, timestamp } = comingIn(document)
  if (resources.length > maxEntries) return unread('fhir.too-large')
  const whole = {
    source,
    zone,
    settled,
    toResolve: resolverOf(resources),
    otherwise: z.iso.datetime({ offset: true }).safeParse(timestamp).data ?? receivedAt,
  }
  return resources.flatMap((came) => outcomesOf(came, whole))
}

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
