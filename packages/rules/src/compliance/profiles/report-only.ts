import type { ComplianceProfile } from '../profile.ts'

/**
 * For a hospital that pays nobody for patients: who brought whom is counted in full, wages that do
 * not depend on it are no business of this gate, and everything else is denied.
 */
export const reportOnly: ComplianceProfile = {
  id: 'report-only',
  version: 1,
  title: 'Count, and pay nobody',
  grounds: {
    'house-rule': {
      statute: 'rule of this hospital',
      article: 'all',
      reason: 'This hospital pays nobody for bringing patients.',
      source: 'profile report-only',
    },
  },
  rules: [
    {
      id: 'counted-only',
      when: { benefit: ['report'] },
      judgement: 'ALLOW',
      ground: 'house-rule',
      because: 'counting who brought whom pays nobody',
    },
    {
      id: 'wage',
      when: { payeeClass: ['own-marketer', 'own-clinician', 'part-timer'], benefit: ['fixed-fee'] },
      judgement: 'ALLOW',
      ground: 'house-rule',
      because: 'a wage that does not depend on patients',
    },
  ],
  otherwise: 'house-rule',
}
