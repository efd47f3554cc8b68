import * as z from 'zod'
import { Count, metric, shape, within } from './metric.ts'
import { percent } from './numeric/moments.ts'

export const CahpsSample = shape({
  completed: Count,
  surveyed: Count,
  deceased: Count,
  ineligible: Count,
}).superRefine(({ completed, surveyed, deceased, ineligible }, context) => {
  if (completed + deceased + ineligible > surveyed) {
    context.addIssue({
      code: 'custom',
      message: 'all within surveyed expected',
      path: ['surveyed'],
    })
  }
})
export type CahpsSample = z.infer<typeof CahpsSample>

export const AnsweredItems = shape({
  answeredApplicableToAll: Count,
  applicableToAll: Count,
  /** The share from which a survey counts as complete; a half unless told. */
  threshold: z.number().min(0).max(1).optional(),
}).superRefine(within('answeredApplicableToAll', 'applicableToAll'))
export type AnsweredItems = z.infer<typeof AnsweredItems>

export const SurveyStages = shape({
  invited: Count,
  delivered: Count,
  opened: Count,
  started: Count,
  completed: Count,
})
export type SurveyStages = z.infer<typeof SurveyStages>

/**
 * Completes in percent of those surveyed without the deceased and the ineligible; who could not be
 * reached stays in (AHRQ, CAHPS instructions for analysing data). `null` when nobody is left.
 */
export const cahpsResponseRate = ({ completed, surveyed, deceased, ineligible }: CahpsSample) =>
  percent(completed, surveyed - deceased - ineligible)

/** Whether enough of the items that apply to everybody are answered. `null` when none applies. */
export const isComplete = (items: AnsweredItems): boolean | null => {
  const { answeredApplicableToAll, applicableToAll, threshold = 0.5 } = items
  return applicableToAll === 0 ? null : answeredApplicableToAll >= threshold * applicableToAll
}

/** How far invitations came, in percent of what each rate names. `null` where that is nobody. */
export const surveyFunnel = ({ invited, delivered, opened, started, completed }: SurveyStages) => ({
  responseOfInvited: percent(completed, invited),
  responseOfDelivered: percent(completed, delivered),
  startOfOpened: percent(started, opened),
  completionOfStarted: percent(completed, started),
})

export const responseMetrics = {
  'responseRate.cahps': metric(CahpsSample, cahpsResponseRate),
  'survey.isComplete': metric(AnsweredItems, isComplete),
  'survey.funnel': metric(SurveyStages, surveyFunnel),
} as const
