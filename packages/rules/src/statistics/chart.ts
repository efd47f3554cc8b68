import { csvOf, type Sheet } from './csv.ts'

/** An option object of Apache ECharts, plain data. */
export interface Chart {
  readonly legend: { readonly data: readonly string[] }
  readonly tooltip: { readonly trigger: 'axis' | 'item' }
  readonly xAxis?: { readonly type: 'category'; readonly data: readonly string[] }
  readonly yAxis?: { readonly type: 'value' }
  readonly series: readonly Series[]
}

export interface Series {
  readonly type: 'bar' | 'line' | 'funnel' | 'pie'
  readonly name: string
  readonly data: readonly (number | null | { readonly name: string; readonly value: number })[]
  readonly sort?: 'none'
  readonly lineStyle?: { readonly type: 'dashed' }
}

/** A report as its figures, its picture and its text for spreadsheets. */
export interface Report {
  readonly data: Sheet
  readonly chart: Chart
  readonly csv: string
}

/** Puts figures and picture together, with the text for spreadsheets. */
export const reportOf = (data: Sheet, chart: Chart): Report => ({ data, chart, csv: csvOf(data) })

/** Words for ids, in the host's language; an id without one stands for itself. */
export type Labels = Readonly<Record<string, string>>

export const labelled = (labels: Labels, id: string): string =>
  Object.hasOwn(labels, id) ? (labels[id] ?? id) : id

/** Values over categories: a line where they are times, bars otherwise. */
export const axisChart = (categories: readonly string[], series: readonly Series[]): Chart => ({
  legend: { data: series.map(({ name }) => name) },
  tooltip: { trigger: 'axis' },
  xAxis: { type: 'category', data: categories },
  yAxis: { type: 'value' },
  series,
})

/** Parts or stages by name, in the order given. */
export const itemChart = (
  type: 'funnel' | 'pie',
  name: string,
  items: readonly { readonly name: string; readonly value: number }[],
): Chart => ({
  legend: { data: items.map((item) => item.name) },
  tooltip: { trigger: 'item' },
  series: [{ type, name, data: items, ...(type === 'funnel' && { sort: 'none' }) }],
})
