import { hash } from 'node:crypto'
import type { IntakeEvent } from '@hospital-crm/core'
import { zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { encodingOf } from '../hl7v2/codec/charset.ts'
import { decodeBy } from '../hl7v2/codec/decode.ts'
import { callOf, withAction } from './call.ts'
import { findIn, type Reading } from './elements.ts'
import { eventOf } from './event.ts'
import type { CnPlatformRefusal } from './refusal.ts'
import { meaningOf, meanings } from './services.ts'
import { at, attribute } from './xml.ts'

const Text = z.string().trim().min(1)

/** What a hospital settles once for its platform. */
export const CnPlatformProfile = z.strictObject({
  /** The feed, e.g. `cn-platform:esb`. */
  source: Text,
  /** IANA name of the zone in which times are meant, e.g. `Asia/Shanghai`. */
  zone: Text,
  /** Who gives the numbers of patients; the source itself unless told. The same here and in other feeds joins them. */
  authority: Text.optional(),
  /** What a vendor's own service codes mean; they go before the standard ones. */
  services: z.record(Text, z.enum(meanings)).optional(),
  /** The longest request taken, in bytes; 4 MiB by default. */
  maxBytes: z.int().positive().optional(),
})
export type CnPlatformProfile = z.infer<typeof CnPlatformProfile>

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
  | ({ readonly kind: 'ignored'; readonly type: string } & Origin)
  | ({ readonly kind: 'unreadable' } & CnPlatformRefusal & Origin)

/**
 * Reads a call of a hospital platform's service (S0001 to S0033 and their names), in a SOAP envelope or bare, as an
 * outcome for `crm.intakes.take`. The service decides what a message means, never its root element; services that
 * concern nothing here are counted as ignored. Never throws for what is in the body; throws a ZodError for a wrong
 * profile, and refuses an unknown zone (`zone.unknown`).
 */
export const readCnPlatform = (
  { body, soapAction }: CnPlatformRequest,
  profile: CnPlatformProfile,
): CnPlatformOutcome => {
  const { source, ...settled } = CnPlatformProfile.parse(profile)
  const { authority = source, services = {}, maxBytes = 1 << 22 } = settled
  const reading: Reading = { zone: zoneOf(settled.zone), authority, refusals: [] }
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
  const { service, message } = call
  const key = attribute(at(message, 'id'), 'extension')
  const origin = { source, ...(key !== undefined && { key }), hash: hash('sha256', call.text) }
  if (service === undefined) return unread({ code: 'cn-platform.no-service' }, origin)
  const meaning = meaningOf(service, statusOf(message), services)
  if (meaning === undefined) return { kind: 'ignored', type: named(service), ...origin, raw }
  if (key === undefined) return unread({ code: 'cn-platform.no-message-id', field: 'id' }, origin)
  const event = eventOf(reading, message, meaning)
  const [refusal] = reading.refusals
  if (refusal || !event) return unread(refusal ?? { code: 'cn-platform.no-message' }, origin)
  return { kind: 'event', event: { ...origin, key, ...event }, raw }
}

/** A service that nobody knows is counted under its name only where that is one. */
const named = (service: string) => (/^[\w-]{1,64}$/.test(service) ? service : 'unknown')

const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/

const decoded = (body: Uint8Array): string | undefined => {
  const front = new TextDecoder('latin1').decode(body.subarray(0, 200))
  const encoding = encodingOf(declared.exec(front)?.[1] ?? '')
  return decodeBy(body, encoding, true)?.text
}

const statusOf = (message: unknown) =>
  attribute(at(findIn(message, 'encounterEvent'), 'statusCode'), 'code')
