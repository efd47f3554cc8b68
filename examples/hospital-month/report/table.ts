import Table from 'cli-table3'

export type Cell = string | number

const isNumber = (cell: Cell | undefined) =>
  typeof cell === 'number' || /^[\d.,]+ ?%?$/.test(cell ?? '')

/** A plain table under a title; columns of figures are flush right. Wide characters count as two. */
export const table = (
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
) => {
  const drawn = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, at) =>
      rows.length > 0 && rows.every((row) => isNumber(row[at])) ? 'right' : 'left',
    ),
  })
  drawn.push(...rows.map((row) => row.map(String)))
  return rows.length === 0 ? `${title}: nothing\n` : `${title}\n${drawn.toString()}\n`
}

export const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
