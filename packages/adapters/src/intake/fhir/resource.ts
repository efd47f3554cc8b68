import { hash } from 'node:crypto'
import type { IntakeEvent } from '@hospital-crm/core'
import type { Zone } from '@hospital-crm/rules'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { appointmentEvent } from './appointment.ts'
import type { Came, resolverOf } from './documents.ts'
import { encounterEvent } from './encounter.ts'
import { patientEvents } from './patient.ts'
import type { Settled } from './profile.ts'
import { instantAt, type Reading } from './reading.ts'
import { referralEvent } from './referral.ts'
import type { FhirRefusal } from './refusal.ts'
import { responseEvent } from './response.ts'
import {
  Appointment,
  Encounter,
  Patient,
  QuestionnaireResponse,
  Resource,
  ServiceRequest,
} from './schema.ts'

interface Origin {
  readonly source: string
  /** `Encounter/42`, with its version where it has one; missing for what has no id. */
  readonly key?: string
  /** SHA-256, hex, of the resource as JSON, or of the bytes that hold none. */
  readonly hash: string
  /** The resource with what it refers to, as a bundle that `readFhir` reads again; or the bytes that hold none. */
  readonly raw: Uint8Array
}

/** What became of a resource. */
export type FhirOutcome =
  | { readonly kind: 'event'; readonly event: IntakeEvent; readonly raw: Uint8Array }
  | ({ readonly kind: 'ignored'; readonly type: string } & Origin)
  | ({ readonly kind: 'unreadable' } & FhirRefusal & Origin)

/** What all resources of a document share. */
export interface Whole {
  readonly source: string
  readonly zone: Zone
  readonly settled: Settled
  readonly toResolve: ReturnType<typeof resolverOf>
  /** The time of a resource that says none itself. */
  readonly otherwise: string | undefined
}

/** Everything one resource gives: an event, of a merged patient perhaps several. */
export const outcomesOf = ({ resource, isDeleted }: Came, whole: Whole): FhirOutcome[] => {
  const { source, zone, toResolve, otherwise } = whole
  const read = Resource.safeParse(resource).data
  const text = textOf(resource)
  const used = new Set<unknown>()
  const key = read && keyOf(read)
  const origin = { source, ...(key !== undefined && { key }), hash: hash('sha256', text ?? '') }
  const withRaw = <Told extends object>(told: Told): Told & { readonly raw: Uint8Array } => ({
    ...told,
    // Needed of few resources, so it is made when somebody asks for it.
    get raw() {
      return rawOf(text, used)
    },
  })

  if (text === undefined) return [withRaw({ kind: 'unreadable', code: 'fhir.too-deep', ...origin })]
  if (!read) return [withRaw({ kind: 'unreadable', code: 'fhir.no-resource', ...origin })]
  const type = isDeleted ? `DELETE ${read.resourceType}` : read.resourceType
  const refusals: FhirRefusal[] = []
  const reading: Reading = { source, zone, refusals, resolve: toResolve(read.contained, used) }
  const told = isDeleted ? undefined : toldBy(reading, resource, read.resourceType, whole.settled)
  if (!told) return [withRaw({ kind: 'ignored', type, ...origin })]
  const recordedAt = instantAt({ ...reading, refusals: [] }, read.meta?.lastUpdated, '')
  const events = told.flatMap((event) => {
    const occurredAt = statedTime(event) ?? recordedAt ?? otherwise
    if (occurredAt === undefined) refusals.push({ code: 'fhir.no-time', field: 'meta.lastUpdated' })
    return occurredAt === undefined ? [] : [{ ...event, occurredAt } as Mapped]
  })
  const [refusal] = refusals
  if (refusal) return [withRaw({ kind: 'unreadable', ...refusal, ...origin })]
  return events.map((event, place) => {
    const own = key ?? origin.hash
    const provenance = {
      ...origin,
      key: place === 0 ? own : `${own}#${place + 1}`,
      ...(recordedAt !== undefined && { recordedAt }),
    }
    return withRaw({ kind: 'event', event: { ...provenance, ...event } })
  })
}

const keyOf = ({ resourceType, id, meta }: Resource): string | undefined => {
  if (id === undefined) return undefined
  const version = meta?.versionId
  return `${resourceType}/${id}${version === undefined ? '' : `/_history/${version}`}`
}

type One = ReturnType<
  typeof encounterEvent | typeof appointmentEvent | typeof referralEvent | typeof responseEvent
>
type Told = ReturnType<typeof patientEvents>[number] | Exclude<One, 'ignored' | undefined>

/** What a resource says that concerns us; undefined when nothing does, empty when something is refused. */
const toldBy = (
  reading: Reading,
  resource: unknown,
  type: string,
  settled: Settled,
): Told[] | undefined => {
  if (type === 'Patient') return patientEvents(reading, Patient.parse(resource))
  const event = oneTold(reading, resource, type, settled)
  return event === 'ignored' ? undefined : event ? [event] : []
}

const oneTold = (
  reading: Reading,
  resource: unknown,
  type: string,
  { appointments, referrals, responses }: Settled,
): One => {
  if (type === 'Encounter') return encounterEvent(reading, Encounter.parse(resource))
  if (type === 'Appointment' && appointments) {
    return appointmentEvent(reading, Appointment.parse(resource), appointments)
  }
  if (type === 'ServiceRequest' && referrals) {
    return referralEvent(reading, ServiceRequest.parse(resource), referrals)
  }
  if (type === 'QuestionnaireResponse' && responses) {
    return responseEvent(reading, QuestionnaireResponse.parse(resource), responses)
  }
  return 'ignored'
}

const statedTime = (event: Told): string | undefined => {
  if ('occurredAt' in event) return event.occurredAt
  if (!('visit' in event)) return undefined
  const { admittedAt, dischargedAt } = event.visit
  if (event.type === 'discharged') return dischargedAt
  return event.type === 'admitted' || event.type === 'registered' ? admittedAt : undefined
}

const textOf = (resource: unknown): string | undefined => {
  try {
    return JSON.stringify(resource) ?? ''
  } catch {
    return undefined
  }
}

const rawOf = (text: string | undefined, used: ReadonlySet<unknown>): Uint8Array => {
  const entries = [text ?? 'null', ...[...used].map((resource) => textOf(resource) ?? 'null')]
  const resources = entries.map((resource) => `{"resource":${resource || 'null'}}`)
  return new TextEncoder().encode(
    `{"resourceType":"Bundle","type":"collection","entry":[${resources.join(',')}]}`,
  )
}
