import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import { fraudClaims } from './fraud.ts'
import { judge } from './judge.ts'
import { ComplianceProfile, type Judgement } from './profile.ts'
import { cnStrict } from './profiles/cn-strict.ts'
import { reportOnly } from './profiles/report-only.ts'
import { usFederal } from './profiles/us-federal.ts'
import { Release } from './release.ts'
import { Benefit, FeePayer, GatePoint, type GateSubject, PayeeClass, Service } from './subject.ts'
import { type Claim, cnWageDeduction, deductFromWage } from './wage-deduction.ts'

const subject = (more: Partial<GateSubject> = {}): GateSubject => ({
  point: 'settlement',
  payeeClass: 'own-marketer',
  benefit: 'share-of-fees',
  feePayer: 'self-pay',
  service: 'treatment',
  ...more,
})

const anySubject: fc.Arbitrary<GateSubject> = fc.record({
  point: fc.constantFrom(...GatePoint.options),
  payeeClass: fc.constantFrom(...PayeeClass.options),
  benefit: fc.constantFrom(...Benefit.options),
  feePayer: fc.constantFrom(...FeePayer.options),
  service: fc.constantFrom(...Service.options),
})

const profiles = [cnStrict, usFederal, reportOnly]

const release = Release.parse({
  id: 'RL1',
  profile: 'cn-strict@1',
  rule: 'own-marketer-commission',
  by: [
    { person: 'director', role: 'director' },
    { person: 'counsel', role: 'legal' },
  ],
  opinion: { author: 'Law Firm', document: 'sha256:00' },
  at: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
})

describe('the gate', () => {
  it.each<[Judgement, Partial<GateSubject>, string]>([
    ['DENY', { payeeClass: 'clinician-elsewhere' }, 'clinician-elsewhere-per-patient'],
    [
      'DENY',
      { payeeClass: 'clinician-elsewhere', benefit: 'per-patient' },
      'clinician-elsewhere-per-patient',
    ],
    [
      'REVIEW',
      { payeeClass: 'clinician-elsewhere', benefit: 'fixed-fee' },
      'service-bought-elsewhere',
    ],
    ['DENY', { payeeClass: 'institution-elsewhere' }, 'institution-elsewhere-per-patient'],
    ['DENY', { payeeClass: 'own-clinician' }, 'own-clinician'],
    ['DENY', { payeeClass: 'public-body', benefit: 'fixed-fee' }, 'public-body'],
    ['REVIEW', {}, 'own-marketer-commission'],
    ['ALLOW', { benefit: 'fixed-fee' }, 'own-marketer-wage'],
    ['DENY', { payeeClass: 'pharmacy' }, 'otherwise'],
    ['REVIEW', { payeeClass: 'pharmacy', service: 'check-up' }, 'pharmacy-check-ups'],
    ['DENY', { payeeClass: 'enterprise', service: 'check-up' }, 'enterprise-organiser'],
    ['ALLOW', { payeeClass: 'enterprise', benefit: 'discount' }, 'enterprise-discount'],
    ['REVIEW', { payeeClass: 'intermediary' }, 'intermediary-commission'],
    ['DENY', { payeeClass: 'introducer' }, 'otherwise'],
    ['DENY', { feePayer: 'public-insurance' }, 'fund-money'],
    ['DENY', { service: 'drug' }, 'drugs'],
    ['ALLOW', { payeeClass: 'own-clinician', benefit: 'report' }, 'counted-only'],
  ])('in China answers %s to %o', (judgement, more, rule) => {
    expect(judge(cnStrict, subject(more))).toMatchObject({
      judgement,
      rule,
      profile: 'cn-strict@1',
    })
  })

  it.each<[Judgement, Partial<GateSubject>, string]>([
    ['ALLOW', {}, 'employee-commission'],
    ['ALLOW', { feePayer: 'public-insurance' }, 'employee-commission'],
    ['DENY', { service: 'laboratory' }, 'ekra-services'],
    ['DENY', { service: 'addiction-treatment', benefit: 'per-patient' }, 'ekra-services'],
    ['DENY', { payeeClass: 'intermediary', feePayer: 'public-insurance' }, 'outsider-by-volume'],
    ['REVIEW', { payeeClass: 'part-timer', benefit: 'fixed-fee' }, 'outsider-fee'],
    ['DENY', { payeeClass: 'clinician-elsewhere' }, 'referring-side'],
    ['DENY', { payeeClass: 'own-clinician' }, 'referring-side-of-a-physician'],
    [
      'DENY',
      { payeeClass: 'patient', benefit: 'discount', feePayer: 'public-insurance' },
      'beneficiary-discount',
    ],
  ])('in the United States answers %s to %o', (judgement, more, rule) => {
    expect(judge(usFederal, subject(more))).toMatchObject({ judgement, rule })
  })

  it('gives its legal ground with every answer, whatever it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles), anySubject, (profile, asked) => {
        const { ground, because } = judge(profile, asked)
        for (const word of [
          ground.statute,
          ground.article,
          ground.reason,
          ground.source,
          because,
        ]) {
          expect(word).not.toBe('')
        }
      }),
    )
  })

  it('never lets money for patients reach who can refer them, whatever is released', () => {
    const referring = [
      'clinician-elsewhere',
      'institution-elsewhere',
      'own-clinician',
      'public-body',
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...profiles),
        anySubject,
        fc.constantFrom(...referring),
        (profile, asked, payeeClass) => {
          for (const benefit of ['share-of-fees', 'per-patient'] as const) {
            const subject = { ...asked, payeeClass, benefit }
            const { profile: of, rule } = judge(profile, subject)
            const released = { ...release, profile: of, rule }
            const records = { releases: [released], at: '2026-06-01T00:00:00Z' }
            const verdict = judge(profile, subject, records)
            expect([verdict.judgement, verdict.release]).toEqual(['DENY', undefined])
          }
        },
      ),
    )
  })

  it('pays nobody for patients where a hospital only reports, and counts everybody', () => {
    fc.assert(
      fc.property(anySubject, (asked) => {
        const paid = ['share-of-fees', 'per-patient', 'discount'] as const
        for (const benefit of paid)
          expect(judge(reportOnly, { ...asked, benefit }).judgement).toBe('DENY')
        expect(judge(reportOnly, { ...asked, benefit: 'report' }).judgement).toBe('ALLOW')
      }),
    )
  })

  it('lets payments out only to a verified account of the payee', () => {
    const records = { releases: [release], at: '2026-06-01T00:00:00Z' }
    const payment = subject({ point: 'payment-export' })
    expect(judge(cnStrict, payment, records).rule).toBe('payout-not-to-the-payee')
    for (const payout of ['cash', 'third-person', 'unverified-account'] as const) {
      expect(judge(cnStrict, { ...payment, payout }, records).judgement).toBe('DENY')
    }
    expect(judge(cnStrict, { ...payment, payout: 'own-account' }, records).judgement).toBe('ALLOW')
  })
})

describe('a release', () => {
  const ask = (at: string, more: Partial<GateSubject> = {}, releases = [release]) =>
    judge(cnStrict, subject({ payee: 'R1', ...more }), { releases, at })

  it('by two named persons allows what is under review, from its instant until its end', () => {
    expect(ask('2026-01-01T00:00:00Z')).toMatchObject({ judgement: 'ALLOW', release: 'RL1' })
    expect(ask('2026-12-31T23:59:59Z').judgement).toBe('ALLOW')
    expect(ask('2025-12-31T23:59:59Z')).toMatchObject({
      judgement: 'REVIEW',
      lapsed: { because: 'not-yet' },
    })
    expect(ask('2027-01-01T00:00:00Z')).toMatchObject({
      judgement: 'REVIEW',
      lapsed: { because: 'expired' },
    })
  })

  it('does not answer for other payees, for other rows, or for who signed it', () => {
    const named = [{ ...release, payees: ['R2'] }]
    expect(ask('2026-06-01T00:00:00Z', {}, named)).toMatchObject({
      judgement: 'REVIEW',
      lapsed: { because: 'other-payee' },
    })
    expect(ask('2026-06-01T00:00:00Z', { payee: 'R2' }, named).judgement).toBe('ALLOW')
    expect(ask('2026-06-01T00:00:00Z', { payee: 'director' }).lapsed?.because).toBe('own-release')
    expect(ask('2026-06-01T00:00:00Z', { payeeClass: 'intermediary' }).judgement).toBe('REVIEW')
    expect(
      ask('2026-06-01T00:00:00Z', {}, [{ ...release, profile: 'cn-strict@2' }]),
    ).not.toHaveProperty('lapsed')
  })

  it('is refused of one person or role twice, and with an end before its beginning', () => {
    const messages = (more: object) =>
      Release.safeParse({ ...release, ...more }).error?.issues.map(({ message }) => message)
    const [one, other] = release.by
    expect(messages({ by: [one, { ...other, person: one.person }] })).toEqual([
      'release.one-person',
    ])
    expect(messages({ by: [one, { ...other, role: one.role }] })).toEqual(['release.one-role'])
    expect(messages({ validUntil: release.at })).toEqual(['release.ends-before-it-begins'])
  })
})

describe('a compliance profile', () => {
  it.each(profiles)(
    '$id is one that nothing speaks against, and every row can be reached',
    (profile) => {
      expect(ComplianceProfile.parse(profile)).toEqual(profile)
      const met = new Set<string>()
      for (const point of GatePoint.options)
        for (const payeeClass of PayeeClass.options)
          for (const benefit of Benefit.options)
            for (const feePayer of FeePayer.options)
              for (const service of Service.options)
                met.add(judge(profile, { point, payeeClass, benefit, feePayer, service }).rule)
      expect(profile.rules.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([])
    },
  )

  it('is refused with a row twice, or with a ground it does not have', () => {
    const [row] = cnStrict.rules
    const messages = (more: object) =>
      ComplianceProfile.safeParse({ ...cnStrict, ...more }).error?.issues.map(
        ({ message }) => message,
      )
    expect(messages({ rules: [row, row] })).toEqual(['compliance.rule-twice'])
    expect(messages({ rules: [{ ...row, ground: 'x' }] })).toEqual(['compliance.ground-unknown'])
    expect(messages({ otherwise: 'x' })).toEqual(['compliance.ground-unknown'])
  })
})

describe('a deduction from a wage', () => {
  const claim = (
    id: string,
    kind: Claim['kind'],
    amount: number,
    standing: Claim['standing'] = 'final',
  ): Claim => ({
    id,
    kind,
    amount,
    standing,
    because: 'test',
  })
  const deduct = (wage: number, minimumWage: number, ...claims: Claim[]) =>
    deductFromWage(cnWageDeduction, { wage, minimumWage, claims })

  it('is a fifth of the month at most, and leaves the minimum wage', () => {
    expect(deduct(500_000, 228_000, claim('A', 'loss', 150_000))).toMatchObject({
      limit: 100_000,
      deducted: 100_000,
      paid: 400_000,
      claims: [{ claim: 'A', deducted: 100_000, remains: 50_000, because: 'limit-reached' }],
    })
    expect(deduct(240_000, 228_000, claim('A', 'loss', 150_000))).toMatchObject({
      limit: 12_000,
      paid: 228_000,
    })
    expect(deduct(200_000, 228_000, claim('A', 'loss', 150_000))).toMatchObject({
      limit: 0,
      paid: 200_000,
    })
    expect(deduct(99_999, 0, claim('A', 'loss', 150_000)).limit).toBe(19_999)
  })

  it('waits until a claim stands, takes a fine only if accepted, and a penalty never', () => {
    const { claims } = deduct(
      500_000,
      228_000,
      claim('E', 'overpayment', 3_000),
      claim('D', 'penalty', 180_600, 'accepted'),
      claim('C', 'fine', 2_000, 'accepted'),
      claim('B', 'fine', 2_000),
      claim('A', 'loss', 1_000, 'open'),
    )
    expect(claims.map(({ claim: id, deducted, because }) => [id, deducted, because])).toEqual([
      ['A', 0, 'still-open'],
      ['B', 0, 'not-accepted'],
      ['C', 2_000, 'settled'],
      ['D', 0, 'not-from-wages'],
      ['E', 3_000, 'settled'],
    ])
  })

  it('keeps every claim whole between what was taken and what remains', () => {
    const kinds = fc.constantFrom<Claim['kind']>('loss', 'overpayment', 'fine', 'penalty')
    const standings = fc.constantFrom<Claim['standing']>('open', 'accepted', 'final')
    const claims = fc
      .array(fc.tuple(kinds, fc.integer({ min: 1, max: 90_000 }), standings), { maxLength: 6 })
      .map((all) =>
        all.map(([kind, amount, standing], place) => claim(`${place}`, kind, amount, standing)),
      )
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(300_000), claims, (wage, minimum, all) => {
        const answer = deduct(wage, minimum, ...all)
        expect(answer.paid + answer.claims.reduce((sum, one) => sum + one.deducted, 0)).toBe(wage)
        expect(answer.deducted * 5).toBeLessThanOrEqual(wage)
        expect(answer.paid).toBeGreaterThanOrEqual(Math.min(wage, minimum))
        for (const [place, one] of all.entries()) {
          const outcome = answer.claims[place]
          expect((outcome?.deducted ?? 0) + (outcome?.remains ?? 0)).toBe(one.amount)
        }
      }),
    )
  })
})

describe('a finding of fraud', () => {
  const finding = { id: 'F1', settled: 1_000_000, madeUp: 301_000, decidedBy: ['a', 'b'] as const }
  const amounts = (rule: Parameters<typeof fraudClaims>[1]) =>
    fraudClaims(yangzhouCommission, rule, finding).map(({ amount }) => amount)

  it('costs what was earned and a penalty apart, by the reading of the rule book', () => {
    expect(amounts({ times: 10, of: 'earned', includesReturn: false })).toEqual([15_050, 150_500])
    expect(amounts({ times: 10, of: 'earned', includesReturn: true })).toEqual([15_050, 135_450])
    expect(amounts({ times: 10, of: 'revenue', includesReturn: false })).toEqual([
      15_050, 3_010_000,
    ])
    expect(amounts({ times: 0, of: 'earned', includesReturn: false })).toEqual([15_050])
  })

  it('is refused of one person, and beyond what was settled', () => {
    const rule = { times: 10, of: 'earned' as const, includesReturn: false }
    const refused = (more: object, code: string) =>
      expect(() => fraudClaims(yangzhouCommission, rule, { ...finding, ...more })).toThrow(
        expect.objectContaining({ code }),
      )
    refused({ decidedBy: ['a', 'a'] }, 'fraud.one-decider')
    refused({ madeUp: 1_000_001 }, 'fraud.not-settled')
    refused({ madeUp: 0 }, 'fraud.not-settled')
  })
})
