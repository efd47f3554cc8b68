import { hash } from 'node:crypto'
import type { IntakeEvent } from '@hospital-crm/core'
import { zoneOf } from '@hospital-crm/rules'
import { at, attribute } from '../../xml.ts'
import { encodingOf } from '../hl7v2/codec/charset.ts'
import { decodeBy } from '../hl7v2/codec/decode.ts'
import { callOf, withAction } from './call.ts'
import { dispatch } from './dispatch.ts'
import { findIn, type Reading } from './elements.ts'
import { eventOf } from './event.ts'
import { CnPlatformProfile } from './profile.ts'
import type { CnPlatformRefusal } from './refusal.ts'
import { isCancelled } from './status.ts'

/** A request as it came over HTTP. */
export interface CnPlatformRequest {
  readonly body: Uint8Array
  /** The SOAPAction header, or the action of the content type. */
  readonly soapAction?: string | undefined
}

interface Origin {
  readonly source: string
  /** The id of the message. */
  readonly key?: string
  /** SHA-256, hex, of the message's text, or of a body that holds none. */
  readonly hash: string
  /** The request with its SOAP action, as a body that can be read again. */
  readonly raw: Uint8Array
}

/** What became of a request. */
export type CnPlatformOutcome =
  | { readonly kind: 'event'; readonly event: IntakeEvent; readonly raw: Uint8Array }
  | ({
      readonly kind: 'ignored'
      /** The service by its standard name, or as a vendor calls it. */
      readonly type: string
      /** Why its sender gets no answer here: it asks for what others keep. */
      readonly because?: 'cn-platform.query'
    } & Origin)
  | ({ readonly kind: 'unreadable' } & CnPlatformRefusal & Origin)

/**
 * Reads a call of a hospital platform's service (S0001 to S0054 and their names), in a SOAP envelope or bare, as an
 * outcome for `crm.intakes.take`. The service decides what a message means; its root element only where nothing names
 * the service and all services of that root mean the same. Services that concern nothing here and queries are counted
 * as ignored, an unknown service is refused. Never throws for what is in the body; throws a ZodError for a wrong
 * profile, and refuses an unknown zone (`zone.unknown`).
 */
export const readCnPlatform = (
  { body, soapAction }: CnPlatformRequest,
  profile: CnPlatformProfile,
): CnPlatformOutcome => {
  const { source, ...settled } = CnPlatformProfile.parse(profile)
  const { authority = source, services = {}, appointments, maxBytes = 1 << 22 } = settled
  const reading: Reading = { zone: zoneOf(settled.zone), authority, appointments, refusals: [] }
  const text = body.length > maxBytes ? undefined : decoded(body)
  const isBare = soapAction === undefined || text === undefined
  const raw = isBare ? body : new TextEncoder().encode(withAction(text, soapAction))
  const unread = (
    refusal: CnPlatformRefusal,
    origin = { source, hash: hash('sha256', body) },
  ): CnPlatformOutcome => ({ kind: 'unreadable', ...refusal, ...origin, raw })
  if (body.length > maxBytes) return unread({ code: 'cn-platform.too-large' })
  if (text === undefined) return unread({ code: 'cn-platform.charset' })
  const call = callOf(text, soapAction)
  if (typeof call === 'string') return unread({ code: call })
  const { service, root, message } = call
  const key = attribute(at(message, 'id'), 'extension')
  const origin = { source, ...(key !== undefined && { key }), hash: hash('sha256', call.text) }
  const called = dispatch(service, root, isCancelled(findIn(message, 'encounterEvent')), services)
  if (!called) {
    return service === undefined
      ? unread({ code: 'cn-platform.no-service' }, origin)
      : unread({ code: 'cn-platform.unknown-service', field: named(service) }, origin)
  }
  const { name: type, treatment } = called
  const passed = { kind: 'ignored', type, ...origin, raw } as const
  if (treatment === 'query') return { ...passed, because: 'cn-platform.query' }
  if (treatment === 'ignored') return passed
  if (key === undefined) return unread({ code: 'cn-platform.no-message-id', field: 'id' }, origin)
  const event = eventOf(reading, message, treatment)
  const [refusal] = reading.refusals
  if (event === 'ignored') return passed
  if (refusal || !event) return unread(refusal ?? { code: 'cn-platform.no-message' }, origin)
  return { kind: 'event', event: { ...origin, key, ...event }, raw }
}

/** A service that nobody knows is named only where that is a name. */
const named = (service: string) => (/^[\w-]{1,64}$/.test(service) ? service : undefined)

const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/

const decoded = (body: Uint8Array): string | undefined => {
  const front = new TextDecoder('latin1').decode(body.subarray(0, 200))
  const encoding = encodingOf(declared.exec(front)?.[1] ?? '')
  return decodeBy(body, encoding, true)?.text
}
