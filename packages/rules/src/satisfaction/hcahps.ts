import * as z from 'zod'
import { Count, metric, shape, within } from './metric.ts'
import { mean, percent, ratio, sum } from './numeric/moments.ts'

export const Rating = shape({ counts0to10: z.array(Count).length(11) })
export type Rating = z.infer<typeof Rating>

export const Frequency = shape({ never: Count, sometimes: Count, usually: Count, always: Count })
export type Frequency = z.infer<typeof Frequency>

export const Agreement = shape({
  stronglyDisagree: Count,
  disagree: Count,
  agree: Count,
  stronglyAgree: Count,
})
export type Agreement = z.infer<typeof Agreement>

export const Recommendation = shape({
  definitelyNo: Count,
  probablyNo: Count,
  probablyYes: Count,
  definitelyYes: Count,
})
export type Recommendation = z.infer<typeof Recommendation>

export const YesNo = shape({ no: Count, yes: Count })
export type YesNo = z.infer<typeof YesNo>

const Percent = z.number().min(0).max(100)
export const PublishedBoxes = shape({ bottom: Percent, middle: Percent, top: Percent })
export type PublishedBoxes = z.infer<typeof PublishedBoxes>

export const CompositeItems = shape({
  items: z.array(shape({ top: Count, n: Count }).superRefine(within('top', 'n'))),
})
export type CompositeItems = z.infer<typeof CompositeItems>

/** Percentages of the answers, and their mean on the linear scale from 0 to 100. */
export interface Boxes {
  readonly bottom: number
  /** Absent for yes-or-no items. */
  readonly middle?: number
  readonly top: number
  readonly linearMean: number
}

/** Counts from worst to best; the first so many make the bottom box, the next so many the middle. */
const boxes = (counts: readonly number[], bottom: number, middle: number): Boxes | null => {
  const n = sum(counts)
  const share = (from: number, to?: number) => percent(sum(counts.slice(from, to)), n) ?? 0
  const points = sum(counts.map((count, at) => (100 * count * at) / (counts.length - 1)))
  const linearMean = ratio(points, n)
  if (linearMean === null) return null
  return {
    bottom: share(0, bottom),
    ...(middle > 0 && { middle: share(bottom, bottom + middle) }),
    top: share(bottom + middle),
    linearMean,
  }
}

/** Overall rating: top 9–10, middle 7–8, bottom 0–6 (HCAHPS, hcahpsonline.org). `null` without answers. */
export const ratingBoxes = ({ counts0to10 }: Rating) => boxes(counts0to10, 7, 2)

/** How often: top Always, middle Usually, bottom Sometimes and Never. `null` without answers. */
export const frequencyBoxes = ({ never, sometimes, usually, always }: Frequency) =>
  boxes([never, sometimes, usually, always], 2, 1)

/** Agreement: top Strongly agree, middle Agree, bottom both disagreements. `null` without answers. */
export const agreementBoxes = ({ stronglyDisagree, disagree, agree, stronglyAgree }: Agreement) =>
  boxes([stronglyDisagree, disagree, agree, stronglyAgree], 2, 1)

/** Recommendation: top Definitely yes, middle Probably yes, bottom both noes. `null` without answers. */
export const recommendBoxes = (counts: Recommendation) =>
  boxes([counts.definitelyNo, counts.probablyNo, counts.probablyYes, counts.definitelyYes], 2, 1)

/** Yes or no: there is no middle box. `null` without answers. */
export const yesNoBoxes = ({ no, yes }: YesNo) => boxes([no, yes], 1, 0)

/** What published whole percentages add up to: 100 give or take 1 by rounding. */
export const sumOfBoxes = ({ bottom, middle, top }: PublishedBoxes): number => bottom + middle + top

/**
 * A composite's top box, in percent: the plain mean of its items' shares, each over its own
 * respondents, not the pooled share (CMS, HCAHPS summary analyses). An item that nobody answered is
 * left out; `null` when all are.
 */
export const compositeTopBox = ({ items }: CompositeItems): number | null =>
  mean(items.filter(({ n }) => n > 0).map(({ top, n }) => (100 * top) / n))

export const hcahpsMetrics = {
  'hcahps.boxes.rating0to10': metric(Rating, ratingBoxes),
  'hcahps.boxes.frequency': metric(Frequency, frequencyBoxes),
  'hcahps.boxes.agreement': metric(Agreement, agreementBoxes),
  'hcahps.boxes.recommend': metric(Recommendation, recommendBoxes),
  'hcahps.boxes.yesNo': metric(YesNo, yesNoBoxes),
  'hcahps.boxes.sumTo100': metric(PublishedBoxes, sumOfBoxes),
  'hcahps.composite.topBox': metric(CompositeItems, compositeTopBox),
} as const
