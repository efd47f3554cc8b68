/** Why a document or a resource could not become an event. Each comes with the element it concerns, never with a value. */
export const refusals = {
  'fhir.too-large': 'a document longer, or a bundle of more entries, than the profile allows',
  'fhir.no-json': 'bytes that are no JSON in UTF-8',
  'fhir.too-deep': 'a resource nested so deeply that it cannot be written again',
  'fhir.no-resource': 'no resource: an object without resourceType, or an entry without an object',
  'fhir.no-patient-id': 'neither an identifier nor an id names the patient',
  'fhir.no-patient': 'a resource that does not say whose it is',
  'fhir.no-visit-number': 'an encounter without identifier and id',
  'fhir.no-time': 'no element says when it happened or was recorded',
  'fhir.bad-time': 'an element that is no real time, or less than a day where one is needed',
  'fhir.no-appointment': 'an appointment without its number, time or service',
  'fhir.no-referral': 'a referral without its number or who sends',
  'fhir.no-response': 'answers to no survey, and of no visit and questionnaire',
  'fhir.unknown-code': 'a code that the profile does not list, where a wrong guess would matter',
  'fhir.merged-into-itself': 'a link whose other side is the patient',
} as const

/** One of the codes of `refusals`. */
export type FhirRefusalCode = keyof typeof refusals

/** A code and the element it is about, e.g. `fhir.bad-time` and `Encounter.period.end`. */
export interface FhirRefusal {
  readonly code: FhirRefusalCode
  readonly field?: string | undefined
}
