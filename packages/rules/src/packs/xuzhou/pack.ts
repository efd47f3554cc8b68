import { planRef } from '../../follow-up/plan.ts'
import type { RulePack } from '../../pack/rule-pack.ts'
import { dischargeSatisfaction } from '../surveys/discharge-satisfaction.ts'
import { outpatientSatisfaction } from '../surveys/outpatient-satisfaction.ts'
import { xuzhouAccess } from './access.ts'
import { xuzhouFollowUp } from './follow-up.ts'
import { xuzhouTerritory } from './territory.ts'

/** The owner hears at once that an answer is overdue, then their head and patient relations, days later. */
const overdueAnswers = (head: number, office: number) => [
  { afterDays: 0, to: 'owner' },
  { afterDays: head, to: 'department-head' },
  { afterDays: office, to: 'patient-relations' },
]

/**
 * A rule pack after Xuzhou Central Hospital's 96120 centre: its three tiers of follow-up, escalated to
 * the owner, then to the head of the department, then to the follow-up office; patients undisturbed
 * from nine in the evening to eight; what is asked of satisfaction, on the telephone and without links;
 * complaints answered within five working days, serious ones within two; and who may see and do what.
 */
export const xuzhouPack: RulePack = {
  id: 'xuzhou',
  version: 1,
  title: '徐州市中心医院 96120',
  followUp: {
    plan: planRef(xuzhouFollowUp),
    plans: { [planRef(xuzhouFollowUp)]: xuzhouFollowUp },
    also: [],
    migration: 'pin',
    calendars: {},
  },
  escalation: [
    { afterDays: 0, to: 'owner', digest: true },
    { afterDays: 1, to: 'department-head' },
    { afterDays: 3, to: 'follow-up-office' },
  ],
  territory: xuzhouTerritory,
  spotChecks: [{ tier: 1, rate: 0.1, role: 'call-centre' }],
  secretDraws: true,
  quietHours: { from: '21:00', until: '08:00' },
  announcements: [
    {
      plan: xuzhouFollowUp.id,
      tier: 3,
      template: 'follow-up.visit-announced',
      grade: 'ordinary',
    },
  ],
  channels: { patients: ['sms'] },
  silentFeedAfterHours: 24,
  surveys: {
    questionnaires: [dischargeSatisfaction, outpatientSatisfaction],
    send: false,
    anonymous: false,
    expiresAfterDays: 30,
    threshold: 11,
  },
  feedback: {
    classes: [
      ...['attitude', 'communication', 'treatment', 'nursing', 'waiting', 'cost', 'environment'],
      ...['meals', 'integrity', 'other'],
    ],
    severities: {
      ordinary: { answerWithin: { workingDays: 5 }, escalation: overdueAnswers(1, 3) },
      serious: { answerWithin: { workingDays: 2 }, escalation: overdueAnswers(0, 1) },
    },
    reopenWithinDays: 30,
  },
  access: xuzhouAccess,
}
