import * as z from 'zod'
import { metric, shape } from './metric.ts'
import { mean } from './numeric/moments.ts'

/** Nothing where a question was skipped or did not apply. */
const Score = z.number().min(0).max(100).nullable()
type Score = z.infer<typeof Score>

/** A section counts when at least this share of it is answered; any answer at all unless told. */
const Share = z.number().min(0).max(1).optional()

export const PatientItems = shape({
  items0to100: z.array(z.array(Score)),
  minAnsweredShare: Share,
})
export type PatientItems = z.infer<typeof PatientItems>

export const PatientSections = shape({ sections: z.array(z.array(Score)), minAnsweredShare: Share })
export type PatientSections = z.infer<typeof PatientSections>

/** A row of item scores a patient, and of which items (counted from 0) each section consists. */
export const FacilityAnswers = shape({
  patients: z.array(z.array(Score)),
  sections: z.array(z.array(z.int().min(0))).max(26),
  minAnsweredShare: Share,
})
export type FacilityAnswers = z.infer<typeof FacilityAnswers>

const meanOfAnswered = (scores: readonly Score[], share = 0): number | null => {
  const answered = scores.filter((score) => score !== null)
  return answered.length >= share * scores.length ? mean(answered) : null
}

/**
 * Every patient's score in one section: the mean of the questions answered. With a
 * `minAnsweredShare` of 0.5 this is the half rule of the EORTC manuals. `null` where too few are.
 */
export const sectionScores = ({ items0to100, minAnsweredShare }: PatientItems) =>
  items0to100.map((scores) => meanOfAnswered(scores, minAnsweredShare))

/** Every patient's overall score: the mean of the section scores, whatever their length. */
export const overallOfSections = ({ sections, minAnsweredShare }: PatientSections) =>
  sections.map((scores) => meanOfAnswered(scores, minAnsweredShare))

/**
 * A facility's sections, lettered in order, and its overall score: each the mean over the patients,
 * not over the answers. `null` where no patient has a score.
 */
export const facilityMeans = ({ patients, sections, minAnsweredShare }: FacilityAnswers) => {
  const scored = patients.map((scores) =>
    sections.map((items) =>
      meanOfAnswered(
        items.map((item) => scores[item] ?? null),
        minAnsweredShare,
      ),
    ),
  )
  const means = sections.map(
    (_, section) =>
      [
        String.fromCharCode(65 + section),
        meanOfAnswered(scored.map((scores) => scores[section] ?? null)),
      ] as const,
  )
  const overall = meanOfAnswered(scored.map((scores) => meanOfAnswered(scores)))
  return { ...Object.fromEntries(means), overall }
}

export const compositeMetrics = {
  'composite.sectionScores': metric(PatientItems, sectionScores),
  'composite.overallMeanOfSections': metric(PatientSections, overallOfSections),
  'composite.facilityMeans': metric(FacilityAnswers, facilityMeans),
} as const
