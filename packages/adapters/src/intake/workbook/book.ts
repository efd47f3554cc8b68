import { type DenseSheet, read, set_cptable, type WorkBook } from '@e965/xlsx'
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { refuse } from '@hospital-crm/core'
import type { TableRow } from '../columns/table.ts'
import { wholeText } from '../csv/charset.ts'
import { cellOf } from './cell.ts'
import { unpackedSize } from './packed.ts'

/** How much more than the limit of the file may be packed in it. */
const mostPacked = 20

// Without these tables only texts in UTF-16 can be read.
set_cptable(codepages)

/** Opens a workbook; refuses what is none, is locked, damaged or beyond the limit. */
export const openBook = (bytes: Uint8Array, maxBytes: number, codepage: number): WorkBook => {
  const kind = kindOf(bytes) ?? refuse('workbook.none')
  const packed = kind === 'archive' ? (unpackedSize(bytes) ?? 0) : 0
  if (bytes.length > maxBytes || packed > mostPacked * maxBytes) {
    refuse('workbook.too-large', { maxBytes })
  }
  const options = { dense: true, raw: true, cellNF: true, cellHTML: false, codepage } as const
  try {
    return kind === 'markup'
      ? read(wholeText(bytes), { ...options, type: 'string' })
      : read(bytes, { ...options, type: 'array' })
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message)
    return refuse(isLocked ? 'workbook.locked' : 'workbook.damaged')
  }
}

type Kind = 'archive' | 'records' | 'markup'

/** By its first bytes: an archive, the records of an old .xls with or without their container, or markup. */
const kindOf = (bytes: Uint8Array): Kind | undefined => {
  const [first = 0, second = 0] = bytes
  if (first === 0x50 && second === 0x4b) return 'archive'
  if (first === 0xd0 && second === 0xcf) return 'records'
  if (first === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(second)) return 'records'
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replaceAll('\0', '')
  return /^[^\w<]*<[!?a-z]/i.test(beginning) ? 'markup' : undefined
}

/** The names of a workbook's sheets with their rows, counted from 1 as the sheet shows them. */
export const sheetsOf = (book: WorkBook): { name: string; rows: () => TableRow[] }[] => {
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  return book.SheetNames.map((name) => {
    const sheet = book.Sheets[name] as DenseSheet | undefined
    const cells = sheet?.['!data'] ?? []
    const rows = () =>
      // Rows and cells without content are holes.
      Array.from(cells, (row, place) => ({
        line: place + 1,
        cells: Array.from(row ?? [], (cell) => cellOf(cell, date1904)),
      }))
    return { name, rows }
  })
}
