/**
 * Why a row could not become an event, or a file could not be read by its mapping at all. Each comes with the
 * place in the mapping it concerns, and never with a value.
 */
export const refusals = {
  'columns.no-number': 'no column names the patient by a number',
  'columns.no-visit-number': 'the row tells of a visit and does not number it',
  'columns.no-time': 'no column says when it happened or was recorded',
  'columns.bad-time': 'a column holds no real date or time, or less than a day where one is needed',
  'columns.no-charge': 'a line of a bill without its number, day, amount, category or payer',
  'columns.bad-amount': 'an amount or a count that is none, or finer than the smallest coin',
  'columns.unknown-code': 'a code that the mapping does not list, where a wrong guess would matter',
  'columns.no-retired-number': 'a merge without the number that is retired',
  'columns.merged-into-itself': 'a merge whose retired number is the surviving one',
  'columns.unreadable-text': 'a character that the bytes do not give in the charset of the file',
  'columns.uneven-row': 'a row with fewer or more cells than the header',
} as const

/** One of the codes of `refusals`. */
export type RowRefusalCode = keyof typeof refusals

/** A code and the place in the mapping it is about, e.g. `columns.bad-time` and `visit.dischargedAt`. */
export interface RowRefusal {
  readonly code: RowRefusalCode
  readonly field?: string | undefined
}
