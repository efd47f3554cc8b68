import type { PublishedTable } from './table.ts'

/** An attacker of its own making: it shares no code with what it attacks. */
interface Attack {
  readonly cells: readonly (readonly number[])[]
  readonly threshold: number
  /** Cells with the totals as last row and column; `null`: hidden. */
  readonly seen: readonly (readonly (number | null)[])[]
}

const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

const withTotals = (cells: readonly (readonly number[])[]) => {
  const rows = cells.map((row) => [...row, total(row)])
  return [...rows, rows[0]?.map((_, at) => total(rows.map((row) => row[at] ?? 0))) ?? []]
}

export const attackOn = (
  cells: readonly (readonly number[])[],
  threshold: number,
  shown: PublishedTable,
): Attack => ({
  cells,
  threshold,
  seen: [
    ...shown.cells.map((row, at) => [...row, shown.rowTotals[at] ?? null]),
    [...shown.columnTotals, shown.total],
  ],
})

/** Told which hidden numbers are small, it knows their range. */
const isPossible = (value: number, truth: number, threshold: number) =>
  truth < threshold ? value >= 1 && value < threshold : value >= threshold

const steps = [0, 1, -1, 2, -2]

/**
 * Tries all tables whose hidden cells lie within 2 of the truth, row by row, and gives those places
 * (`row column`) whose hidden number is the same in every one that looks like what is seen.
 */
export const foundOut = ({ cells, threshold, seen }: Attack): string[] => {
  const truth = withTotals(cells)
  const [height, width] = [cells.length, cells[0]?.length ?? 0]
  const fits = (row: number, column: number, value: number) => {
    const shown = seen[row]?.[column] ?? null
    return shown === null
      ? isPossible(value, truth[row]?.[column] ?? 0, threshold)
      : value === shown
  }
  const isElsewhere = (targetRow: number, targetColumn: number): boolean => {
    const tried = cells.map((row) => [...row])
    const candidates = (row: number, column: number) => {
      const value = cells[row]?.[column] ?? 0
      if (seen[row]?.[column] !== null) return [value]
      const isTarget = row === targetRow && column === targetColumn
      return steps
        .slice(isTarget ? 1 : 0)
        .map((step) => value + step)
        .filter((next) => isPossible(next, value, threshold))
    }
    const columnFits = (column: number) =>
      fits(height, column, total(tried.map((row) => row[column] ?? 0)))
    const place = (row: number, column: number): boolean => {
      if (row === height) {
        const all = withTotals(tried)
        return (
          cells[0]?.every((_, at) => columnFits(at)) === true &&
          fits(height, width, all[height]?.[width] ?? 0) &&
          all[targetRow]?.[targetColumn] !== truth[targetRow]?.[targetColumn]
        )
      }
      const line = tried[row] ?? []
      if (column === width) return fits(row, width, total(line)) && place(row + 1, 0)
      return candidates(row, column).some((value) => {
        line[column] = value
        const isLast = row === height - 1
        return (!isLast || columnFits(column)) && place(row, column + 1)
      })
    }
    return place(0, 0)
  }
  return seen.flatMap((line, row) =>
    line.flatMap((shown, column) =>
      shown === null && !isElsewhere(row, column) ? [`${row} ${column}`] : [],
    ),
  )
}

/** A prime small enough that products stay exact; sums of rows and columns keep their rank by it. */
const prime = 32_749
const modulo = (value: number) => ((value % prime) + prime) % prime

const inverse = (value: number): number => {
  let [result, base, power] = [1, modulo(value), prime - 2]
  for (; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % prime
    base = (base * base) % prime
  }
  return result
}

type Equation = readonly number[]

/** Reduced rows by their leading unknown. */
const reduced = (equations: readonly Equation[]) => {
  const leading = new Map<number, number[]>()
  for (const equation of equations) {
    const rest = remainder(leading, equation)
    const at = rest.findIndex((value) => value !== 0)
    if (at < 0) continue
    const scale = inverse(rest[at] ?? 1)
    leading.set(
      at,
      rest.map((value) => modulo(value * scale)),
    )
  }
  return leading
}

const remainder = (leading: ReadonlyMap<number, readonly number[]>, equation: Equation) => {
  const rest = equation.map(modulo)
  for (const [at, row] of [...leading].sort(([a], [b]) => a - b)) {
    const factor = rest[at] ?? 0
    if (factor === 0) continue
    row.forEach((value, other) => {
      rest[other] = modulo((rest[other] ?? 0) - factor * value)
    })
  }
  return rest
}

/**
 * The hidden places whose number is a sum and difference of shown ones, given besides the answers to
 * views (sets of rows and columns); by elimination.
 */
export const linearlyFoundOut = (
  { seen }: Attack,
  views: readonly { readonly rows: readonly number[]; readonly columns: readonly number[] }[] = [],
): string[] => {
  const [height, width] = [seen.length - 1, (seen[0]?.length ?? 1) - 1]
  const unknown = seen.flatMap((line, row) =>
    line.flatMap((shown, column) => (shown === null ? [`${row} ${column}`] : [])),
  )
  const equation = (terms: readonly (readonly [row: number, column: number, sign: number])[]) => {
    const sums = new Map<string, number>()
    for (const [row, column, sign] of terms) sums.set(`${row} ${column}`, sign)
    return unknown.map((name) => sums.get(name) ?? 0)
  }
  const sign = (at: number, last: number) => (at === last ? -1 : 1)
  const equations = [
    ...seen.map((line, row) =>
      equation(line.map((_, column) => [row, column, sign(column, width)])),
    ),
    ...(seen[0] ?? []).map((_, column) =>
      equation(seen.map((_, row) => [row, column, sign(row, height)])),
    ),
    ...views.map(({ rows, columns }) =>
      equation(rows.flatMap((row) => columns.map((column) => [row, column, 1] as const))),
    ),
  ]
  const leading = reduced(equations)
  return unknown.filter((_, at) =>
    remainder(
      leading,
      unknown.map((_, other) => (other === at ? 1 : 0)),
    ).every((value) => value === 0),
  )
}
