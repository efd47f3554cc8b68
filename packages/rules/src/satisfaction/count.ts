import * as z from 'zod'
import { Confidence, Count, type Interval, metric, shape, usualConfidence } from './metric.ts'
import { ratio } from './numeric/moments.ts'
import { twoSided } from './numeric/normal-quantile.ts'

/** Events counted, such as complaints, and the confidence of the interval (0.95 unless told). */
export const Events = shape({ count: Count, confidence: Confidence.optional() })
export type Events = z.infer<typeof Events>

export const EventRate = shape({
  count: Count,
  /** What the events are counted against, such as discharges. */
  denominator: z.number().min(0),
  /** The rate is per so many; 1,000 unless told. */
  per: z.number().positive().optional(),
  confidence: Confidence.optional(),
})
export type EventRate = z.infer<typeof EventRate>

export interface Rate {
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** O(1 − 1/9O ± z/3√O)³: the cube of a nearly normal variable. */
const cubed = (count: number, z: number) =>
  count * (1 - 1 / (9 * count) + z / Math.sqrt(9 * count)) ** 3

/**
 * Byar's approximation to the exact Poisson interval of a count (Breslow and Day 1987, Statistical
 * Methods in Cancer Research II, p. 69); the upper bound is that of one event more.
 */
export const byar = ({ count, confidence = usualConfidence }: Events): Interval => {
  const z = twoSided(confidence)
  return [count === 0 ? 0 : Math.max(0, cubed(count, -z)), cubed(count + 1, z)]
}

/** Events per so many, with Byar's bounds divided likewise. `null` without a denominator. */
export const eventRate = ({
  count,
  denominator,
  per = 1000,
  confidence,
}: EventRate): Rate | null => {
  const [low, high] = byar({ count, confidence })
  const rate = ratio(per * count, denominator)
  return rate === null
    ? null
    : { rate, low: (per * low) / denominator, high: (per * high) / denominator }
}

export const countMetrics = {
  'count.ci.byar': metric(Events, byar),
  'rate.ci.byar': metric(EventRate, eventRate),
} as const
