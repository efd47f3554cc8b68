import { describe, expect, it } from 'vitest'
import {
  mr,
  packOf,
  refusalOf,
  someone,
  statesOf,
  type TestCrm,
  testCrm,
} from './hospital.fixture.ts'
import { Refusal } from './kernel/refusal.ts'
import { encounter } from './slices/encounters/index.ts'
import { patient as patientSlice } from './slices/patients/index.ts'
import { survey } from './slices/surveys/index.ts'

const at = '2026-03-02T01:00:00Z'

const hospital = async () => {
  const made = await testCrm()
  const patient = await someone(made.crm, '1')
  const other = await someone(made.crm, '2')
  await made.crm.encounters.discharge('V1', { patient, at })
  await made.crm.staff.enrol('li', {})
  await made.crm.messages.ask('m', { to: { patient }, purpose: 'x', template: 'x' })
  return { ...made, patient, other }
}
type Made = TestCrm & { patient: string; other: string }

describe('a call under a key of the host’s', () => {
  const contact = { visit: 'V1', role: 'attending', at, result: 'completed' } as const

  it('answers the same for ever, whatever has happened since', async () => {
    const { crm, patient, clock } = await hospital()
    const first = await crm.followUps.recordContact(contact, { cause: 'k' })
    await crm.encounters.cancelDischarge('V1', { patient, at })
    clock.pass(86_400 * 400)
    await crm.work()
    expect(await crm.followUps.recordContact(contact, { cause: 'k' })).toEqual(first)
    expect(
      await crm.followUps.recordContact(
        { at, result: 'completed', role: 'attending', visit: 'V1' },
        { cause: 'k' },
      ),
    ).toEqual(first)
  })

  it('is refused with another input, and nothing is written', async () => {
    const { crm, store } = await hospital()
    await crm.followUps.recordContact(contact, { cause: 'k' })
    const before = await store.everything()
    for (const other of [
      { ...contact, result: 'refused' },
      { ...contact, by: 'li' },
    ] as const)
      expect(await refusalOf(crm.followUps.recordContact(other, { cause: 'k' }))).toBe(
        'cause.reused',
      )
    expect(await refusalOf(crm.patients.register({ name: 'x' }, { cause: 'k' }))).toBe(
      'cause.reused',
    )
    expect(await store.everything()).toBe(before)
  })

  it('tells equal personal data from other, though neither is kept', async () => {
    const { crm } = await hospital()
    const person = { identifiers: [mr('7')], name: '王秀英' }
    const first = await crm.patients.register(person, { cause: 'p' })
    expect(await crm.patients.register(person, { cause: 'p' })).toEqual(first)
    const other = { ...person, name: '王秀兰' }
    expect(await refusalOf(crm.patients.register(other, { cause: 'p' }))).toBe('cause.reused')
  })

  it('that was refused can be made again once nothing speaks against it', async () => {
    const { crm, patient } = await hospital()
    const call = () => crm.followUps.recordContact({ ...contact, visit: 'V2' }, { cause: 'k' })
    expect(await refusalOf(call())).toBe('follow-up.unknown-visit')
    await crm.encounters.discharge('V2', { patient, at })
    expect(await refusalOf(call())).toMatchObject({ id: patient })
  })

  it('happens once when two make it at once', async () => {
    const { crm, store } = await hospital()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => crm.followUps.recordContact(contact, { cause: 'k' })),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const told = (await store.log('main')).filter(({ type }) => type === 'follow-up.completed')
    expect(told).toHaveLength(1)
  })
})

describe('several commands of one request', () => {
  const register = { slice: patientSlice, input: { type: 'register', identifiers: [mr('9')] } }
  const discharge = (visit: string, more = {}) => ({
    slice: encounter,
    input: { type: 'discharge', visit, at, ...more },
    bind: { patient: 0 },
  })

  it('may name a record that an earlier one makes', async () => {
    const { crm } = await hospital()
    const [done] = await crm.door.runMany([{ asks: [register, discharge('V9')], cause: 'b' }])
    const answers = done && 'answers' in done ? done.answers : []
    const id = answers[0]?.id ?? ''
    expect((await crm.encounters.get('V9'))?.state).toMatchObject({ patient: id })
    expect(Object.values(await statesOf(crm, id))).toEqual(['open', 'pending', 'pending'])
  })

  it('are written together or not at all', async () => {
    const { crm, store } = await hospital()
    const before = await store.everything()
    const late = discharge('V9', { admittedAt: '2026-03-02T02:00:00Z' })
    const [refused] = await crm.door.runMany([{ asks: [register, late], cause: 'b' }])
    expect(refused).toMatchObject({ code: 'encounter.discharged-before-admitted' })
    expect(await store.everything()).toBe(before)
  })
})

/** Every kind of bad input, and the code it is refused with. */
const refusals: readonly [code: string, what: string, call: (made: Made) => Promise<unknown>][] = [
  [
    'tenant.malformed',
    'a tenant whose name joins two',
    async ({ crm }) => someone(crm.for({ tenant: 'x/1' }), '1'),
  ],
  ['tenant.unknown', 'a tenant nobody knows', ({ crm }) => someone(crm.for({ tenant: 'x' }), '1')],
  [
    'hospital.unknown-zone',
    'an unknown zone',
    ({ crm }) =>
      crm.for({ tenant: 'x' }).hospitals.open({ name: 'x', zone: 'Asia/Xuzhou', pack: packOf() }),
  ],
  [
    'command.malformed',
    'a malformed plan',
    ({ crm }) =>
      crm.hospitals.publish({
        pack: { ...packOf({ version: 2 }), followUp: { plan: 'x', plans: {} } },
      }),
  ],
  [
    'hospital.already-open',
    'a hospital opened again',
    ({ crm }) =>
      crm.hospitals.open({ name: 'x', zone: 'Asia/Shanghai', pack: packOf({ version: 2 }) }),
  ],
  [
    'encounter.discharged-before-admitted',
    'a discharge before its admission',
    ({ crm, patient }) =>
      crm.encounters.discharge('V9', { patient, at, admittedAt: '2026-03-02T01:00:01Z' }),
  ],
  [
    'encounter.other-patient',
    'another patient’s visit',
    ({ crm, other }) => crm.encounters.admit('V1', { patient: other, at }),
  ],
  [
    'patient.unknown',
    'a patient nobody knows',
    ({ crm }) => crm.encounters.discharge('V9', { patient: 'nobody', at }),
  ],
  [
    'command.malformed',
    'a time that is none',
    ({ crm, patient }) => crm.encounters.discharge('V9', { patient, at: 'yesterday' }),
  ],
  [
    'command.malformed',
    'a time without an offset',
    ({ crm, patient }) => crm.encounters.discharge('V9', { patient, at: '2026-03-02T01:00:00' }),
  ],
  [
    'command.malformed',
    'an id of control characters',
    ({ crm, patient }) => crm.encounters.discharge('V\u0000', { patient, at }),
  ],
  [
    'command.malformed',
    'an id of nothing',
    ({ crm, patient }) => crm.encounters.discharge('  ', { patient, at }),
  ],
  [
    'follow-up.unknown-visit',
    'a contact for an unknown visit',
    ({ crm }) => crm.followUps.recordContact({ visit: 'V9', role: 'x', at, result: 'completed' }),
  ],
  [
    'follow-up.unknown-tier',
    'a contact for an unknown tier',
    ({ crm }) =>
      crm.followUps.recordContact({ visit: 'V1', tier: 4, role: 'x', at, result: 'completed' }),
  ],
  [
    'command.malformed',
    'a contact with a result nobody knows',
    ({ crm }) =>
      crm.followUps.recordContact({ visit: 'V1', role: 'x', at, result: 'reached' as never }),
  ],
  [
    'follow-up.unknown-tier',
    'an assignment of an unknown tier',
    ({ crm }) => crm.followUps.assign({ visit: 'V1', tier: 4, staff: 'li' }),
  ],
  [
    'patient.death-in-future',
    'a death to come',
    ({ crm, patient }) => crm.patients.recordDeath(patient, { at: '2026-04-01T00:00:00Z' }),
  ],
  [
    'patient.same-person',
    'a match with oneself',
    ({ crm, patient }) => crm.patients.proposeMatch(patient, patient),
  ],
  [
    'patient.no-such-match',
    'a match nobody proposed',
    ({ crm, patient }) => crm.patients.confirmMatch(patient, 'x'),
  ],
  [
    'staff.leave-ends-before-it-begins',
    'leave turned round',
    ({ crm }) =>
      crm.staff.grantLeave('li', { from: '2026-03-02', until: '2026-03-01', substitute: 'x' }),
  ],
  [
    'staff.no-such-leave',
    'leave nobody granted',
    ({ crm }) => crm.staff.revokeLeave('li', '2026-03-02'),
  ],
  [
    'staff.unknown',
    'leave of nobody',
    ({ crm }) =>
      crm.staff.grantLeave('x', { from: '2026-03-02', until: '2026-03-02', substitute: 'y' }),
  ],
  [
    'message.unknown',
    'a message nobody asked for',
    ({ crm }) => crm.messages.cancel('x', { reason: 'y' }),
  ],
  [
    'intake.unknown',
    'a quarantined message that is none',
    ({ crm }) => crm.intakes.settle({ hash: 'x', how: 'dismissed' }),
  ],
  ['record.not-restorable', 'a visit put back', ({ crm }) => crm.door.restore(encounter, 'V1', 1)],
  [
    'encounter.unknown',
    'a visit nobody knows put back',
    ({ crm }) => crm.door.restore(encounter, 'V9', 1),
  ],
  [
    'access.denied',
    'an actor without a role',
    ({ crm }) => someone(crm.for({ actor: { id: 'x', roles: [] } }), '2'),
  ],
]

describe('bad input', () => {
  it.each(refusals)('is refused as %s, and nothing is written: %s', async (code, _, call) => {
    const made = await hospital()
    const before = await made.store.everything()
    const error = await call(made).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ code })
    expect((await made.store.everything()) === before).toBe(true)
  })
})

describe('an id that somebody outside chose', () => {
  it.each(['@0', '@li', '/', '%2F', 'unit:x', '__proto__', '李'])(
    'may be %s, and is found again',
    async (id) => {
      const { crm } = await testCrm()
      await crm.staff.enrol(id, { roles: ['attending'] })
      expect(await crm.staff.enrol(id, { department: 'x' })).toMatchObject({ version: 2 })
    },
  )

  it.each(['constructor', '__proto__'])(
    'never stands for what every object has: %s',
    async (name) => {
      const { crm } = await testCrm()
      const patient = await someone(crm, '1')
      const consent = crm.patients.recordConsent(patient, { purpose: name, allowed: true })
      expect(await refusalOf(consent)).toBe('command.malformed')
      const of = { visit: 'V1', task: 't', plan: name, tier: 1 }
      const asked = crm.door.run(survey, { type: 'ask-for-task', ...of })
      expect(await asked).toMatchObject({ events: [] })
    },
  )
})
