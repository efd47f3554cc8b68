const controls = /\p{Cc}+/gu

/** How spreadsheets are made to keep leading zeros: `="00123"`. */
const formulaText = /^="(.*)"$/s

/**
 * What a cell of a file or a database driver holds, as trimmed text on one line: a date as its instant in UTC, a
 * number in full digits, and '' for nothing, for bytes and for structures.
 */
export const cellText = (cell: unknown): string => {
  if (typeof cell === 'string') {
    const text = cell.replace(controls, ' ').trim()
    return formulaText.exec(text)?.[1]?.trim() ?? text
  }
  if (typeof cell === 'number') return Number.isFinite(cell) ? numberText(cell) : ''
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell)
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString()
  return ''
}

const numberText = (cell: number): string =>
  Number.isInteger(cell) ? BigInt(cell).toString() : String(cell)
