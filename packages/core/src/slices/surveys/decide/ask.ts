import {
  type Policy,
  questionnaireOf,
  questionnaireRef,
  readDay,
  writeInstant,
  zoneOf,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import type { Survey, SurveyCommand, SurveyEvent } from '../schema.ts'

/** What a survey takes from its visit. */
const Visit = z.object({
  status: z.string(),
  patient: z.string().optional(),
  department: z.string().optional(),
  attending: z.string().optional(),
})

type Said<Type extends SurveyCommand['type']> = Extract<SurveyCommand, { type: Type }>
type Decided = (SurveyEvent | On<SurveyEvent>)[]

export const questionnaireIn = (policy: Policy, name: string) =>
  questionnaireOf(policy.surveys, name) ??
  refuse('survey.unknown-questionnaire', { questionnaire: name })

interface Occasion {
  readonly visit: string
  readonly questionnaire: string
  readonly send: boolean
  readonly task?: string
}

const asked = (
  { visit, questionnaire: name, send, task }: Occasion,
  { now, policy, other, id, fresh }: Context<Survey>,
): Decided => {
  const questionnaire = questionnaireRef(questionnaireIn(policy, name))
  const { patient, department, attending } = other({ kind: 'encounter', id: visit }, Visit) ?? {}
  if (patient === undefined) return refuse('survey.unknown-visit', { visit })
  const zone = zoneOf(policy.zone)
  const askedOn = localDay(policy.zone, now)
  const { expiresAfterDays = 30, anonymous = false } = policy.surveys ?? {}
  const expires = writeInstant(zone.startOf(readDay(askedOn) + expiresAfterDays + 1))
  if (send && anonymous) {
    return [{ type: 'survey.invited-anonymously', patient, questionnaire, until: expires, at: now }]
  }
  return [
    {
      ...{ type: 'survey.asked', questionnaire, patient, visit },
      ...(department !== undefined && { department }),
      ...(attending !== undefined && { attending }),
      ...(task !== undefined && { task }),
      ...{ askedOn, expires, token: fresh, send, at: now },
    },
    on(fresh, { type: 'survey.token-issued', of: id }),
  ]
}

export const ask = (
  { visit, questionnaire, send }: Said<'ask'>,
  context: Context<Survey>,
): Decided => asked({ visit, questionnaire, send }, context)

/** Nothing where the pack does not send, or the tier names no questionnaire. */
export const askForTask = (
  { visit, task, plan, tier }: Said<'ask-for-task'>,
  context: Context<Survey>,
): Decided => {
  const { surveys, followUp } = context.policy
  const known = Object.hasOwn(followUp.plans, plan) ? followUp.plans[plan] : undefined
  const { questionnaire } = known?.tiers.find((each) => each.tier === tier) ?? {}
  if (!surveys?.send || questionnaire === undefined) return []
  return asked({ visit, questionnaire, send: true, task }, context)
}
