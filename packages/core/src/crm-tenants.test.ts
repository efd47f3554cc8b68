import type { AccessRule } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import type { Services } from './create-crm.ts'
import { packOf, refusalOf, someone, start, testCrm } from './hospital.fixture.ts'

const access: AccessRule[] = [
  {
    role: 'doctor',
    may: ['follow-up.*', 'patient.read', 'encounter.read'],
    where: { owner: 'self' as const },
    opens: 3,
  },
  {
    role: 'nurse',
    may: ['encounter.*', 'follow-up.read', 'patient.read'],
    where: { department: 'scope' as const },
    opens: 2,
  },
  { role: 'registrar', may: ['patient.*', 'encounter.*'], opens: 4 },
  { role: 'auditor', may: ['*'], opens: 0 },
  { role: 'emergency', may: ['staff.read'], opens: 0, breaksGlass: true },
]
const at = '2026-03-02T01:00:00Z'

const fill = async (crm: Services, tag: string) => {
  const patient = await someone(crm, '1', { name: `canary-${tag}` })
  await crm.encounters.discharge('V1', { patient, at, attending: 'li', department: 'cardio' })
  await crm.staff.enrol('li', { name: `canary-${tag}`, department: 'cardio', roles: ['attending'] })
  await crm.messages.ask('m', { to: { patient }, purpose: 'x', template: `canary-${tag}` })
  await crm.intakes.hear({ source: `canary-${tag}`, at })
  return patient
}

const sentTo = async (crm: Services, who: string) =>
  (await crm.messages.to(who)).items.flatMap(({ id, state }) =>
    state.status === 'sent' ? [id] : [],
  )

const hospitals = async () => {
  const made = await testCrm({ pack: { access } })
  const b = made.crm.for({ tenant: 'b' })
  await b.hospitals.open({ name: 'canary-b', zone: 'Asia/Shanghai', pack: packOf({ access }) })
  return { ...made, a: made.crm, b, ofA: await fill(made.crm, 'a'), ofB: await fill(b, 'b') }
}

describe('two hospitals in one store', () => {
  it('have the same visits, numbers and keys without noticing each other', async () => {
    const { a, b, ofA, ofB } = await hospitals()
    expect(ofA).not.toBe(ofB)
    expect((await a.encounters.get('V1'))?.state).toMatchObject({ patient: ofA })
    expect((await b.encounters.get('V1'))?.state).toMatchObject({ patient: ofB })
    const call = { visit: 'V1', role: 'attending', at, result: 'completed' } as const
    const first = await a.followUps.recordContact(call, { cause: 'k' })
    expect((await b.followUps.recordContact({ ...call, by: 'li' }, { cause: 'k' })).id).not.toBe(
      first.id,
    )
  })

  it('answer for each other’s records as for what does not exist', async () => {
    const { b, ofA } = await hospitals()
    for (const id of [ofA, 'nobody']) {
      expect(await b.patients.get(id)).toBeUndefined()
      expect(await b.followUps.of(id)).toBeUndefined()
      expect((await b.encounters.ofPatient(id)).items).toEqual([])
      expect(await b.views.timeline({ patient: id })).toEqual({ person: null, entries: [] })
      expect(await refusalOf(b.patients.recordDeath(id, {}))).toBe('patient.unknown')
      expect(await refusalOf(b.patients.erase(id, { reason: 'requested' }))).toBe('patient.unknown')
      expect(await refusalOf(b.encounters.admit('X', { patient: id, at }))).toBe('patient.unknown')
    }
  })

  it('never show a word of the other in any list, view or history', async () => {
    const { b } = await hospitals()
    const open = { open: true }
    const answers = await Promise.all([
      b.patients.find({ name: 'canary-b' }, open),
      b.patients.find({ identifier: '1' }, open),
      b.patients.matches(open),
      b.staff.withRole('attending', open),
      b.staff.get('li', open),
      b.encounters.get('V1'),
      b.messages.to('patient/x'),
      b.messages.get('m', open),
      b.intakes.quarantined(open),
      b.intakes.source('canary-b'),
      b.intakes.source('canary-a'),
      b.views.dayList({ day: '2026-03-02', of: { tier: 1 } }, open),
      b.views.coverage({ from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }),
      b.hospitals.get(),
    ])
    const text = JSON.stringify(answers)
    expect(text).toContain('canary-b')
    expect(text).not.toContain('canary-a')
    expect((await b.patients.find({ name: 'canary-a' })).items).toEqual([])
  })

  it('are both worked for by one worker', async () => {
    const { a, b, clock } = await hospitals()
    clock.set('2026-03-10T00:00:00Z')
    await a.work()
    for (const crm of [a, b])
      expect(await sentTo(crm, 'staff/li')).toContain('escalation:V1#1/three/1:1')
  })

  it('work and are worked for alone when one is named', async () => {
    const { a, b, clock } = await hospitals()
    clock.set('2026-03-10T00:00:00Z')
    await a.work('b')
    expect(await sentTo(a, 'staff/li')).toEqual([])
    expect(await sentTo(b, 'staff/li')).toContain('escalation:V1#1/three/1:1')
  })

  it('do nothing before they are open', async () => {
    const { a, store } = await hospitals()
    const c = a.for({ tenant: 'c' })
    const refused = await Promise.all([
      refusalOf(someone(c, '1')),
      refusalOf(c.encounters.admit('V1', { patient: 'p', at })),
      refusalOf(c.staff.enrol('li', {})),
      refusalOf(c.views.dayList({ day: '2026-03-02', of: { tier: 1 } })),
      refusalOf(
        c.intakes.take([{ kind: 'unreadable', code: 'x', hash: 'h', raw: new Uint8Array(1) }]),
      ),
    ])
    expect(new Set(refused)).toEqual(new Set(['tenant.unknown']))
    expect(await store.tenants(undefined, 9)).toEqual(['b', 'main'])
    expect(await c.hospitals.get()).toBeUndefined()
  })
})

describe('an actor', () => {
  const as = async (id: string, role: string, scope?: Record<string, readonly string[]>) => {
    const made = await hospitals()
    const actor = { id, roles: [role], ...(scope && { scope }) }
    return { ...made, crm: made.crm.for({ actor }), inB: made.crm.for({ tenant: 'b', actor }) }
  }
  const call = { visit: 'V1', role: 'attending', at, result: 'completed' } as const

  it('does what the pack allows their role, on the records it names', async () => {
    const { crm, ofA } = await as('li', 'doctor')
    expect((await crm.followUps.of(ofA))?.id).toBe(ofA)
    expect(await refusalOf(crm.followUps.recordContact(call))).toMatchObject({ id: ofA })
    expect(await refusalOf(crm.patients.recordDeath(ofA, {}))).toBe('access.denied')
  })

  it('is told of what they may not see what they are told of what is not there', async () => {
    const { crm, ofA, store } = await as('other', 'doctor')
    const before = await store.everything()
    for (const id of [ofA, 'nobody']) {
      expect(await crm.followUps.of(id)).toBeUndefined()
      expect(await crm.patients.get(id)).toBeUndefined()
    }
    expect(await refusalOf(crm.followUps.recordContact(call))).toBe('follow-up.unknown')
    expect((await crm.views.dayList({ day: '2026-03-02', of: { tier: 1 } })).items).toEqual([])
    expect(await store.everything()).toBe(before)
  })

  it('works within the departments the host says are theirs', async () => {
    const { crm } = await as('n', 'nurse', { department: ['cardio'] })
    expect((await crm.encounters.get('V1'))?.id).toBe('V1')
    const elsewhere = await as('n', 'nurse', { department: ['eye'] })
    expect(await elsewhere.crm.encounters.get('V1')).toBeUndefined()
    expect(
      await refusalOf(
        elsewhere.crm.encounters.cancelDischarge('V1', { patient: elsewhere.ofA, at }),
      ),
    ).toBe('encounter.unknown')
  })

  it('sees personal data covered, and plain as far as the role opens it and they ask', async () => {
    const { crm, ofA, store } = await as('r', 'registrar')
    expect((await crm.patients.get(ofA))?.state).toMatchObject({ name: 'c*******' })
    expect((await crm.patients.get(ofA, { open: true }))?.state).toMatchObject({
      name: 'canary-a',
      identifiers: [{ value: '1' }],
    })
    const noted = (await store.log('main')).filter(({ type }) => type === 'access.opened')
    expect(noted).toMatchObject([{ key: { kind: 'access', id: `patient/${ofA}` }, actor: 'r' }])
  })

  it('breaks the glass where the role may, for a reason that the log keeps with who and what', async () => {
    const { crm, ofA, store } = await as('e', 'emergency')
    const inNeed = { breakGlass: 'unconscious, no relatives' }
    expect(await crm.patients.get(ofA)).toBeUndefined()
    expect((await crm.patients.get(ofA, inNeed))?.state).toMatchObject({ name: 'canary-a' })
    expect(await crm.patients.get('nobody', inNeed)).toBeUndefined()
    const log = await store.log('main')
    expect(log.filter(({ type }) => type === 'access.glass-broken')).toMatchObject([
      {
        key: { kind: 'access', id: `patient/${ofA}` },
        actor: 'e',
        data: { because: 'unconscious, no relatives' },
      },
    ])
    expect(log.filter(({ type }) => type === 'access.opened')).toMatchObject([{ actor: 'e' }])
    const others = await as('d', 'doctor')
    expect(await refusalOf(others.crm.patients.get(others.ofA, inNeed))).toBe('access.denied')
  })

  it('who may see records but open nothing sees them covered whatever they ask', async () => {
    const { crm, ofA, store } = await as('x', 'auditor')
    expect((await crm.patients.get(ofA, { open: true }))?.state).toMatchObject({ name: 'c*******' })
    expect((await store.log('main')).some(({ type }) => type === 'access.opened')).toBe(false)
  })

  it.each(['', 'stranger'])(
    'with a role that the pack does not know may do nothing: %j',
    async (role) => {
      const { crm, ofA } = await as('s', role)
      expect(await refusalOf(crm.patients.recordDeath(ofA, {}))).toBe('access.denied')
      expect(await crm.patients.get(ofA)).toBeUndefined()
      expect((await crm.patients.find({ name: 'canary-a' })).items).toEqual([])
    },
  )

  it('loses what a new pack takes from their role, at once', async () => {
    const { crm, ofA, a } = await as('li', 'doctor')
    expect(await crm.followUps.of(ofA)).toBeDefined()
    await a.hospitals.publish({ pack: packOf({ version: 2, access: [] }) })
    expect(await crm.followUps.of(ofA)).toBeUndefined()
    expect(await refusalOf(crm.followUps.recordContact(call))).toBe('access.denied')
  })

  it('is named in the log', async () => {
    const { crm, store } = await as('li', 'doctor')
    await crm.followUps.recordContact(call)
    const told = (await store.log('main')).find(({ type }) => type === 'follow-up.completed')
    expect(told).toMatchObject({ actor: 'li', at: start })
  })
})
