import * as z from 'zod'
import { Questionnaire, questionnaireRef } from './questionnaire.ts'

/**
 * How a hospital asks: its questionnaires, kept in every version that somebody may still answer, and
 * whether a link goes out when a call for satisfaction falls due. Refuses two of one version
 * (`survey.questionnaire-twice`).
 */
export const SurveyRules = z
  .strictObject({
    questionnaires: z.array(Questionnaire).max(100),
    /** Sends a link when a follow-up opens whose tier names a questionnaire. */
    send: z.boolean().default(false),
    /** The link is the same for everybody and leads to no person. */
    anonymous: z.boolean().default(false),
    /** Local days after which a link is of no use any more. */
    expiresAfterDays: z.int().min(1).max(365).default(30),
    /** Figures of fewer responses are not shown. */
    threshold: z.int().min(1).max(1000).default(11),
  })
  .superRefine(({ questionnaires }, context) => {
    const refs = questionnaires.map(questionnaireRef)
    refs.forEach((ref, place) => {
      if (refs.indexOf(ref) === place) return
      const path = ['questionnaires', place]
      context.addIssue({ code: 'custom', message: 'survey.questionnaire-twice', path })
    })
  })
export type SurveyRules = z.infer<typeof SurveyRules>

/** The questionnaire of that `id@version`, or the newest version of that id. */
export const questionnaireOf = (
  rules: SurveyRules | undefined,
  name: string,
): Questionnaire | undefined =>
  rules?.questionnaires
    .filter((each) => each.id === name || questionnaireRef(each) === name)
    .reduce<Questionnaire | undefined>(
      (newest, each) => (newest && newest.version > each.version ? newest : each),
      undefined,
    )
