/** Why a line of a file is no row. Each comes with the number of the line. */
export const refusals = {
  'csv.bad-quote': 'a quotation that begins inside a cell or does not end',
  'csv.too-long': 'a line longer than 262144 characters, of which only the beginning is kept',
} as const

/** One of the codes of `refusals`. */
export type CsvRefusalCode = keyof typeof refusals
