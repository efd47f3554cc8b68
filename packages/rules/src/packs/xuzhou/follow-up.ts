import type { FollowUpPlan } from '../../follow-up/plan.ts'

/**
 * The three tiers of Xuzhou Central Hospital's 96120 centre: every discharge is called by its
 * attending within a week and by the call centre in the week after, and a share of a month's is
 * visited at home, whoever could not be reached in any case. Patients who died in hospital have none.
 */
export const xuzhouFollowUp: FollowUpPlan = {
  id: 'xuzhou-three-tier',
  version: 1,
  tiers: [
    {
      tier: 1,
      role: 'attending',
      channel: 'phone',
      purpose: 'clinical',
      opens: { days: 0 },
      due: { days: 7 },
      acceptEarlyDays: 0,
    },
    {
      tier: 2,
      role: 'call-centre',
      channel: 'phone',
      purpose: 'satisfaction',
      opens: { days: 8 },
      due: { days: 14 },
      acceptEarlyDays: 0,
      questionnaire: 'discharge-satisfaction',
    },
    {
      tier: 3,
      role: 'outreach',
      channel: 'home-visit',
      purpose: 'clinical',
      opens: { days: 15 },
      due: { months: 1 },
      acceptEarlyDays: 0,
      sampling: {
        rate: 0.05,
        forceOn: ['tier1-unreachable'],
        frame: 'iso-week-of-discharge',
        decideAt: 'frame-end',
        algorithm: 'sha256-rank',
        rounding: 'ceil',
      },
    },
  ],
  horizonDays: 45,
  excludeDispositions: ['5'],
  onInpatientReadmission: 'cancel',
  deadlineShift: 'none',
  attempts: { max: 3, minGapHours: 4 },
}
