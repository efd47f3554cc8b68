import type * as z from 'zod'
import { Count, metric, shape } from './metric.ts'
import { percent } from './numeric/moments.ts'

/** The wording of 2013 to 2020: how likely to recommend. */
export const LikelyToRecommend = shape({
  extremelyLikely: Count,
  likely: Count,
  neither: Count,
  unlikely: Count,
  extremelyUnlikely: Count,
  dontKnow: Count,
})
export type LikelyToRecommend = z.infer<typeof LikelyToRecommend>

/** The wording since April 2020: how the experience was. */
export const Experience = shape({
  veryGood: Count,
  good: Count,
  neither: Count,
  poor: Count,
  veryPoor: Count,
  dontKnow: Count,
})
export type Experience = z.infer<typeof Experience>

const all = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** Both shares in percent of all answers, don't know included; `null` without answers. */
const shares = (favourable: number, unfavourable: number, n: number) => {
  const [good, bad] = [percent(favourable, n), percent(unfavourable, n)]
  return good === null || bad === null ? null : { good, bad }
}

/** Who would and would not recommend, in percent of all answers, don't know included (NHS England, FFT guidance 2014). `null` without answers. */
export const fftRecommend = (counts: LikelyToRecommend) => {
  const { extremelyLikely, likely, unlikely, extremelyUnlikely } = counts
  const found = shares(extremelyLikely + likely, unlikely + extremelyUnlikely, all(counts))
  return found && { recommend: found.good, notRecommend: found.bad }
}

/** Good and poor experience in percent of all answers, don't know included (NHS England, FFT guidance 2020). `null` without answers. */
export const fftPositive = (counts: Experience) => {
  const { veryGood, good, poor, veryPoor } = counts
  const found = shares(veryGood + good, poor + veryPoor, all(counts))
  return found && { positive: found.good, negative: found.bad }
}

/**
 * The net score of 2013–14: extremely likely less neither, unlikely and extremely unlikely, in
 * percent without don't know (NHS England 2013). A series of its own. `null` without answers.
 */
export const fftNetScore2013 = (counts: LikelyToRecommend): number | null => {
  const { extremelyLikely, neither, unlikely, extremelyUnlikely, dontKnow } = counts
  const against = neither + unlikely + extremelyUnlikely
  return percent(extremelyLikely - against, all(counts) - dontKnow)
}

export const fftMetrics = {
  'fft.percentRecommend': metric(LikelyToRecommend, fftRecommend),
  'fft.percentPositive': metric(Experience, fftPositive),
  'fft.netScore2013': metric(LikelyToRecommend, fftNetScore2013),
} as const
