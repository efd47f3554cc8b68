import type { Metric } from '../satisfaction/metric.ts'
import { metrics } from '../satisfaction/metrics.ts'
import type { CaseResult, Difference } from './difference.ts'
import type { MetricCases } from './metric-cases.ts'

const usualTolerance = 1e-9

/** Computes every case of a parsed file and compares it, numbers within the case's tolerance. */
export const runMetricCases = ({ cases }: MetricCases): readonly CaseResult[] =>
  cases.map(({ id, metric, input, expect, tolerance = usualTolerance }) => {
    const { of } = metrics[metric] as unknown as Metric
    return { id, differences: compared('answer', expect, of(input), tolerance) }
  })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const compared = (
  where: string,
  expected: unknown,
  actual: unknown,
  tolerance: number,
): Difference[] => {
  const differs = [{ where, expected, actual: actual ?? null }]
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs
    return expected.flatMap((one, at) => compared(`${where} ${at}`, one, actual[at], tolerance))
  }
  if (isRecord(expected)) {
    const wanted = Object.entries(expected)
    // An object without keys would compare nothing, and a case that checks nothing does not pass.
    if (!isRecord(actual) || wanted.length === 0) return differs
    return wanted.flatMap(([key, one]) => compared(`${where} ${key}`, one, actual[key], tolerance))
  }
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) <= tolerance ? [] : differs
  }
  return expected === (actual ?? null) ? [] : differs
}
