import * as z from 'zod'
import { Count, metric, shape, within } from '../metric.ts'
import { mean, sum } from '../numeric/moments.ts'

/** Counts of equally large samples. */
export const EqualSamples = shape({ counts: z.array(Count), n: z.int().positive() }).superRefine(
  ({ counts, n }, context) => {
    counts.forEach((count, at) => {
      if (count > n) {
        context.addIssue({ code: 'custom', message: 'at most n expected', path: ['counts', at] })
      }
    })
  },
)
export type EqualSamples = z.infer<typeof EqualSamples>

/** One share a period, of as many answers as came. */
export const Samples = shape({
  points: z.array(shape({ x: Count, n: z.int().positive() }).superRefine(within('x', 'n'))),
})
export type Samples = z.infer<typeof Samples>

export type Limits = readonly [lower: number, upper: number]

/** Three standard errors to both sides. */
const reach = 3

/** What turns a mean moving range of two into a standard deviation. */
export const movingRangeFactor = 1.128

const clipped = (center: number, error: number): Limits => [
  Math.max(0, center - reach * error),
  Math.min(1, center + reach * error),
]

const pooled = (points: Samples['points']) => {
  const n = sum(points.map((point) => point.n))
  return n === 0 ? null : sum(points.map(({ x }) => x)) / n
}

const errorAt = (center: number, n: number) => Math.sqrt((center * (1 - center)) / n)

/** p̄ ± 3√(p̄(1−p̄)/n), within 0 and 1 (Shewhart; Montgomery, Statistical Quality Control, ch. 7). `null` without points. */
export const pChart = ({ counts, n }: EqualSamples) => {
  const center = pooled(counts.map((x) => ({ x, n })))
  if (center === null) return null
  const [lcl, ucl] = clipped(center, errorAt(center, n))
  return { center, lcl, ucl }
}

/** n·p̄ ± 3√(n·p̄(1−p̄)), within 0 and n: the p chart counted in pieces. `null` without points. */
export const npChart = ({ counts, n }: EqualSamples) => {
  const share = pooled(counts.map((x) => ({ x, n })))
  if (share === null) return null
  const sd = Math.sqrt(n * share * (1 - share))
  const center = n * share
  const [lcl, ucl] = [Math.max(0, center - reach * sd), Math.min(n, center + reach * sd)]
  return { center, sd, lcl, ucl }
}

/** The p chart with limits that follow the size of each sample. `null` without points. */
export const pChartOfSizes = ({ points }: Samples) => {
  const center = pooled(points)
  if (center === null) return null
  return { center, limits: points.map(({ n }) => clipped(center, errorAt(center, n))) }
}

/**
 * The p′ chart for samples so large that a p chart would cry wolf: its errors are multiplied by
 * σ_z = mean|Δz|/1.128 of the standardised shares (Laney 2002, Quality Engineering 14, 531–537).
 * `null` below two points, or when all answers agree.
 */
export const pPrimeChart = ({ points }: Samples) => {
  const center = pooled(points)
  if (center === null || center === 0 || center === 1) return null
  const standardised = points.map(({ x, n }) => (x / n - center) / errorAt(center, n))
  const range = mean(movingRanges(standardised))
  if (range === null) return null
  const sigmaZ = range / movingRangeFactor
  const limits = points.map(({ n }) => clipped(center, errorAt(center, n) * sigmaZ))
  return { center, sigmaZ, limits }
}

/** How far each value lies from the one before it. */
export const movingRanges = (values: readonly number[]): number[] =>
  values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? value)))

export const attributeChartMetrics = {
  'spc.pChart': metric(EqualSamples, pChart),
  'spc.npChart': metric(EqualSamples, npChart),
  'spc.pChart.variableN': metric(Samples, pChartOfSizes),
  'spc.pPrime': metric(Samples, pPrimeChart),
} as const
