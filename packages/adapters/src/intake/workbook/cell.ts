import { type CellObject, SSF } from '@e965/xlsx'

interface DateCode {
  readonly y: number
  readonly m: number
  readonly d: number
  readonly H: number
  readonly M: number
  readonly S: number
}
interface Formats {
  is_date(format: string): boolean
  parse_date_code(serial: number, options: { date1904: boolean }): DateCode | null
}
const formats: Formats = SSF

/** A number format that shows leading zeros, as clerks give it to numbers of patients. */
const padding = /^0{2,}$/

/**
 * What a cell holds: a date as `YYYY-MM-DD HH:mm:ss` as it is shown, in no zone, and a number in full digits even
 * where the sheet shows it shortened.
 */
export const cellOf = (cell: CellObject | undefined, date1904: boolean): unknown => {
  if (cell === undefined || cell.t === 'e' || cell.t === 'z') return undefined
  if (cell.t !== 'n' || typeof cell.v !== 'number') return cell.v
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  if (formats.is_date(format)) return dateOf(cell.v, date1904)
  return padding.test(format) ? String(cell.v).padStart(format.length, '0') : cell.v
}

const two = (value: number) => String(value).padStart(2, '0')

const dateOf = (serial: number, date1904: boolean): string | undefined => {
  const date = formats.parse_date_code(serial, { date1904 })
  if (!date) return undefined
  const { y, m, d, H, M, S } = date
  return `${String(y).padStart(4, '0')}-${two(m)}-${two(d)} ${two(H)}:${two(M)}:${two(S)}`
}
