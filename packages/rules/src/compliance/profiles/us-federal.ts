import type { ComplianceProfile } from '../profile.ts'

const volume = ['share-of-fees', 'per-patient'] as const
const elsewhere = [
  'clinician-elsewhere',
  'institution-elsewhere',
  'own-clinician',
  'pharmacy',
] as const
const outside = ['part-timer', 'intermediary', 'introducer', 'enterprise'] as const

/**
 * Federal law of the United States: employees on the payroll may be paid by results, except for what
 * EKRA names; whoever refers, and whoever is not employed, may not. States are often stricter.
 */
export const usFederal: ComplianceProfile = {
  id: 'us-federal',
  version: 1,
  title: 'United States, federal law',
  grounds: {
    kickback: {
      statute: 'Anti-Kickback Statute, 42 U.S.C. 1320a-7b',
      article: '(b)(1)-(2)',
      reason:
        'Nothing of value is given or taken for referring a patient whose care a federal programme may pay.',
      source: 'https://www.law.cornell.edu/uscode/text/42/1320a-7b',
    },
    employee: {
      statute: 'Anti-Kickback Statute, 42 U.S.C. 1320a-7b; 42 CFR 1001.952',
      article: '(b)(3)(B); (i)',
      reason: 'What an employer pays a bona fide employee for employment is no kickback.',
      source: 'https://www.law.cornell.edu/cfr/text/42/1001.952',
    },
    'personal-services': {
      statute: '42 CFR 1001.952',
      article: '(d)',
      reason:
        'A contractor is paid under a written agreement, set in advance, at fair value, whatever the volume.',
      source: 'https://www.law.cornell.edu/cfr/text/42/1001.952',
    },
    ekra: {
      statute: 'Eliminating Kickbacks in Recovery Act, 18 U.S.C. 220',
      article: '(a), (b)(2)',
      reason:
        'For laboratories, recovery homes and treatment facilities nobody, employees included, is paid by referrals, tests or amounts billed, whoever pays the bill.',
      source: 'https://www.law.cornell.edu/uscode/text/18/220',
    },
    'self-referral': {
      statute: 'Physician self-referral law, 42 U.S.C. 1395nn',
      article: '(a)(1)',
      reason: 'A physician refers nobody to where a financial interest lies.',
      source: 'https://www.law.cornell.edu/uscode/text/42/1395nn',
    },
    inducement: {
      statute: 'Civil Monetary Penalties Law, 42 U.S.C. 1320a-7a',
      article: '(a)(5)',
      reason: 'A beneficiary of a federal programme is not won by gifts or waived payments.',
      source: 'https://www.law.cornell.edu/uscode/text/42/1320a-7a',
    },
    ordinary: {
      statute: 'rule of this profile',
      article: 'ordinary',
      reason: 'Nobody gains by the number of patients or by what they spend.',
      source: 'profile us-federal',
    },
    'nobody-said-so': {
      statute: 'rule of this profile',
      article: 'otherwise',
      reason: 'What has not been found lawful is not paid.',
      source: 'profile us-federal',
    },
  },
  rules: [
    {
      id: 'counted-only',
      when: { benefit: ['report'] },
      judgement: 'ALLOW',
      ground: 'ordinary',
      because: 'counting who brought whom pays nobody',
    },
    {
      id: 'payout-not-to-the-payee',
      when: {
        point: ['payment-export'],
        payout: ['unverified-account', 'third-person', 'cash'],
      },
      judgement: 'DENY',
      ground: 'kickback',
      because: 'money goes to a verified account of the payee and nowhere else',
    },
    {
      id: 'ekra-services',
      when: { service: ['laboratory', 'addiction-treatment'], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'ekra',
      because: 'for these services pay may not follow referrals or billing',
    },
    {
      id: 'referring-side-of-a-physician',
      when: { payeeClass: ['own-clinician'], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'self-referral',
      because: 'a physician would gain by sending patients here',
    },
    {
      id: 'referring-side',
      when: { payeeClass: [...elsewhere, 'public-body'], benefit: [...volume, 'discount'] },
      judgement: 'DENY',
      ground: 'kickback',
      because: 'whoever can refer would be paid for referring',
    },
    {
      id: 'employee-commission',
      when: { payeeClass: ['own-marketer'], benefit: [...volume, 'fixed-fee'] },
      judgement: 'ALLOW',
      ground: 'employee',
      because: 'pay of a bona fide employee',
      needs: ['w2-employment'],
    },
    {
      id: 'outsider-by-volume',
      when: { payeeClass: [...outside], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'personal-services',
      because: 'pay by volume to somebody who is not employed is not protected',
    },
    {
      id: 'outsider-fee',
      when: { payeeClass: [...outside, ...elsewhere], benefit: ['fixed-fee'] },
      judgement: 'REVIEW',
      ground: 'personal-services',
      because: 'set in advance, at fair value and apart from volume, somebody must attest',
      needs: ['written-agreement', 'fair-value-opinion'],
    },
    {
      id: 'beneficiary-discount',
      when: { payeeClass: ['patient'], benefit: ['discount'], feePayer: ['public-insurance'] },
      judgement: 'DENY',
      ground: 'inducement',
      because: 'a beneficiary of a federal programme would be induced',
    },
    {
      id: 'own-discount',
      when: { payeeClass: ['patient', 'enterprise'], benefit: ['discount'] },
      judgement: 'ALLOW',
      ground: 'ordinary',
      because: 'a price, shown on the bill',
    },
  ],
  otherwise: 'nobody-said-so',
}
