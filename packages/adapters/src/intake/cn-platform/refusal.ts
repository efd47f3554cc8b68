/**
 * Why a request to a platform service could not become an event. Each comes with the element it concerns, never with a
 * value, or with the service that nobody knows.
 */
export const refusals = {
  'cn-platform.too-large': 'a request longer than the profile allows',
  'cn-platform.charset': 'bytes that are not clean text in the declared or any likely charset',
  'cn-platform.no-xml':
    'text that is no well-formed XML, or nested deeper than any message of the platform',
  'cn-platform.doctype': 'XML that declares entities or a document type, which no service needs',
  'cn-platform.no-service':
    'neither the request nor its SOAP action says which service is called, and its root is that of several',
  'cn-platform.unknown-service':
    'a service that is neither standard (S0001 to S0054) nor settled in the profile',
  'cn-platform.query':
    'a query, which whoever keeps the records has to answer; it is counted as ignored and answered with AE',
  'cn-platform.no-message':
    'a call without a message, or a message without what its service is about',
  'cn-platform.no-message-id': 'no message id, so a repetition could not be recognised',
  'cn-platform.no-patient-id': 'no number names the patient',
  'cn-platform.no-retired-id': 'a merge without the number that is retired',
  'cn-platform.merged-into-itself': 'a merge whose retired number is the surviving one',
  'cn-platform.no-visit-number': 'neither a visit number nor an inpatient or outpatient number',
  'cn-platform.no-time': 'no element says when it happened or was recorded',
  'cn-platform.bad-time': 'an element that holds no real date or time',
  'cn-platform.no-appointment':
    'an appointment without its number, status, beginning, or what is booked',
  'cn-platform.unknown-code': 'a status or schedule that the profile does not list',
} as const

/** One of the codes of `refusals`. */
export type CnPlatformRefusalCode = keyof typeof refusals

/** A code and the element it is about, e.g. `cn-platform.bad-time` and `encounterEvent/effectiveTime/high`. */
export interface CnPlatformRefusal {
  readonly code: CnPlatformRefusalCode
  readonly field?: string | undefined
}
