import { planRef } from '../../follow-up/plan.ts'
import type { RulePack } from '../../pack/rule-pack.ts'
import { xuzhouFollowUp } from './follow-up.ts'
import { xuzhouTerritory } from './territory.ts'

/**
 * A rule pack after Xuzhou Central Hospital's 96120 centre: its three tiers of follow-up, escalated to
 * the owner, then to the head of the department, then to the follow-up office; patients undisturbed
 * from nine in the evening to eight; and who may see and do what.
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
  access: [
    {
      role: 'attending',
      may: ['follow-up.read', 'follow-up.record-contact'],
      where: { owner: 'self' },
      opens: 4,
    },
    { role: 'attending', may: ['patient.read', 'encounter.read', 'message.read'], opens: 4 },
    {
      role: 'call-centre',
      may: [
        ...['follow-up.*', 'spot-check.*', 'draw.read', 'patient.read', 'patient.record-consent'],
        ...['encounter.read', 'message.*'],
      ],
      opens: 3,
    },
    {
      role: 'outreach',
      may: ['follow-up.read', 'follow-up.record-contact', 'patient.read', 'encounter.read'],
      opens: 3,
    },
    {
      role: 'follow-up-office',
      may: [
        ...['follow-up.*', 'spot-check.*', 'draw.*', 'patient.*', 'encounter.read', 'message.*'],
        ...['staff.*', 'intake.*'],
      ],
      opens: 4,
    },
    { role: 'intake', may: ['patient.*', 'encounter.*', 'staff.*', 'intake.*'], opens: 0 },
    {
      role: 'director',
      may: ['follow-up.read', 'draw.read', 'encounter.read', 'intake.read'],
      opens: 0,
    },
  ],
}
