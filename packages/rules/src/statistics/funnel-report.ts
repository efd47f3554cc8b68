import { type Cell, type Selection, tally } from './cell.ts'
import { itemChart, type Labels, labelled, type Report, reportOf } from './chart.ts'

export interface FunnelQuery extends Omit<Selection, 'by'> {
  readonly id: string
  /** Measures, from the widest to the narrowest. */
  readonly stages: readonly string[]
  readonly labels?: Labels | undefined
}

const percent = (over: number, under: number) => (under === 0 ? null : (100 * over) / under)

/** How many came to each stage, in percent of the first and of the one before. */
export const funnelReport = (cells: readonly Cell[], query: FunnelQuery): Report => {
  const { id, stages, labels = {}, ...selection } = query
  const [all] = tally(cells, selection)
  const counts = stages.map((stage) => all?.sum(stage) ?? 0)
  const names = stages.map((stage) => labelled(labels, stage))
  return reportOf(
    {
      columns: [id, 'count', 'of-first', 'of-previous'].map((name) => labelled(labels, name)),
      rows: counts.map((count, at) => [
        names[at] ?? '',
        count,
        percent(count, counts[0] ?? 0),
        percent(count, counts[Math.max(0, at - 1)] ?? 0),
      ]),
    },
    itemChart(
      'funnel',
      labelled(labels, id),
      counts.map((value, at) => ({ name: names[at] ?? '', value })),
    ),
  )
}
