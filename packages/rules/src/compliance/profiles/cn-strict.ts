import type { ComplianceProfile } from '../profile.ts'

const volume = ['share-of-fees', 'per-patient'] as const

const ninePrinciples = '医疗机构工作人员廉洁从业九项准则 (2021)'
const unfairCompetition = '中华人民共和国反不正当竞争法 (2025 revision)'
const ninePrinciplesSource = 'http://www.pkucnooch.com/system/2023/08/17/030117414.shtml'
const unfairCompetitionSource = 'https://cap.net.cn/Item/214692.aspx'

/**
 * The default: the law of mainland China, read so that in doubt nobody is paid. Whoever could steer
 * patients for money is denied; a hospital's own marketers wait for a recorded legal opinion.
 */
export const cnStrict: ComplianceProfile = {
  id: 'cn-strict',
  version: 1,
  title: 'Mainland China, strict reading',
  grounds: {
    'no-commission': {
      statute: ninePrinciples,
      article: '1',
      reason:
        'Everybody who works in a medical institution is paid for work done, and takes no commercial commission.',
      source: ninePrinciplesSource,
    },
    'no-patient-trade': {
      statute: ninePrinciples,
      article: '6',
      reason:
        'Patients are referred where their treatment needs it; whoever works in a medical institution may not introduce them for gain.',
      source: ninePrinciplesSource,
    },
    'no-bribe': {
      statute: unfairCompetition,
      article: '8',
      reason:
        'Nobody is given money to win a deal who works for the other side, acts for it, or can sway it, and none of them may take it.',
      source: unfairCompetitionSource,
    },
    'open-and-booked': {
      statute: unfairCompetition,
      article: '8',
      reason:
        'A discount to the other party and a commission to an intermediary are agreed openly and truly booked by both sides.',
      source: unfairCompetitionSource,
    },
    'not-from-the-fund': {
      statute: 'rule of this profile',
      article: 'public insurance',
      reason:
        'What an insurance fund pays is for treatment; it stays out of every base until a legal opinion says otherwise.',
      source: 'profile cn-strict',
    },
    'nobody-said-so': {
      statute: 'rule of this profile',
      article: 'otherwise',
      reason: 'What has not been found lawful is not paid.',
      source: 'profile cn-strict',
    },
    ordinary: {
      statute: 'rule of this profile',
      article: 'ordinary',
      reason: 'Nobody gains by the number of patients or by what they spend.',
      source: 'profile cn-strict',
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
      ground: 'open-and-booked',
      because: 'money goes to a verified account of the payee and nowhere else',
    },
    {
      id: 'fund-money',
      when: { feePayer: ['public-insurance'], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'not-from-the-fund',
      because: 'an insurance fund paid this fee',
    },
    {
      id: 'drugs',
      when: { service: ['drug'], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'no-commission',
      because: 'nobody earns by what is prescribed',
    },
    {
      id: 'clinician-elsewhere-per-patient',
      when: { payeeClass: ['clinician-elsewhere'], benefit: [...volume, 'discount'] },
      judgement: 'DENY',
      ground: 'no-patient-trade',
      because: 'staff of a medical institution would be paid for sending patients',
    },
    {
      id: 'institution-elsewhere-per-patient',
      when: { payeeClass: ['institution-elsewhere'], benefit: [...volume, 'discount'] },
      judgement: 'DENY',
      ground: 'no-bribe',
      because: 'a medical institution would be paid for sending patients',
    },
    {
      id: 'service-bought-elsewhere',
      when: {
        payeeClass: ['clinician-elsewhere', 'institution-elsewhere'],
        benefit: ['fixed-fee'],
      },
      judgement: 'REVIEW',
      ground: 'no-patient-trade',
      because: 'a fee for a service is lawful only through the institution and apart from volume',
      needs: ['contract-with-the-institution', 'invoice'],
    },
    {
      id: 'own-clinician',
      when: { payeeClass: ['own-clinician'] },
      judgement: 'DENY',
      ground: 'no-commission',
      because: 'clinicians are paid by payroll, and for nothing that depends on patients brought',
    },
    {
      id: 'public-body',
      when: { payeeClass: ['public-body'] },
      judgement: 'DENY',
      ground: 'no-bribe',
      because: 'public bodies, officials and consortium members get nothing for a transfer',
    },
    {
      id: 'own-marketer-wage',
      when: { payeeClass: ['own-marketer', 'part-timer'], benefit: ['fixed-fee'] },
      judgement: 'ALLOW',
      ground: 'ordinary',
      because: 'a wage that does not depend on patients',
      needs: ['employment-contract'],
    },
    {
      id: 'own-marketer-commission',
      when: { payeeClass: ['own-marketer', 'part-timer'], benefit: [...volume] },
      judgement: 'REVIEW',
      ground: 'no-commission',
      because:
        'the principles name all staff, so a legal opinion must say that these are not meant',
      needs: ['legal-opinion'],
    },
    {
      id: 'pharmacy-check-ups',
      when: { payeeClass: ['pharmacy'], benefit: [...volume], service: ['check-up'] },
      judgement: 'REVIEW',
      ground: 'open-and-booked',
      because: 'only as an open commission for check-ups, with nothing prescribed behind it',
      needs: ['contract', 'invoice', 'legal-opinion'],
    },
    {
      id: 'pharmacy-fee',
      when: { payeeClass: ['pharmacy'], benefit: ['fixed-fee'] },
      judgement: 'REVIEW',
      ground: 'open-and-booked',
      because: 'a fee for a service needs a contract that shows the service',
      needs: ['contract', 'invoice'],
    },
    {
      id: 'enterprise-discount',
      when: { payeeClass: ['enterprise'], benefit: ['discount', 'fixed-fee'] },
      judgement: 'ALLOW',
      ground: 'open-and-booked',
      because: 'open, to the firm itself, on its invoice',
      needs: ['contract', 'invoice'],
    },
    {
      id: 'enterprise-organiser',
      when: { payeeClass: ['enterprise'], benefit: [...volume] },
      judgement: 'DENY',
      ground: 'no-bribe',
      because: 'whoever organises a check-up for a firm works for the other side of the deal',
    },
    {
      id: 'intermediary-fee',
      when: { payeeClass: ['intermediary'], benefit: ['fixed-fee'] },
      judgement: 'ALLOW',
      ground: 'open-and-booked',
      because: 'a fixed fee under contract, invoiced and booked',
      needs: ['contract', 'invoice'],
    },
    {
      id: 'intermediary-commission',
      when: { payeeClass: ['intermediary'], benefit: [...volume] },
      judgement: 'REVIEW',
      ground: 'open-and-booked',
      because: 'a commission to a lawful intermediary must be open, booked and fit for the service',
      needs: ['contract', 'invoice', 'legal-opinion'],
    },
    {
      id: 'own-discount',
      when: { payeeClass: ['patient'], benefit: ['discount'] },
      judgement: 'ALLOW',
      ground: 'open-and-booked',
      because: 'a price for the patient, shown on the bill',
    },
  ],
  otherwise: 'nobody-said-so',
}
