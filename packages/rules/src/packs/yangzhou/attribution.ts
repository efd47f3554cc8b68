import type { AttributionRules } from '../../attribution/rules.ts'

/**
 * How merit is proved after the rule book: a slip registered at the desk and confirmed by operations,
 * a firm's name on the list, a call ahead that triage notes, a student's or partner's card shown at
 * triage. How long each counts, the text leaves open.
 */
export const yangzhouAttribution: AttributionRules = {
  id: 'yangzhou-evidence',
  version: 1,
  evidence: [
    {
      kind: 'slip',
      class: 1,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['registration-desk', 'operations'],
      singleUse: true,
    },
    {
      kind: 'company-list',
      class: 2,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['registration-desk'],
      singleUse: false,
    },
    {
      kind: 'call-ahead',
      class: 3,
      timing: 'before-visit',
      windowDays: 30,
      confirmedBy: ['triage-desk'],
      singleUse: false,
    },
    {
      kind: 'student-card',
      class: 4,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['triage-desk'],
      singleUse: false,
    },
    {
      kind: 'partner-card',
      class: 4,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['triage-desk'],
      singleUse: false,
    },
    {
      kind: 'coupon',
      class: 5,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['triage-desk'],
      singleUse: true,
    },
  ],
  bindMonths: 3,
}
