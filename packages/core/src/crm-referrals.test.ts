import { describe, expect, it } from 'vitest'
import { createCrm } from './create-crm.ts'
import {
  at,
  evidence,
  line,
  type MarketingHospital,
  marketingHospital,
} from './crm-referrals.fixture.ts'
import { faultyStore } from './faulty-store.fixture.ts'
import { mr, packOf, refusalOf, someone } from './hospital.fixture.ts'

const creditsOf = async ({ crm }: MarketingHospital, visit: string) =>
  (await crm.attributions.explain(visit))?.decided.credits

const partnerOf = async (made: MarketingHospital, visit: string) =>
  (await creditsOf(made, visit))?.partner

const outpatient = (patient: string, day: string, time = '09:00') =>
  ({ patient, at: at(day, time), class: 'outpatient' }) as const

/** A patient who came on 2 March at nine with a card of the firm's. */
const withCard = async (made: MarketingHospital, number = '1', visit = 'V1') => {
  const { crm } = made
  const patient = await someone(crm, number)
  const card = { kind: 'partner-card', partner: 'firm', patient, at: at('02', '08:00') }
  const { id } = await crm.referrals.record(card)
  await crm.encounters.admit(visit, outpatient(patient, '02'))
  return { patient, card: id }
}

describe('a slip', () => {
  const slipped = async () => {
    const made = await marketingHospital()
    const { crm } = made
    const patient = await someone(crm, '1')
    const said = { kind: 'slip', partner: 'firm', patient, at: at('02', '08:00') }
    const { id: slip } = await crm.referrals.record({ ...said, number: 'ZZ-1001' })
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    return { ...made, patient, slip, said }
  }

  it('counts once both desks have confirmed it, and the charges follow', async () => {
    const made = await slipped()
    const { crm, slip } = made
    await crm.charges.post('V1', [line('c1', 30_000)])
    expect(await partnerOf(made, 'V1')).toMatchObject({
      status: 'nobody',
      lost: [{ touch: slip, payee: 'firm', because: 'not-confirmed' }],
    })
    expect(await made.accounts()).toEqual([])
    await crm.referrals.confirm(slip, { desk: 'registration-desk', visit: 'V1' })
    await crm.referrals.confirm(slip, { desk: 'operations' })
    const credited = { status: 'credited', payee: 'firm', touch: slip, boundUntil: '2026-06-02' }
    expect(await partnerOf(made, 'V1')).toMatchObject(credited)
    const told = { id: 'V1/c1', payee: 'firm', role: 'partner', touch: slip, amount: 30_000 }
    expect(await made.accounts()).toMatchObject([{ ...told, rules: 'evidence@1', holds: [] }])
    await crm.charges.post('V1', [line('c2', 5_000)])
    expect((await made.accounts()).map(({ id }) => id)).toEqual(['V1/c1', 'V1/c2'])
  })

  it('waits in the list of each desk that has to confirm it', async () => {
    const { crm, slip } = await slipped()
    const waits = async () =>
      Promise.all(
        ['registration-desk', 'operations'].map(
          async (desk) => (await crm.referrals.awaiting(desk)).items.length,
        ),
      )
    expect(await waits()).toEqual([1, 1])
    await crm.referrals.confirm(slip, { desk: 'operations' })
    expect(await waits()).toEqual([1, 0])
    await crm.referrals.withdraw(slip, { because: 'untrue' })
    expect(await waits()).toEqual([0, 0])
  })

  it('is used once, however its number is written, unless it was recorded by mistake', async () => {
    const made = await slipped()
    const { crm, slip, said } = made
    const again = () => crm.referrals.record({ ...said, partner: 'broker', number: 'zz-1001 ' })
    expect(await refusalOf(again())).toBe('referral.number-used')
    await crm.referrals.withdraw(slip, { because: 'mistaken', note: '号码抄错' })
    const { id } = await again()
    const { items } = await crm.referrals.withNumber('ZZ-1001')
    expect(items.map((item) => item.id).sort()).toEqual([slip, id].sort())
    expect(await partnerOf(made, 'V1')).toMatchObject({
      lost: [
        { touch: slip, because: 'withdrawn' },
        { touch: id, because: 'not-confirmed' },
      ],
    })
  })

  it('is used once even when two desks record it at the same moment', async () => {
    const { crm } = await marketingHospital()
    const patients = await Promise.all(['1', '2'].map((number) => someone(crm, number)))
    const ran = await Promise.all(
      patients.map((patient) =>
        refusalOf(
          crm.referrals.record({
            kind: 'slip',
            partner: 'firm',
            patient,
            at: at('02', '08:00'),
            number: 'X1',
          }),
        ),
      ),
    )
    expect(ran.filter((each) => each === 'referral.number-used')).toHaveLength(1)
  })

  it('is confirmed by those of the desk only, and by nobody whose merit it would be', async () => {
    const access = [
      { role: 'registration-desk', may: ['referral.*'] },
      { role: 'marketing', may: ['referral.*'] },
    ]
    const { crm } = await marketingHospital({ pack: { access } })
    const patient = await someone(crm, '1')
    const of = (id: string, ...roles: string[]) => crm.for({ actor: { id, roles } }).referrals
    const said = { kind: 'slip', rep: 'chen', patient, at: at('02', '08:00') }
    const { id } = await of('wu', 'registration-desk').record(said)
    const confirm = (who: ReturnType<typeof of>, desk: string) =>
      refusalOf(who.confirm(id, { desk }))
    expect(await confirm(of('wu', 'registration-desk'), 'operations')).toBe(
      'referral.not-your-desk',
    )
    expect(await confirm(of('chen', 'marketing', 'registration-desk'), 'registration-desk')).toBe(
      'referral.own-merit',
    )
    expect(await confirm(of('wu', 'registration-desk'), 'registration-desk')).toMatchObject({ id })
  })
})

describe('a call ahead', () => {
  /** Chen and the broker announce somebody, who comes an hour later as patient 7. */
  const announced = async () => {
    const made = await marketingHospital()
    const { crm, clock } = made
    const call = await crm.referrals.callAhead({
      person: { name: '贾思勰', phones: ['154-0000-7001'] },
      kind: 'call-ahead',
      rep: 'chen',
      partner: 'broker',
      at: at('02', '07:55'),
      note: '腰椎间盘突出,找骨科周医生',
    })
    clock.set(at('02', '09:05'))
    const patient = await someone(crm, '7', { name: '贾思勰', phones: ['15400007001'] })
    await crm.encounters.admit('V7', outpatient(patient, '02'))
    return { ...made, call, patient }
  }

  it('is found by the phone on arrival, and counts once staff say who it was', async () => {
    const made = await announced()
    const { crm, call, patient } = made
    const [expected] = await crm.referrals.expected({ phone: '15400007001' })
    expect([expected?.person.id, expected?.touches.map(({ id }) => id)]).toEqual([
      call.patient,
      [call.touch],
    ])
    await crm.referrals.confirm(call.touch, { desk: 'triage-desk', visit: 'V7' })
    const strange = { touch: call.touch, because: 'other-patient' }
    expect(await creditsOf(made, 'V7')).toMatchObject({
      rep: { status: 'nobody', lost: [strange] },
      partner: { status: 'nobody', lost: [strange] },
    })
    expect((await crm.patients.matches()).items.map(({ id }) => id)).toEqual([patient])
    await crm.patients.confirmMatch(patient, call.patient)
    expect(await creditsOf(made, 'V7')).toMatchObject({
      rep: { status: 'credited', payee: 'chen', touch: call.touch },
      partner: { status: 'credited', payee: 'broker', touch: call.touch },
    })
    expect(await crm.parked()).toEqual([])
  })

  it('wins over a card that is shown later, which is told why', async () => {
    const made = await announced()
    const { crm, call, patient } = made
    await crm.patients.proposeMatch(patient, call.patient)
    await crm.patients.confirmMatch(patient, call.patient)
    const card = { kind: 'partner-card', partner: 'firm', patient, at: at('02', '09:02') }
    const { id } = await crm.referrals.record(card)
    expect(await partnerOf(made, 'V7')).toMatchObject({ payee: 'firm' })
    await crm.referrals.confirm(call.touch, { desk: 'triage-desk' })
    expect(await partnerOf(made, 'V7')).toMatchObject({
      payee: 'broker',
      lost: [{ touch: id, payee: 'firm', because: 'weaker-evidence', against: call.touch }],
    })
  })

  it('shown at a visit that nobody has told of yet waits for it', async () => {
    const made = await announced()
    const { crm, call, patient } = made
    await crm.referrals.confirm(call.touch, { desk: 'triage-desk', visit: 'V8' })
    expect(await crm.attributions.explain('V8')).toBeUndefined()
    await crm.encounters.admit('V8', outpatient(patient, '02'))
    expect((await crm.patients.matches()).items.map(({ id }) => id)).toEqual([patient])
    await crm.patients.confirmMatch(patient, call.patient)
    expect(await partnerOf(made, 'V8')).toMatchObject({ payee: 'broker' })
    expect(await partnerOf(made, 'V7')).toMatchObject({ lost: [{ because: 'other-visit' }] })
  })

  it('that was written down after the patient came loses, whenever it is said to have been made', async () => {
    const made = await announced()
    const { crm, patient } = made
    const { id } = await crm.referrals.record({
      ...{ kind: 'call-ahead', rep: 'chen', patient, at: at('02', '08:30') },
    })
    await crm.referrals.confirm(id, { desk: 'triage-desk' })
    expect((await creditsOf(made, 'V7'))?.rep).toMatchObject({
      status: 'nobody',
      lost: [{ touch: id, because: 'recorded-after-visit' }],
    })
  })

  it('is refused when it names nobody, what no pack knows, or a time to come', async () => {
    const { crm } = await marketingHospital()
    const patient = await someone(crm, '1')
    const said = { kind: 'call-ahead', rep: 'chen', patient, at: at('02', '07:00') }
    const refused = (more: object) => refusalOf(crm.referrals.record({ ...said, ...more }))
    expect(await refused({ rep: undefined })).toBe('command.malformed')
    expect(await refused({ rep: 'nobody' })).toBe('staff.unknown')
    expect(await refused({ partner: 'nobody' })).toBe('partner.unknown')
    expect(await refused({ patient: 'nobody' })).toBe('patient.unknown')
    expect(await refused({ kind: 'dream' })).toBe('referral.unknown-kind')
    expect(await refused({ at: at('02', '08:06') })).toBe('referral.in-future')
  })
})

describe('the merit of a visit', () => {
  it('lasts for visits to come, from whoever brought the patient first', async () => {
    const made = await marketingHospital()
    const { patient, card } = await withCard(made)
    await made.crm.encounters.admit('V2', outpatient(patient, '20'))
    expect(await partnerOf(made, 'V2')).toMatchObject({ by: 'binding', payee: 'firm', touch: card })
    expect((await made.crm.attributions.explain('V2'))?.decided.occasion).toBe('return')
  })

  it('takes in visits from before anybody said to have brought the patient', async () => {
    const made = await marketingHospital()
    const { crm } = made
    const patient = await someone(crm, '1')
    await crm.encounters.admit('V0', outpatient(patient, '01'))
    await crm.referrals.record({
      ...{ kind: 'partner-card', partner: 'firm', patient, at: at('02', '07:00') },
    })
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    expect((await crm.attributions.explain('V1'))?.decided.occasion).toBe('return')
    expect(await partnerOf(made, 'V0')).toMatchObject({ lost: [{ because: 'after-visit' }] })
  })

  it('is nobody’s once the visit is cancelled, and comes back with a later registration', async () => {
    const made = await marketingHospital()
    const { crm } = made
    const { patient } = await withCard(made)
    await crm.charges.post('V1', [line('c1', 100)])
    expect(await made.accounts()).toHaveLength(1)
    await crm.encounters.cancelAdmission('V1', { patient, at: at('02', '09:30') })
    expect(await crm.attributions.explain('V1')).toBeUndefined()
    expect(await made.accounts()).toEqual([])
    await crm.encounters.admit('V1', outpatient(patient, '02', '11:00'))
    expect(await made.accounts()).toHaveLength(1)
  })

  it('is held where somebody brings themselves, until two others rule', async () => {
    const access = [{ role: 'judge', may: ['attribution.*', 'charge.read'], opens: 4 }]
    const made = await marketingHospital({ pack: { access } })
    const { crm } = made
    await crm.partners.register('sun', {
      ...{ kind: 'introducer', channel: 'people', payeeClass: 'introducer', owner: 'chen' },
      since: '2026-01-01',
    })
    await crm.partners.nameContact('sun', 'self', { name: '孙思邈', phones: ['15400000001'] })
    const patient = await someone(crm, '1', { name: '孙思邈', phones: ['154 0000 0001'] })
    const said = { kind: 'partner-card', partner: 'sun', patient, at: at('02', '08:00') }
    const { id: card } = await crm.referrals.record(said)
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    await crm.charges.post('V1', [line('c1', 100)])
    expect(await partnerOf(made, 'V1')).toMatchObject({
      status: 'held',
      payee: 'sun',
      holds: ['self-referral'],
    })
    expect(await made.accounts()).toMatchObject([{ payee: 'sun', holds: ['self-referral'] }])
    expect((await crm.attributions.held('self-referral')).items.map(({ id }) => id)).toEqual([
      patient,
    ])
    const of = (id: string) => crm.for({ actor: { id, roles: ['judge'] } }).attributions
    const word = { touch: card, because: '确为本人家属陪诊' }
    await of('zhao').proposeRuling('V1', 'partner', word)
    expect((await crm.attributions.proposedRulings()).items).toHaveLength(1)
    expect(await refusalOf(of('zhao').confirmRuling('V1', 'partner'))).toBe(
      'attribution.ruling-one-person',
    )
    expect(await refusalOf(of('sun').confirmRuling('V1', 'partner'))).toBe('attribution.own-merit')
    await of('qian').confirmRuling('V1', 'partner')
    expect(await partnerOf(made, 'V1')).toMatchObject({
      status: 'credited',
      by: 'ruling',
      payee: 'sun',
    })
    expect(await made.accounts()).toMatchObject([{ payee: 'sun', holds: [] }])
  })

  it('is looked at again when it shows later that somebody brought themselves', async () => {
    const made = await marketingHospital()
    const { crm } = made
    const { patient } = await withCard(made)
    await crm.partners.nameContact('firm', 'hr', { identifier: '3203001950' })
    expect(await partnerOf(made, 'V1')).toMatchObject({ status: 'credited' })
    const number = { type: 'NI', value: '3203001950' }
    await crm.patients.register({ patient, identifiers: [number] })
    expect(await partnerOf(made, 'V1')).toMatchObject({ status: 'held' })
    await crm.partners.dropContact('firm', 'hr')
    expect(await partnerOf(made, 'V1')).toMatchObject({ status: 'credited' })
  })

  it('that is disputed is held until the dispute is closed', async () => {
    const made = await marketingHospital()
    const { crm } = made
    await withCard(made)
    await crm.charges.post('V1', [line('c1', 100)])
    await crm.attributions.dispute('V1', 'partner', { note: '患者说是朋友介绍' })
    expect(await made.accounts()).toMatchObject([{ payee: 'firm', holds: ['dispute'] }])
    const again = crm.attributions.dispute('V1', 'partner')
    expect(await refusalOf(again)).toBe('attribution.already-disputed')
    await crm.attributions.closeDispute('V1', 'partner')
    expect(await made.accounts()).toMatchObject([{ payee: 'firm', holds: [] }])
    const { disputes } = (await crm.attributions.explain('V1', { open: true })) ?? {}
    expect(disputes).toMatchObject([{ by: 'host', closedBy: 'host', note: '患者说是朋友介绍' }])
    expect(await refusalOf(crm.attributions.closeDispute('V1', 'partner'))).toBe(
      'attribution.no-such-dispute',
    )
  })

  it('may be ruled to be nobody’s, and the dispute is over with it', async () => {
    const access = [{ role: 'judge', may: ['attribution.*'] }]
    const made = await marketingHospital({ pack: { access } })
    const { card } = await withCard(made)
    const of = (id: string) => made.crm.for({ actor: { id, roles: ['judge'] } }).attributions
    await of('li').dispute('V1', 'partner')
    await of('zhao').proposeRuling('V1', 'partner', { touch: null, because: '自行来院' })
    await of('qian').confirmRuling('V1', 'partner')
    expect(await partnerOf(made, 'V1')).toMatchObject({
      status: 'nobody',
      by: 'ruling',
      holds: [],
      lost: [{ touch: card, because: 'overruled' }],
    })
    const none = of('zhao').proposeRuling('V1', 'rep', { touch: card, because: 'x' })
    expect(await refusalOf(none)).toBe('attribution.ruling-without-touch')
    expect(await refusalOf(of('zhao').confirmRuling('V1', 'rep'))).toBe(
      'attribution.no-ruling-proposed',
    )
    expect(await refusalOf(of('zhao').dispute('V9', 'rep'))).toBe('attribution.unknown')
  })

  it('goes along when two persons turn out to be one', async () => {
    const made = await marketingHospital()
    const { crm } = made
    const { patient: one } = await withCard(made)
    const { patient: other } = await withCard(made, '2', 'V2')
    await crm.charges.post('V2', [line('c2', 200)])
    const third = await someone(crm, '3')
    await crm.encounters.admit('V3', outpatient(third, '03'))
    for (const [id, twin] of [
      [one, other],
      [third, one],
    ] as const) {
      await crm.patients.proposeMatch(id, twin)
      await crm.patients.confirmMatch(id, twin)
    }
    const whole = await crm.attributions.of(other)
    expect([whole?.id, whole?.state.status === 'attributed' && whole.state.decided.length]).toEqual(
      [third, 3],
    )
    expect(await partnerOf(made, 'V2')).toMatchObject({ payee: 'firm' })
    expect(await partnerOf(made, 'V3')).toMatchObject({ by: 'binding', payee: 'firm' })
    expect(await made.accounts()).toMatchObject([{ id: 'V2/c2', occasion: 'return' }])
    await crm.charges.post('V3', [line('c3', 300)])
    expect((await made.accounts()).map(({ id }) => id)).toEqual(['V2/c2', 'V3/c3'])
    expect(await crm.parked()).toEqual([])
  })

  it('ends with a representative’s last day, and their partners go to the successor', async () => {
    const made = await marketingHospital()
    const { crm, clock } = made
    const patient = await someone(crm, '1')
    const said = { kind: 'partner-card', rep: 'chen', patient, at: at('02', '08:00') }
    await crm.referrals.record(said)
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    clock.set(at('05'))
    await crm.encounters.admit('V2', outpatient(patient, '05', '09:00'))
    await crm.staff.depart('chen', { successor: 'wu' })
    clock.set(at('06'))
    await crm.encounters.admit('V3', outpatient(patient, '06', '09:00'))
    const payees = ['V1', 'V2', 'V3'].map(
      async (visit) => (await creditsOf(made, visit))?.rep.payee,
    )
    expect(await Promise.all(payees)).toEqual(['chen', 'chen', null])
    const { items } = await crm.partners.list({ owner: 'wu' })
    expect(items.map(({ id }) => id).sort()).toEqual(['broker', 'firm'])
  })

  it('is kept by who has left, though it took a while until their last day was known', async () => {
    const made = await marketingHospital()
    const { crm, cipher, clock } = made
    const patient = await someone(crm, '1')
    const said = { kind: 'partner-card', rep: 'chen', patient, at: at('02', '08:00') }
    await crm.referrals.record(said)
    const { store } = faultyStore(made.store, { call: 'commit', fault: 'dropped' })
    const dying = createCrm({ store, cipher, clock })
    await dying.staff.depart('chen').catch(() => {})
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    expect((await creditsOf(made, 'V1'))?.rep).toMatchObject({
      lost: [{ because: 'not-eligible' }],
    })
    await crm.pump()
    expect((await creditsOf(made, 'V1'))?.rep).toMatchObject({ payee: 'chen' })
  })

  it('stays as the rules of its time gave it when others come into force', async () => {
    const made = await marketingHospital()
    const { crm, clock } = made
    const { patient } = await withCard(made)
    clock.set(at('10', '08:00'))
    const attribution = { ...evidence, version: 2, evidence: evidence.evidence.slice(0, 2) }
    await crm.hospitals.publish({ pack: packOf({ version: 2, attribution }) })
    await crm.encounters.admit('V2', outpatient(patient, '10'))
    await crm.referrals.record({
      ...{ kind: 'slip', rep: 'chen', patient, at: at('10', '08:00'), number: 'S1' },
    })
    expect(await partnerOf(made, 'V1')).toMatchObject({ payee: 'firm' })
    expect((await crm.attributions.explain('V1'))?.decided.rules).toBe('evidence@1')
    expect((await crm.attributions.explain('V2'))?.decided.rules).toBe('evidence@2')
    expect(await partnerOf(made, 'V2')).toMatchObject({ lost: [{ because: 'unknown-kind' }] })
  })

  it('is listed by whom it is credited to, and divided among channels in reports', async () => {
    const made = await marketingHospital()
    const { crm } = made
    const { patient, card } = await withCard(made)
    const later = { kind: 'partner-card', partner: 'broker', patient, at: at('02', '08:02') }
    const { id: second } = await crm.referrals.record(later)
    await crm.charges.post('V1', [line('c1', 100), line('c2', 1)])
    const days = { from: '2026-03-02', to: '2026-03-02' }
    expect((await crm.attributions.creditedTo('firm', days)).items.map(({ id }) => id)).toEqual([
      patient,
    ])
    expect((await crm.attributions.creditedTo('broker')).items).toEqual([])
    const shares = await crm.attributions.report('V1', 'linear')
    expect(shares).toMatchObject([
      { basis: 'report', touch: card, partner: 'firm', amount: 51 },
      { basis: 'report', touch: second, partner: 'broker', amount: 50 },
    ])
    expect(await crm.attributions.report('V1', 'last', 7)).toMatchObject([
      { amount: 0 },
      { amount: 7 },
    ])
    expect(await refusalOf(crm.attributions.report('V9', 'last'))).toBe('attribution.unknown-visit')
  })
})

describe('evidence', () => {
  it('says at once what the law would say of paying for it', async () => {
    const { crm } = await marketingHospital()
    await crm.staff.enrol('dr-li', { roles: ['attending', 'marketing'] })
    const patient = await someone(crm, '1')
    const gateOf = async (more: object) => {
      const said = { kind: 'partner-card', patient, at: at('02', '08:00'), ...more }
      const seen = await crm.referrals.get((await crm.referrals.record(said)).id)
      const gate = seen?.state.status === 'touch' ? seen.state.gate : []
      return gate.map(({ role, judgement, rule }) => `${role} ${judgement} ${rule}`)
    }
    expect(await gateOf({ rep: 'chen', partner: 'firm' })).toEqual([
      'rep REVIEW own-marketer-commission',
      'partner ALLOW counted-only',
    ])
    expect(await gateOf({ rep: 'dr-li' })).toEqual(['rep DENY own-clinician'])
  })

  it('keeps who it is about under their key, and nothing of them in clear', async () => {
    const { crm, store } = await marketingHospital()
    const { patient, touch } = await crm.referrals.callAhead({
      person: { name: '贾思勰', phones: ['15400007001'], identifiers: [mr('100')] },
      ...{ kind: 'call-ahead', rep: 'chen', at: at('02', '07:00'), note: '贾思勰,腰痛' },
    })
    await crm.encounters.admit('V1', outpatient(patient, '02'))
    await crm.partners.nameContact('firm', 'hr', { name: '沈括', phones: ['15400007002'] })
    await crm.partners.recordVisit('firm', { on: '2026-03-02', rep: 'chen', note: '见到沈括' })
    await crm.attributions.dispute('V1', 'rep', { note: '贾思勰自己来的' })
    await crm.attributions.proposeRuling('V1', 'rep', { touch, because: '问过贾思勰' })
    const everything = await store.everything()
    for (const word of ['贾思勰', '15400007001', '沈括', '15400007002', '腰痛']) {
      expect([word, everything.includes(word)]).toEqual([word, false])
    }
    const seen = await crm.referrals.get(touch, { open: true })
    expect(seen?.state).toMatchObject({ note: '贾思勰,腰痛' })
    await crm.patients.erase(patient, { reason: 'requested' })
    expect((await crm.referrals.get(touch, { open: true }))?.state).toMatchObject({ note: null })
  })
})
