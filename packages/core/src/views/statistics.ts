import {
  type Cell,
  csvOf,
  type Fold,
  type Indicator,
  indicatorReport,
  publishedReport,
  type Report,
  standardFolds,
  standardIndicators,
} from '@hospital-crm/rules'
import * as z from 'zod'
import type { Door } from '../kernel/door.ts'
import { Day, Text } from '../kernel/fields.ts'
import { wellFormed } from '../kernel/malformed.ts'
import { refuse } from '../kernel/refusal.ts'
import { cellsOf } from '../slices/cells/index.ts'

/** A figure that a report can show. */
export type ReportName = keyof typeof standardIndicators
export const reportNames = Object.keys(standardIndicators) as ReportName[]

export const ReportQuery = z.strictObject({
  /** First and last local day, both included. */
  from: Day.optional(),
  to: Day.optional(),
  /** A dimension such as `department`, or `day`, `month`, `quarter`, `year`. */
  by: Text.optional(),
  /** Accepted values by dimension. */
  where: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  /** Only what was known by the end of that local day. */
  knownOn: Day.optional(),
  /** Words for columns and groups. */
  labels: z.record(z.string(), z.string()).optional(),
})
export type ReportQuery = z.input<typeof ReportQuery>

const folds: readonly Fold[] = Object.values(standardFolds)

/** What was said by patients: shown only where it tells of no single one. */
const sensitive: readonly ReportName[] = ['satisfaction', 'satisfactionScore', 'recommendation']

const foldsBehind = (indicator: Indicator) => {
  const { id: _, kind: __, ...measures } = indicator
  const wanted = Object.values(measures)
  return folds.filter(({ counts }) => counts.some(({ measure }) => wanted.includes(measure)))
}

const spans = ['day', 'month', 'quarter', 'year']

const cellsBehind = async (
  door: Door,
  indicator: Indicator,
  { by, from, to }: z.output<typeof ReportQuery>,
): Promise<readonly Cell[]> => {
  const behind = foldsBehind(indicator)
  const isKnown = by === undefined || spans.includes(by) || behind.every(({ keys }) => by in keys)
  if (!isKnown) return refuse('report.unknown-dimension', { report: indicator.id })
  const found = await Promise.all(behind.map(({ id }) => cellsOf(door, { fold: id, from, to })))
  return found.flat()
}

/**
 * The places of groups that must not be shown: of fewer than the threshold, and where those are one
 * alone or fewer than the threshold together, the smallest others, lest the total give them away.
 */
const hiddenAmong = (sizes: readonly number[], threshold: number): ReadonlySet<number> => {
  const hidden = new Set<number>()
  const groups = sizes.flatMap((n, at) => (n > 0 ? [{ n, at }] : [])).sort((a, b) => a.n - b.n)
  let together = 0
  for (const { n, at } of groups) {
    const isCovered = hidden.size === 0 || (hidden.size > 1 && together >= threshold)
    if (n >= threshold && isCovered) break
    hidden.add(at)
    together += n
  }
  return hidden
}

const withoutSmall = ({ data, chart }: Report, threshold: number): Report => {
  const sizes = data.rows.map((row) => Number(row.at(-1) ?? 0))
  const hidden = hiddenAmong(sizes, threshold)
  const rows = data.rows.map((row, at) =>
    hidden.has(at) ? row.map((field, place) => (place === 0 ? field : null)) : row,
  )
  const series = chart.series.map((each) => ({
    ...each,
    data: each.data.map((value, at) => (hidden.has(at) ? null : value)),
  }))
  const shown = { ...data, rows }
  return { data: shown, chart: { ...chart, series }, csv: csvOf(shown) }
}

const asked = (name: ReportName, input: ReportQuery) => {
  if (!Object.hasOwn(standardIndicators, name)) return refuse('report.unknown')
  const query = wellFormed(ReportQuery, input, { view: name })
  return { indicator: standardIndicators[name] as Indicator, query }
}

/**
 * A figure by group with its 95 % interval and what it was made of, its chart and its text for
 * spreadsheets, from the cells that `rollUp` has added up. What patients said is shown from so many
 * responses on as the pack says (`surveys.threshold`). Refuses an unknown figure (`report.unknown`)
 * or dimension (`report.unknown-dimension`).
 */
export const report = async (
  door: Door,
  name: ReportName,
  input: ReportQuery = {},
): Promise<Report> => {
  const { indicator, query } = asked(name, input)
  const cells = await cellsBehind(door, indicator, query)
  const made = indicatorReport(cells, { ...query, indicators: [indicator] })
  if (!sensitive.includes(name)) return made
  const { surveys } = await door.policy()
  return withoutSmall(made, surveys?.threshold ?? 11)
}

/** A share for publication outside: small counts, and all that would give them away, are hidden. */
export const reportForPublication = async (
  door: Door,
  name: ReportName,
  input: ReportQuery = {},
): Promise<Report> => {
  const { indicator, query } = asked(name, input)
  if (indicator.kind !== 'share') return refuse('report.not-a-share', { report: indicator.id })
  const cells = await cellsBehind(door, indicator, query)
  const { surveys } = await door.policy()
  return publishedReport(cells, { ...query, indicator, threshold: surveys?.threshold })
}

const onDashboard = [
  'coverage',
  'onTime',
  'connect',
  'completion',
  'response',
  'satisfaction',
  'satisfactionScore',
  'recommendation',
  'complaints',
  'noShow',
] as const satisfies readonly ReportName[]
type OnDashboard = (typeof onDashboard)[number]

/** The figures of a month (`YYYY-MM`) by department, each as `report` gives it. */
export const dashboard = async (
  door: Door,
  month: string,
  query: Omit<ReportQuery, 'from' | 'to'> = {},
): Promise<Readonly<Record<OnDashboard, Report>>> => {
  const from = `${month}-01`
  if (!Day.safeParse(from).success) return refuse('day.malformed')
  // Cells lie in months: the first day names the whole.
  const period = { from, to: from, by: 'department', ...query }
  const made = await Promise.all(onDashboard.map((name) => report(door, name, period)))
  return Object.fromEntries(onDashboard.map((name, at) => [name, made[at]])) as Record<
    OnDashboard,
    Report
  >
}
