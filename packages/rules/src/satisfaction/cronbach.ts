import * as z from 'zod'
import { Confidence, type Interval, metric, shape, usualConfidence } from './metric.ts'
import { covariance, sum, variance } from './numeric/moments.ts'
import { fQuantile } from './numeric/quantiles.ts'

/** A row a respondent, a column an item; `null` where an item was not answered. */
type Answers = readonly (readonly (number | null)[])[]

const rectangular = (matrix: Answers, context: z.RefinementCtx) => {
  matrix.forEach((row, at) => {
    if (row.length !== matrix[0]?.length) {
      context.addIssue({ code: 'custom', message: 'rows of one length expected', path: [at] })
    }
  })
}

export const AnswerMatrix = shape({
  matrix: z.array(z.array(z.number().nullable()).min(2)).superRefine(rectangular),
})
export type AnswerMatrix = z.infer<typeof AnswerMatrix>

export const FullMatrix = shape({
  matrix: z.array(z.array(z.number()).min(2)).superRefine(rectangular),
})
export type FullMatrix = z.infer<typeof FullMatrix>

export const ItemVariances = shape({
  k: z.int().min(2),
  sumItemVariances: z.number().min(0),
  totalVariance: z.number().min(0),
})
export type ItemVariances = z.infer<typeof ItemVariances>

export const AlphaOf = shape({
  alpha: z.number().max(1),
  /** Respondents that alpha was computed from: after deletion, where answers were missing. */
  n: z.int().min(2),
  k: z.int().min(2),
  confidence: Confidence.optional(),
})
export type AlphaOf = z.infer<typeof AlphaOf>

/** A total variance that is nothing but rounding, beside those of the items. */
const negligible = 1e-12

/** k/(k−1)·(1 − Σs²ᵢ/s²_T) (Cronbach 1951, Psychometrika 16, 297–334). `null` when the totals do not vary. */
export const alphaOfVariances = (variances: ItemVariances): number | null => {
  const { k, sumItemVariances, totalVariance } = variances
  const isFlat = totalVariance <= negligible * sumItemVariances
  return isFlat ? null : (k / (k - 1)) * (1 - sumItemVariances / totalVariance)
}

const columns = (matrix: Answers) =>
  (matrix[0] ?? []).map((_, item) => matrix.map((row) => row[item] ?? null))

const isFull = (row: readonly (number | null)[]): row is number[] => !row.includes(null)

/**
 * Cronbach's alpha with sample variances (n − 1), of the respondents who answered every item
 * (listwise deletion). `null` below two of them, or when their totals do not vary.
 */
export const alphaListwise = ({ matrix }: AnswerMatrix): number | null => {
  const full = matrix.filter(isFull)
  const k = full[0]?.length ?? 0
  const items = columns(full).map((column) => variance(column.filter((value) => value !== null)))
  const total = variance(full.map(sum))
  if (total === null) return null
  const sumItemVariances = sum(items.map((item) => item ?? 0))
  return alphaOfVariances({ k, sumItemVariances, totalVariance: total })
}

/**
 * Cronbach's alpha of the covariances of every two items, each over the respondents who answered
 * both (pairwise deletion). `null` where a pair has fewer than two of them.
 */
export const alphaPairwise = ({ matrix }: AnswerMatrix): number | null => {
  const items = columns(matrix)
  const covariances = items.map((x) =>
    items.map((y) => {
      const both = x.flatMap((value, at) => {
        const other = y[at] ?? null
        return value === null || other === null ? [] : [[value, other] as const]
      })
      return covariance(
        both.map(([value]) => value),
        both.map(([, other]) => other),
      )
    }),
  )
  const all = covariances.flat()
  if (all.length === 0 || all.includes(null)) return null
  return alphaOfVariances({
    k: items.length,
    sumItemVariances: sum(covariances.map((row, at) => row[at] ?? 0)),
    totalVariance: sum(all.map((value) => value ?? 0)),
  })
}

/**
 * 1 − (1−α)·F with n−1 and (n−1)(k−1) degrees of freedom at both tails (Feldt 1965, Psychometrika
 * 30, 357–370).
 */
export const alphaInterval = ({ alpha, n, k, confidence = usualConfidence }: AlphaOf): Interval => {
  const [over, under] = [n - 1, (n - 1) * (k - 1)]
  const bound = (probability: number) => 1 - (1 - alpha) * fQuantile(probability, over, under)
  return [bound((1 + confidence) / 2), bound((1 - confidence) / 2)]
}

export const alphaMetrics = {
  'reliability.cronbachAlpha': metric(AnswerMatrix, alphaListwise),
  'reliability.cronbachAlpha.listwise': metric(AnswerMatrix, alphaListwise),
  'reliability.cronbachAlpha.pairwise': metric(AnswerMatrix, alphaPairwise),
  'reliability.cronbachAlpha.fromVariances': metric(ItemVariances, alphaOfVariances),
  'reliability.cronbachAlpha.ciFeldt': metric(AlphaOf, alphaInterval),
} as const
