import { suppressShares } from '../satisfaction/suppression/views.ts'
import { type Cell, isSpan, type Selection, tally } from './cell.ts'
import {
  axisChart,
  itemChart,
  type Labels,
  labelled,
  type Report,
  reportOf,
  type Series,
} from './chart.ts'
import { type Figure, figureOf, type Indicator } from './indicator.ts'

export interface IndicatorQuery extends Selection {
  readonly indicators: readonly Indicator[]
  readonly labels?: Labels | undefined
  /** The first indicator as parts of a whole; else a line over time, and bars over anything else. */
  readonly drawn?: 'pie' | undefined
}

const columnsOf = ({ id, kind }: Indicator) =>
  kind === 'count' ? [id] : [id, `${id}.low`, `${id}.high`, `${id}.over`, `${id}.under`]

const fieldsOf = ({ kind }: Indicator, { value, low, high, over, under }: Figure) =>
  kind === 'count' ? [value] : [value, low, high, over, under]

/**
 * Figures by group, each with its interval and what it was made of. The chart draws the values; a
 * single indicator over time between its bounds.
 */
export const indicatorReport = (cells: readonly Cell[], query: IndicatorQuery): Report => {
  const { indicators, labels = {}, by = 'all', drawn } = query
  const groups = tally(cells, query)
  const figures = groups.map((group) => indicators.map((one) => figureOf(one, group)))
  const names = groups.map(({ key }) => labelled(labels, key))
  const isTime = isSpan(by)
  const line = (name: string, data: Series['data'], isBound = false): Series => ({
    type: isTime ? 'line' : 'bar',
    name: labelled(labels, name),
    data,
    ...(isBound && { lineStyle: { type: 'dashed' } as const }),
  })
  const [first] = indicators
  const values = (at: number, of: 'value' | 'low' | 'high' = 'value') =>
    figures.map((row) => row[at]?.[of] ?? null)
  const hasBounds = isTime && indicators.length === 1 && first && first.kind !== 'count'
  const series = [
    ...indicators.map(({ id }, at) => line(id, values(at))),
    ...(hasBounds ? (['low', 'high'] as const) : []).map((bound) =>
      line(`${first?.id}.${bound}`, values(0, bound), true),
    ),
  ]
  const parts = names.map((name, at) => ({ name, value: figures[at]?.[0]?.value ?? 0 }))
  return reportOf(
    {
      columns: [by, ...indicators.flatMap(columnsOf)].map((id) => labelled(labels, id)),
      rows: figures.map((row, at) => [
        names[at] ?? '',
        ...indicators.flatMap((one, place) => {
          const figure = row[place]
          return figure ? fieldsOf(one, figure) : []
        }),
      ]),
    },
    drawn === 'pie'
      ? itemChart('pie', labelled(labels, first?.id ?? by), parts)
      : axisChart(names, series),
  )
}

export interface PublishedQuery extends Selection {
  readonly indicator: Extract<Indicator, { kind: 'share' }>
  /** Counts from 1 to below it are hidden; 11 unless told. */
  readonly threshold?: number | undefined
  readonly labels?: Labels | undefined
}

/**
 * A share by group for publication outside: small counts, and whatever would give them away, are
 * hidden. One report is one decision; two reports that overlap are not decided together. Facts still
 * on their way, that make more counted than there are, leave their group out.
 */
export const publishedReport = (cells: readonly Cell[], query: PublishedQuery): Report => {
  const { indicator, threshold, labels = {}, by = 'all' } = query
  const groups = tally(cells, query)
    .map(({ key, sum }) => ({ key, top: sum(indicator.over), n: sum(indicator.under) }))
    .filter(({ top, n }) => 0 <= top && top <= n)
  const shown = suppressShares({ groups, threshold })
  const names = groups.map(({ key }) => labelled(labels, key))
  const lines = [...shown.groups, shown.overall]
  return reportOf(
    {
      columns: [by, indicator.id, `${indicator.id}.over`, `${indicator.id}.under`].map((id) =>
        labelled(labels, id),
      ),
      rows: lines.map(({ percent, top, n }, at) => [
        names[at] ?? labelled(labels, 'all'),
        ...[percent, top, n],
      ]),
    },
    axisChart(names, [
      {
        type: 'bar',
        name: labelled(labels, indicator.id),
        data: shown.groups.map(({ percent }) => percent),
      },
    ]),
  )
}
