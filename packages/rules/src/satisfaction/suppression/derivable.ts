import { canGain, canLose } from './cell.ts'

/** A table whose last row and last column are its totals. */
export type TotalledTable = readonly (readonly number[])[]

/** Which of its numbers are hidden, by row and column. */
export type Hiding = readonly (readonly boolean[])[]

export interface Place {
  readonly row: number
  readonly column: number
}

/**
 * Whether the number at a hidden place follows from all that is shown: from the sums of rows and
 * columns, from numbers being whole, and from hidden ones lying from 1 to below the threshold where
 * they are small, and from the threshold on where they are not.
 *
 * Every other table that looks the same differs by rounds through hidden places, each adding 1 and
 * taking 1 in turn, so that all sums hold (sums of rows and columns make a network flow, and whole
 * flows within bounds differ by such rounds). Hence a number is safe exactly when a round passes
 * through it. A round is a cycle of rows and columns: a step from a row to a column adds, a step back
 * takes. Totals count negatively in the sums of their row and column, so there it is exchanged.
 */
export const isDerivable = (
  table: TotalledTable,
  hiding: Hiding,
  threshold: number,
  at: Place,
): boolean => {
  const [rows, columns] = [table.length, table[0]?.length ?? 0]
  const isTotal = (row: number, column: number) => (row === rows - 1) !== (column === columns - 1)
  const canStep = (row: number, column: number, toColumn: boolean) => {
    if (!hiding[row]?.[column]) return false
    const can = toColumn === isTotal(row, column) ? canLose : canGain
    return can(table[row]?.[column] ?? 0, threshold)
  }
  /** Rows are numbered from 0, columns after them. */
  const isReached = (from: number, to: number): boolean => {
    const seen = new Set([from])
    for (const node of seen) {
      const isRow = node < rows
      for (let other = isRow ? rows : 0; other < (isRow ? rows + columns : rows); other += 1) {
        const [row, column] = isRow ? [node, other - rows] : [other, node - rows]
        if ((row === at.row && column === at.column) || !canStep(row, column, isRow)) continue
        if (other === to) return true
        seen.add(other)
      }
    }
    return false
  }
  const [row, column] = [at.row, rows + at.column]
  const canRound = (toColumn: boolean) =>
    canStep(at.row, at.column, toColumn) &&
    (toColumn ? isReached(column, row) : isReached(row, column))
  return !canRound(true) && !canRound(false)
}
