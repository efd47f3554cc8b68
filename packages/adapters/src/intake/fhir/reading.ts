import type { Zone } from '@hospital-crm/rules'
import { instantOf } from '../hl7v2/codec/time.ts'
import { knownTime } from '../hl7v2/mapping/known-time.ts'
import type { FhirRefusal } from './refusal.ts'
import type { Identifier, Reference } from './schema.ts'

/** One resource being read, among those it came with. What cannot be read is noted in `refusals`; nothing throws. */
export interface Reading {
  readonly source: string
  readonly zone: Zone
  readonly refusals: FhirRefusal[]
  /** The resource behind a reference, if it came along. */
  readonly resolve: (reference: Reference | undefined) => unknown
}

/** Notes why a resource cannot be taken. */
export const refuse = (
  { refusals }: Pick<Reading, 'refusals'>,
  code: FhirRefusal['code'],
  field: string,
): undefined => {
  refusals.push({ code, field })
}

/** The number a resource has outside, else the server's id. */
export const numberOf = ({
  identifier,
  id,
}: {
  readonly identifier: readonly Identifier[]
  readonly id?: string | undefined
}): string | undefined => identifier.find(({ value }) => value !== undefined)?.value ?? id

/** The id in a reference such as `Patient/42/_history/2` or a URL that ends so; undefined for `#…` and `urn:…`. */
export const idOf = (reference: string | undefined): string | undefined =>
  /(?:^|\/)[A-Z][A-Za-z]+\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(
    reference ?? '',
  )?.[1]

/** Whether a reference points to a resource of that type. */
export const isOfType = (
  { resolve }: Reading,
  reference: Reference | undefined,
  type: string,
): boolean => {
  const found = resolve(reference) as { resourceType?: unknown } | undefined
  const named = reference?.reference?.split('/') ?? []
  return found ? found.resourceType === type : named.includes(type)
}

/** The instant of a FHIR dateTime in UTC; a plain date is its local midnight. Refused when it is no real day. */
export const instantAt = (
  { zone, refusals }: Reading,
  text: string | undefined,
  field: string,
): string | undefined => {
  if (text === undefined) return undefined
  const time = knownTime(text, () => refuse({ refusals }, 'fhir.bad-time', field))
  return time && instantOf(time, zone)
}
