import * as z from 'zod'
import { metric, shape } from './metric.ts'

const Word = z.string().min(1)

/** One period's figure, by which version of the instrument and which mode it was asked. */
export const TrendPoints = shape({
  points: z.array(
    shape({ period: Word, value: z.number().nullable(), instrument: Word, mode: Word }),
  ),
})
export type TrendPoints = z.infer<typeof TrendPoints>

/** Why figures of one trend may not be compared; `among` are the versions or modes. */
export interface TrendWarning {
  readonly code: 'trend.instruments-mixed' | 'trend.modes-mixed'
  readonly among: readonly string[]
}

/**
 * A trend as the series it really is: another version of the instrument starts another one, in the
 * order of periods. Mixed versions and mixed modes are warned of, as either moves figures by itself.
 */
export const trendSeries = ({ points }: TrendPoints) => {
  const sorted = points.toSorted((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0))
  const instruments = [...new Set(sorted.map(({ instrument }) => instrument))]
  const modes = [...new Set(sorted.map(({ mode }) => mode))]
  const mixed = [
    { code: 'trend.instruments-mixed', among: instruments },
    { code: 'trend.modes-mixed', among: modes },
  ] as const satisfies TrendWarning[]
  return {
    series: instruments.map((instrument) => ({
      instrument,
      points: sorted.filter((point) => point.instrument === instrument),
    })),
    warnings: mixed.filter(({ among }) => among.length > 1),
  }
}

export const trendSeriesMetrics = {
  'trend.series': metric(TrendPoints, trendSeries),
} as const
