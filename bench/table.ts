import { isReached, type Measured } from './measure.ts'

const figure = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

const goalOf = ({ goal, tells }: Measured) =>
  goal === undefined ? '' : `${tells === 'speed' ? '≥' : '≤'} ${goal.toLocaleString('en')}`

const verdictOf = (measured: Measured) => {
  const reached = isReached(measured)
  if (reached === undefined) return 'for information'
  return reached ? 'ok' : 'below goal'
}

const head = ['', 'held against', 'ratio', 'min … max', 'goal', '', 'a second, ours / theirs']

const rowOf = (measured: Measured): readonly string[] => {
  const { name, yardstick, tells, ratio, unit, ours, theirs, aim } = measured
  const aimed = aim === undefined ? '' : ` (aim ${figure(aim)})`
  return [
    name,
    yardstick,
    `${figure(ratio.median)}${tells === 'speed' ? '×' : '× the time'}`,
    `${figure(ratio.min)} … ${figure(ratio.max)}`,
    goalOf(measured),
    verdictOf(measured),
    `${figure(ours)} / ${figure(theirs)} ${unit}${aimed}`,
  ]
}

/** The pairs of one bench as a table of plain text. */
export const tableOf = (bench: string, results: readonly Measured[]): string => {
  const rows = [[bench, ...head.slice(1)], ...results.map(rowOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], '─'.repeat(Math.max(...lines.map(({ length }) => length))), ...lines.slice(1)]
    .join('\n')
    .concat('\n')
}
