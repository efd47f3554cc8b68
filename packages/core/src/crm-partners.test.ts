import { CommissionTerms, yangzhouPartnerTerms } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { firm, marketing, marketingHospital } from './crm-referrals.fixture.ts'
import { refusalOf } from './hospital.fixture.ts'

const access = [
  { role: 'director', may: ['partner.*'] },
  { role: 'legal', may: ['partner.*'] },
  { role: 'marketing', may: ['partner.read', 'partner.record-visit'], where: { owner: 'self' } },
] as const
const pack = { access: access.map((rule) => ({ ...rule, may: [...rule.may] })) }

/** What check-ups are worth to whoever sends them; drugs and what the fund paid are excluded. */
const shares = CommissionTerms.parse({
  ...yangzhouPartnerTerms({ treatment: '5%', discounted: '3%', checkUp: '10%', eachPackage: '50' }),
  id: 'shares',
  from: '2026-01-01',
  to: '2026-12-31',
})

const hospital = async () => {
  const made = await marketingHospital({ pack })
  const { crm } = made
  const as = (id: string, role: string) => crm.for({ actor: { id, roles: [role] } }).partners
  const agreementOf = async (id: string, nth = 0) => {
    const seen = await crm.partners.get(id)
    return seen?.state.status === 'partner' ? seen.state.agreements[nth] : undefined
  }
  return { ...made, as, agreementOf }
}

describe('an agreement', () => {
  const opinion = { author: '律师事务所', document: 'sha256:00' }
  const release = { agreement: 'A1', opinion, validUntil: '2026-12-31T16:00:00Z' }

  it('that the law forbids is refused with its rule and its ground, and nothing is written', async () => {
    const { crm, store } = await hospital()
    const clinic = { ...firm, kind: 'clinic', payeeClass: 'clinician-elsewhere' } as const
    await crm.partners.register('clinic', clinic)
    const before = (await store.log('main')).length
    await expect(
      crm.partners.agree('clinic', { agreement: 'A1', pays: { terms: shares } }),
    ).rejects.toMatchObject({
      code: 'partner.agreement-denied',
      details: {
        agreement: 'A1',
        profile: 'cn-strict@1',
        rule: 'clinician-elsewhere-per-patient',
        statute: '医疗机构工作人员廉洁从业九项准则 (2021)',
        article: '6',
      },
    })
    expect(await store.log('main')).toHaveLength(before)
  })

  it('that the law allows is in force, with its word on record', async () => {
    const { crm, store, agreementOf } = await hospital()
    const services = ['check-up'] as const
    const pays = { benefit: 'discount', services: [...services], from: '2026-03-01' } as const
    await crm.partners.agree('firm', { agreement: 'A1', pays })
    expect(await agreementOf('firm')).toMatchObject({
      standing: 'active',
      findings: [
        { judgement: 'ALLOW', rule: 'enterprise-discount', needs: ['contract', 'invoice'] },
      ],
    })
    const [event] = (await store.log('main')).filter(({ type }) => type === 'partner.agreed')
    expect(event?.data).toMatchObject({ findings: [{ ground: { article: '8' } }] })
  })

  it('that the law leaves open waits until two persons of two roles have released it', async () => {
    const { crm, as, agreementOf } = await hospital()
    await crm.partners.agree('broker', { agreement: 'A1', pays: { terms: shares } })
    expect(await agreementOf('broker')).toMatchObject({ standing: 'awaiting-release' })
    expect((await crm.partners.awaitingRelease()).items.map(({ id }) => id)).toEqual(['broker'])
    const confirm = (id: string, role: string, signed = role) =>
      refusalOf(as(id, role).confirmRelease('broker', { agreement: 'A1', role: signed }))
    expect(await confirm('zhao', 'legal')).toBe('partner.no-release-proposed')
    await as('zhao', 'legal').proposeRelease('broker', { ...release, role: 'legal' })
    expect(await confirm('zhao', 'director')).toBe('partner.release-one-person')
    expect(await confirm('qian', 'legal')).toBe('partner.release-one-role')
    expect(await confirm('qian', 'legal', 'director')).toBe('partner.not-your-role')
    expect(await agreementOf('broker')).toMatchObject({ standing: 'awaiting-release' })
    await as('qian', 'director').confirmRelease('broker', { agreement: 'A1', role: 'director' })
    expect(await agreementOf('broker')).toMatchObject({
      standing: 'active',
      findings: [{ judgement: 'ALLOW', rule: 'intermediary-commission', release: 'broker/A1/1' }],
      releases: [
        {
          profile: 'cn-strict@1',
          payees: ['broker'],
          by: [
            { person: 'zhao', role: 'legal' },
            { person: 'qian', role: 'director' },
          ],
        },
      ],
    })
    expect((await crm.partners.awaitingRelease()).items).toEqual([])
    expect(await confirm('sun', 'director')).toBe('partner.nothing-to-release')
  })

  it('is released by nobody once the opinion has run out', async () => {
    const { crm, as, clock } = await hospital()
    await crm.partners.agree('broker', { agreement: 'A1', pays: { terms: shares } })
    const soon = { ...release, role: 'legal', validUntil: '2026-03-05T00:00:00Z' }
    await as('zhao', 'legal').proposeRelease('broker', soon)
    clock.set('2026-03-05T00:00:00.000Z')
    const late = as('qian', 'director').confirmRelease('broker', {
      agreement: 'A1',
      role: 'director',
    })
    expect(await refusalOf(late)).toBe('partner.release-over')
    expect(await refusalOf(as('zhao', 'legal').proposeRelease('broker', soon))).toBe(
      'partner.release-over',
    )
  })

  it('is judged anew when a partner becomes something else to the law', async () => {
    const { crm, agreementOf } = await hospital()
    const school = { ...firm, kind: 'university', payeeClass: 'enterprise' } as const
    await crm.partners.register('school', school)
    const pays = {
      benefit: 'fixed-fee',
      services: ['check-up' as const],
      from: '2026-03-01',
    } as const
    await crm.partners.agree('school', { agreement: 'A1', pays })
    await crm.partners.change('school', { payeeClass: 'public-body' })
    expect(await agreementOf('school')).toMatchObject({
      standing: 'denied',
      findings: [{ judgement: 'DENY', rule: 'public-body' }],
    })
  })

  it('is one at a time by results, and may follow one that was ended', async () => {
    const { crm } = await hospital()
    const agree = (agreement: string, from: string, currency = 'CNY') => {
      const meters = shares.meters.map((meter) => ({ ...meter, plan: { ...meter.plan, currency } }))
      const terms = { ...shares, from, to: undefined, currency, meters }
      return refusalOf(crm.partners.agree('broker', { agreement, pays: { terms } }))
    }
    expect(await agree('A1', '2026-01-01', 'USD')).toBe('partner.other-currency')
    await agree('A1', '2026-01-01')
    expect(await agree('A1', '2026-01-01')).toBe('partner.agreement-exists')
    expect(await agree('A2', '2026-07-01')).toBe('partner.agreement-overlaps')
    await crm.partners.endAgreement('broker', { agreement: 'A1', on: '2026-06-30' })
    expect(await agree('A2', '2026-06-30')).toBe('partner.agreement-overlaps')
    expect(await agree('A2', '2026-07-01')).toMatchObject({ id: 'broker' })
    const unknown = crm.partners.endAgreement('broker', { agreement: 'A9', on: '2026-06-30' })
    expect(await refusalOf(unknown)).toBe('partner.agreement-unknown')
    await crm.partners.end('broker', '2026-09-30')
    expect(await agree('A3', '2027-01-01')).toBe('partner.has-ended')
  })

  it('is none where no rule pack says what the law lets be paid', async () => {
    const { compliance: _, ...lawless } = marketing
    const { crm } = await marketingHospital({ pack: { ...lawless, compliance: undefined } })
    const pays = { benefit: 'report', services: ['check-up' as const], from: '2026-03-01' } as const
    expect(await refusalOf(crm.partners.agree('firm', { agreement: 'A1', pays }))).toBe(
      'partner.no-compliance-profile',
    )
  })
})

describe('a partner', () => {
  it('is called nothing else than it is to the law', async () => {
    const { crm } = await hospital()
    const clinic = { ...firm, kind: 'clinic', payeeClass: 'intermediary' } as const
    expect(await refusalOf(crm.partners.register('clinic', clinic))).toBe(
      'partner.class-not-of-kind',
    )
    const change = crm.partners.change('firm', { payeeClass: 'pharmacy' })
    expect(await refusalOf(change)).toBe('partner.class-not-of-kind')
    expect(await refusalOf(crm.partners.register('firm', firm))).toBe('partner.already-registered')
    expect(await refusalOf(crm.partners.end('nobody', '2026-03-02'))).toBe('partner.unknown')
  })

  it('who is a private person is named with their contact only', async () => {
    const { crm } = await hospital()
    const person = { ...firm, kind: 'introducer', payeeClass: 'introducer' } as const
    expect(await refusalOf(crm.partners.register('sun', person))).toBe('command.malformed')
    await crm.partners.register('sun', { ...person, name: undefined })
    const named = crm.partners.change('sun', { name: '孙思邈' })
    expect(await refusalOf(named)).toBe('partner.name-in-clear')
    await crm.partners.nameContact('sun', 'self', { name: '孙思邈', phones: ['15400007003'] })
    const { items } = await crm.partners.find({ phone: '154-0000-7003' }, { open: true })
    expect(items).toMatchObject([{ id: 'sun', state: { contacts: { self: { name: '孙思邈' } } } }])
    await crm.partners.dropContact('sun', 'self')
    expect((await crm.partners.find({ phone: '15400007003' })).items).toEqual([])
    const again = crm.partners.nameContact('sun', 'self', { name: '孙思邈' })
    expect(await refusalOf(again)).toBe('subject.erased')
  })

  it('is listed by channel, kind and owner until it ends, and again when that is taken back', async () => {
    const { crm } = await hospital()
    const listed = async () => {
      const lists = [{ channel: 'companies' }, { kind: 'company' }, { owner: 'chen' }]
      const pages = await Promise.all(lists.map((by) => crm.partners.list(by as { kind: string })))
      return pages.map(({ items }) => items.map(({ id }) => id).sort())
    }
    expect(await listed()).toEqual([['firm'], ['firm'], ['broker', 'firm']])
    await crm.partners.end('firm', '2026-03-31')
    expect(await listed()).toEqual([[], [], ['broker']])
    await crm.partners.resume('firm')
    expect(await listed()).toEqual([['firm'], ['firm'], ['broker', 'firm']])
  })

  it('is visited by its representative, and handed over with all the others', async () => {
    const { crm, as } = await hospital()
    const visit = { on: '2026-03-02', rep: 'chen', note: '谈体检套餐' }
    await as('chen', 'marketing').recordVisit('firm', visit)
    const march = { from: '2026-03-01', to: '2026-03-31' }
    const { items } = await crm.partners.visitedBy('chen', { ...march, open: true })
    expect(items).toMatchObject([{ id: 'firm', state: { visits: [visit] } }])
    const ahead = crm.partners.recordVisit('firm', { ...visit, on: '2026-03-03' })
    expect(await refusalOf(ahead)).toBe('partner.visit-in-future')
    expect(await crm.partners.handOver({ from: 'chen', to: 'wu' })).toBe(2)
    expect(await crm.partners.handOver({ from: 'chen', to: 'wu' })).toBe(0)
    expect(await refusalOf(as('chen', 'marketing').recordVisit('firm', visit))).toBe(
      'partner.unknown',
    )
    expect((await as('wu', 'marketing').get('firm'))?.id).toBe('firm')
  })

  it('counts for the target of its channel in the year in which it began', async () => {
    const { crm } = await hospital()
    await crm.partners.register('later', { ...firm, since: '2027-01-01' })
    await crm.partners.setTarget({ year: 2026, channel: 'companies', count: 50 })
    await crm.partners.setTarget({ year: 2026, channel: 'clinics', count: 150 })
    await crm.partners.setTarget({ year: 2026, channel: 'companies', count: 40 })
    expect(await crm.partners.targets(2026)).toEqual([
      { year: 2026, channel: 'clinics', count: 150, reached: 0 },
      { year: 2026, channel: 'companies', count: 40, reached: 1 },
    ])
  })
})
