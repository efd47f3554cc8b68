import * as z from 'zod'
import { type Metric, metric, shape } from './metric.ts'
import { ratio, sum } from './numeric/moments.ts'

/** How a case ended: interview, partial, refusal, non-contact, other, unknown household, unknown other, not eligible. */
export const Disposition = z.enum(['I', 'P', 'R', 'NC', 'O', 'UH', 'UO', 'NE'])
export type Disposition = z.infer<typeof Disposition>

/** Of cases, or of their weights. */
const Amount = z.number().min(0).optional()

/** Cases by their ending, 0 unless told; `e` is the share of the unknown that is eligible. */
export const Dispositions = shape({
  I: Amount,
  P: Amount,
  R: Amount,
  NC: Amount,
  O: Amount,
  UH: Amount,
  UO: Amount,
  NE: Amount,
  /** Estimated from the known cases unless told. */
  e: z.number().min(0).max(1).optional(),
})
export type Dispositions = z.infer<typeof Dispositions>

export const WeightedCases = shape({
  dispositions: z.array(Disposition),
  weights: z.array(z.number().min(0)),
  e: z.number().min(0).max(1).optional(),
}).superRefine(({ dispositions, weights }, context) => {
  if (dispositions.length !== weights.length) {
    context.addIssue({ code: 'custom', message: 'one weight a case expected', path: ['weights'] })
  }
})
export type WeightedCases = z.infer<typeof WeightedCases>

/** The proportional estimate (CASRO): known eligible ÷ (known eligible + not eligible). `null` when nothing is known. */
export const eligibility = ({ I = 0, P = 0, R = 0, NC = 0, O = 0, NE = 0 }: Dispositions) =>
  ratio(I + P + R + NC + O, I + P + R + NC + O + NE)

/** What every rate is made of. */
const sums = (cases: Dispositions) => {
  const { I = 0, P = 0, R = 0, NC = 0, O = 0, UH = 0, UO = 0 } = cases
  const known = I + P + R + NC + O
  const unknown = UH + UO
  const share = cases.e ?? eligibility(cases)
  const likely = share === null ? null : known + share * unknown
  return {
    I,
    P,
    R,
    O,
    known,
    all: known + unknown,
    likely,
  }
}
type Sums = ReturnType<typeof sums>

type Rule = readonly [over: (parts: Sums) => number, under: (parts: Sums) => number | null]

const interviews = ({ I }: Sums) => I
const interviewsAndPartials = ({ I, P }: Sums) => I + P
const refusals = ({ R }: Sums) => R
const contacts = ({ I, P, R, O }: Sums) => I + P + R + O
const contactedAndAble = ({ I, P, R }: Sums) => I + P + R
const everybody = ({ all }: Sums) => all
const likelyEligible = ({ likely }: Sums) => likely
const knownEligible = ({ known }: Sums) => known

/**
 * The rates of the AAPOR Standard Definitions (10th edition, 2023): numerator and denominator.
 * 1 and 2 take all unknown cases as eligible, 3 and 4 the share e, 5 and 6 none of them.
 */
const rules = {
  RR1: [interviews, everybody],
  RR2: [interviewsAndPartials, everybody],
  RR3: [interviews, likelyEligible],
  RR4: [interviewsAndPartials, likelyEligible],
  RR5: [interviews, knownEligible],
  RR6: [interviewsAndPartials, knownEligible],
  COOP1: [interviews, contacts],
  COOP2: [interviewsAndPartials, contacts],
  COOP3: [interviews, contactedAndAble],
  COOP4: [interviewsAndPartials, contactedAndAble],
  REF1: [refusals, everybody],
  REF2: [refusals, likelyEligible],
  REF3: [refusals, knownEligible],
  CON1: [contacts, everybody],
  CON2: [contacts, likelyEligible],
  CON3: [contacts, knownEligible],
} as const satisfies Record<string, Rule>

export type AaporRate = keyof typeof rules
export const aaporRates = Object.keys(rules) as readonly AaporRate[]
export type AaporRates = Readonly<Record<AaporRate, number | null>>

/** One rate, from 0 to 1. `null` when its denominator is empty, or `e` is needed and nothing is known. */
export const aaporRate = (rate: AaporRate, cases: Dispositions): number | null => {
  const parts = sums(cases)
  const [over, under] = rules[rate]
  const denominator = under(parts)
  return denominator === null ? null : ratio(over(parts), denominator)
}

/** All rates together, so that one is never quoted without its neighbours. */
export const allAaporRates = (cases: Dispositions): AaporRates =>
  Object.fromEntries(aaporRates.map((rate) => [rate, aaporRate(rate, cases)])) as AaporRates

/** Cases added up by the weights of their selection. */
export const weighted = ({ dispositions, weights, e }: WeightedCases): Dispositions => ({
  ...Object.fromEntries(
    Disposition.options.map((code) => [
      code,
      sum(weights.filter((_, at) => dispositions[at] === code)),
    ]),
  ),
  ...(e !== undefined && { e }),
})

const ratesNamed = <Suffix extends string>(suffix: Suffix) =>
  aaporRates.map((rate) => [rate, `aapor.${rate}${suffix}`] as const)

export const aaporMetrics = {
  ...(Object.fromEntries(
    ratesNamed('').map(([rate, name]) => [
      name,
      metric(Dispositions, (cases) => aaporRate(rate, cases)),
    ]),
  ) as Record<`aapor.${AaporRate}`, Metric<typeof Dispositions, number | null>>),
  ...(Object.fromEntries(
    ratesNamed('.weighted').map(([rate, name]) => [
      name,
      metric(WeightedCases, (cases) => aaporRate(rate, weighted(cases))),
    ]),
  ) as Record<`aapor.${AaporRate}.weighted`, Metric<typeof WeightedCases, number | null>>),
  'aapor.e': metric(Dispositions, eligibility),
  'aapor.lowCount': metric(Dispositions, allAaporRates),
  'aapor.weighted': metric(WeightedCases, (cases) =>
    Object.fromEntries(
      Object.entries(allAaporRates(weighted(cases))).map(([rate, value]) => [`${rate}w`, value]),
    ),
  ),
} as const
