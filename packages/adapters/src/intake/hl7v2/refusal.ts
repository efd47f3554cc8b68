/**
 * Why a message, or a piece of an input, could not become an event. Each comes with the field it concerns
 * where there is one, and never with a value of it.
 */
export const refusals = {
  'hl7.no-message': 'lines that belong to no message: text before the first MSH or between frames',
  'hl7.no-segment': 'a line inside a message that is no segment; the rest of the message was read',
  'hl7.too-long': 'a message, or text between messages, longer than the source profile allows',
  'hl7.too-many':
    'more than 1000 numbers in one field (PID-3, MRG-1), more than 5000 FT1, or several PID of one appointment',
  'hl7.charset': 'bytes that are not clean text in the declared, settled or any likely charset',
  'hl7.bad-header': 'an MSH without usable delimiters',
  'hl7.no-type': 'MSH-9 does not say what the message is about',
  'hl7.no-control-id': 'MSH-10 is empty, so a repetition could not be recognised',
  'hl7.no-patient-id': 'neither PID-3 nor PID-2, PID-4 or PID-19 names the patient',
  'hl7.no-retired-id': 'a merge without the number that is retired (MRG-1)',
  'hl7.merged-into-itself': 'a merge whose retired number is the surviving one',
  'hl7.no-visit-number': 'PV1-19 and PID-18 are empty, and no admission time stands in for them',
  'hl7.no-time': 'no field says when it happened or was recorded',
  'hl7.bad-time': 'a field holds no real date or time, or less than a day where one is needed',
  'hl7.no-appointment': 'an appointment without its number, time, schedule or channel',
  'hl7.no-charge': 'a line of a bill without its number, type, day, amount, category or payer',
  'hl7.bad-amount': 'an amount that is none, finer than the smallest coin, or in another currency',
  'hl7.unknown-code': 'a code that the profile does not list, where a wrong guess would matter',
} as const

/** One of the codes of `refusals`. */
export type Hl7RefusalCode = keyof typeof refusals

/** A code and the field it is about, e.g. `hl7.bad-time` and `PV1-45`. */
export interface Hl7Refusal {
  readonly code: Hl7RefusalCode
  readonly field?: string | undefined
}
