/** Why a file is refused as a whole, before its first row. */
export const refusals = {
  'workbook.too-large': 'a file, or what is packed in it, larger than the limit',
  'workbook.none': 'a file that is no workbook; text under the name of one is read as CSV',
  'workbook.locked': 'a workbook under a password',
  'workbook.damaged': 'a workbook that cannot be read',
  'workbook.no-sheet': 'no sheet of the name that was asked for',
} as const

/** One of the codes of `refusals`. */
export type WorkbookRefusalCode = keyof typeof refusals
