import * as z from 'zod'

/** One answer: an option, some options, or a figure; `null` where somebody would rather not say. */
export const SurveyAnswer = z.union([
  z.string().max(200),
  z.number(),
  z.array(z.string().max(200)).max(30),
  z.null(),
])
export type SurveyAnswer = z.infer<typeof SurveyAnswer>

/** Answers by question, without free texts. */
export const SurveyAnswers = z.record(z.string().max(200), SurveyAnswer)
export type SurveyAnswers = z.infer<typeof SurveyAnswers>
