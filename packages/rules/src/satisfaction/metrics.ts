import type * as z from 'zod'
import { refuse } from '../refusal.ts'
import { aaporMetrics } from './aapor.ts'
import { compositeMetrics } from './composite.ts'
import { attributeChartMetrics } from './control-chart/attribute-charts.ts'
import { signalMetrics } from './control-chart/signals.ts'
import { xmrMetrics } from './control-chart/xmr.ts'
import { countMetrics } from './count.ts'
import { alphaMetrics } from './cronbach.ts'
import { csatMetrics } from './csat.ts'
import { driverMetrics } from './driver.ts'
import { fftMetrics } from './fft.ts'
import { funnelMetrics } from './funnel-limits.ts'
import { hcahpsMetrics } from './hcahps.ts'
import { starMetrics } from './hcahps-stars.ts'
import { intraclassMetrics } from './intraclass.ts'
import type { Metric } from './metric.ts'
import { npsMetrics } from './nps.ts'
import { proportionMetrics } from './proportion.ts'
import { responseMetrics } from './response.ts'
import { roundingMetrics } from './rounding.ts'
import { scoreMetrics } from './score.ts'
import { cellMetrics } from './suppression/cell.ts'
import { rowMetrics } from './suppression/row.ts'
import { tableMetrics } from './suppression/table.ts'
import { viewMetrics } from './suppression/views.ts'
import { trendMetrics } from './trend.ts'
import { trendSeriesMetrics } from './trend-series.ts'
import { weightingMetrics } from './weighting.ts'

/** Every figure by its name, with the strict shape of what it takes. */
export const metrics = {
  ...proportionMetrics,
  ...countMetrics,
  ...funnelMetrics,
  ...npsMetrics,
  ...csatMetrics,
  ...scoreMetrics,
  ...roundingMetrics,
  ...compositeMetrics,
  ...hcahpsMetrics,
  ...starMetrics,
  ...responseMetrics,
  ...fftMetrics,
  ...alphaMetrics,
  ...intraclassMetrics,
  ...weightingMetrics,
  ...driverMetrics,
  ...trendMetrics,
  ...trendSeriesMetrics,
  ...attributeChartMetrics,
  ...xmrMetrics,
  ...signalMetrics,
  ...cellMetrics,
  ...rowMetrics,
  ...tableMetrics,
  ...viewMetrics,
  ...aaporMetrics,
} as const

export type MetricName = keyof typeof metrics
export const metricNames = Object.keys(metrics) as readonly MetricName[]

export type MetricInput<Name extends MetricName> = z.input<(typeof metrics)[Name]['input']>
export type MetricAnswer<Name extends MetricName> = ReturnType<(typeof metrics)[Name]['of']>

/**
 * The figure of that name. Undefined figures are `null`, never 0. Refuses an unknown name
 * (`metric.unknown`) and a malformed input (`metric.malformed`, with the paths).
 */
export const measure = <Name extends MetricName>(
  name: Name,
  input: MetricInput<Name>,
): MetricAnswer<Name> => {
  if (!Object.hasOwn(metrics, name)) return refuse('metric.unknown', { metric: name })
  const { input: schema, of } = metrics[name] as unknown as Metric<z.ZodType, MetricAnswer<Name>>
  const { success, data, error } = schema.safeParse(input)
  if (success) return of(data)
  const paths = error.issues.map(({ path }) => path.join('.'))
  return refuse('metric.malformed', { metric: name, paths })
}
