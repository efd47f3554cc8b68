import { describe, expect, it } from 'vitest'
import { nameOf } from './canary-words.fixture.ts'
import { mr, packOf, refusalOf, someone, start, testCrm } from './hospital.fixture.ts'
import type { IntakeOutcome } from './ports/intake-event.ts'

const words = {
  name: '欧阳修',
  former: '欧阳小修',
  number: '320311195001021234',
  phone: '13812345678',
  second: '13998765432',
  address: '云龙区解放南路',
  birthDate: '1950-01-02',
  note: '患者自述胸闷',
}
const visit = (said: object) => ({ at: '2026-03-02T01:00:00Z', department: 'cardio', ...said })

/** Somebody with everything a hospital can hold of them, under two ids that were merged. */
const patientOf = async () => {
  const made = await testCrm()
  const { crm, clock } = made
  const known = (
    await crm.patients.register({
      identifiers: [mr('1'), { type: 'NI', value: words.number }],
      name: words.former,
      phones: [words.phone],
      address: words.address,
      birthDate: words.birthDate,
    })
  ).id
  await crm.patients.register({ patient: known, name: words.name })
  const other = (
    await crm.patients.register({
      identifiers: [mr('2')],
      name: words.name,
      phones: [words.second],
    })
  ).id
  await crm.encounters.discharge('V1', visit({ patient: other }) as never)
  await crm.followUps.recordContact({
    visit: 'V1',
    role: 'attending',
    at: start,
    result: 'completed',
    note: words.note,
  })
  await crm.patients.proposeMatch(known, other)
  await crm.patients.confirmMatch(known, other)
  await crm.messages.ask('m', {
    to: { patient: known },
    purpose: 'clinical',
    template: 'follow-up.due',
    params: { visit: 'V1', tier: 1, due: '2026-03-09' },
  })
  await crm.work()
  expect(made.sms.sent).toHaveLength(1)
  return {
    ...made,
    known,
    other,
    erase: () => crm.patients.erase(known, { reason: 'requested' }),
    clock,
  }
}

const foundIn = (everything: string, sought: readonly string[]) =>
  sought.filter((word) => everything.includes(word))

/** Whose blind words an index could still find the person by. */
const blindWords = async ({ crm }: Pick<Awaited<ReturnType<typeof testCrm>>, 'crm'>) => [
  ...(await crm.door.blind('name', words.name)),
  ...(await crm.door.blind('name', words.former)),
  ...(await crm.door.blind('phone', words.phone)),
  ...(await crm.door.blind('phone', words.second)),
  ...(await crm.door.blind('text', words.note)),
]

describe('before an erasure', () => {
  it('nothing of a person is anywhere in plain, and they are found by blind words', async () => {
    const made = await patientOf()
    const everything = await made.store.everything()
    expect(foundIn(everything, Object.values(words))).toEqual([])
    const [name = '', , phone = ''] = await blindWords(made)
    expect(foundIn(everything, [name, phone])).toEqual([name, phone])
    const found = await made.crm.patients.find({ name: words.name }, { open: true })
    expect(found.items.map(({ state }) => state)).toMatchObject([
      {
        name: words.name,
        phones: [words.phone],
        birthDate: words.birthDate,
        address: words.address,
      },
    ])
  })
})

describe('after an erasure', () => {
  it('a scan of every table, the log and the quarantine finds none of the person’s words', async () => {
    const made = await patientOf()
    await made.erase()
    await made.crm.work()
    const everything = await made.store.everything()
    const sought = [...Object.values(words), ...(await blindWords(made))]
    expect(foundIn(everything, sought)).toEqual([])
  })

  it('what stands sealed in the log can be opened by nobody', async () => {
    const made = await patientOf()
    await made.erase()
    const subjects = [...made.store.recordsOf('subject').values()]
    expect(subjects.filter((key) => !(key as { key?: string }).key)).toHaveLength(2)
    for (const id of [made.known, made.other]) {
      const state = await made.crm.patients.get(id, { open: true })
      expect(state?.state).toEqual({ status: 'erased', at: start })
    }
    const seen = await made.crm.followUps.of(made.known, { open: true })
    expect(seen?.state).toMatchObject({ notes: [{ visit: 'V1', text: null }] })
  })

  it('the person is found by nothing', async () => {
    const made = await patientOf()
    await made.erase()
    for (const by of [{ name: words.name }, { phone: words.phone }, { identifier: words.number }])
      expect((await made.crm.patients.find(by)).items).toEqual([])
  })

  it('the rest of the history still reads', async () => {
    const made = await patientOf()
    await made.erase()
    const { items } = await made.crm.encounters.ofPatient(made.other)
    expect(items.map(({ id }) => id)).toEqual(['V1'])
    const history = await made.crm.door.history({ name: 'patient' } as never, made.known)
    expect(history.map(({ type }) => type)).toEqual([
      'patient.registered',
      'patient.identified',
      'patient.identified',
      'patient.details-changed',
      'patient.match-proposed',
      'patient.merged',
      'patient.erased',
    ])
    const [row] = await made.crm.views.coverage({
      from: '2026-03-01T00:00:00Z',
      to: '2026-04-01T00:00:00Z',
    })
    expect(row).toMatchObject({ department: 'cardio', tier: 1, completed: 1 })
    const { entries } = await made.crm.views.timeline({ patient: made.known })
    expect(entries.map(({ code }) => code)).toContain('timeline.contact')
  })

  it('nobody is called or written to any more, and nothing can be written of them', async () => {
    const made = await patientOf()
    const { crm, known } = made
    await made.erase()
    const { items } = await crm.views.dayList({ day: '2026-03-12', of: { tier: 2 } })
    expect(items).toEqual([])
    expect(await refusalOf(crm.patients.register({ patient: known, name: 'x' }))).toBe(
      'subject.erased',
    )
    expect(await refusalOf(crm.patients.recordDeath(known, {}))).toBe('patient.erased')
    const call = { visit: 'V1', role: 'call-centre', at: start, result: 'completed' } as const
    expect(await refusalOf(crm.followUps.recordContact({ ...call, note: 'x' }))).toBe(
      'subject.erased',
    )
    expect(await refusalOf(crm.followUps.recordContact(call))).toMatchObject({
      version: expect.any(Number),
    })
  })

  it('the numbers are free, and whoever comes with one is a new person', async () => {
    const made = await patientOf()
    await made.erase()
    const again = await someone(made.crm, '1')
    expect([made.known, made.other]).not.toContain(again)
    expect((await made.crm.patients.get(again))?.state).toMatchObject({ status: 'person' })
  })

  it('is the same a second time, and under its key', async () => {
    const made = await patientOf()
    const first = await made.crm.patients.erase(made.known, { reason: 'requested' }, { cause: 'k' })
    expect(
      await made.crm.patients.erase(made.known, { reason: 'requested' }, { cause: 'k' }),
    ).toEqual(first)
    expect((await made.erase()).events).toEqual([])
  })
})

describe('a message in quarantine', () => {
  const hash = 'b'.repeat(64)
  const refused = (number: string): IntakeOutcome => ({
    kind: 'event',
    event: {
      source: 'his',
      key: number,
      hash,
      occurredAt: start,
      type: 'discharged',
      person: { identifiers: [{ value: words.number, type: 'NI' }], name: words.name },
      visit: { number: 'V9', admittedAt: start, dischargedAt: '2026-03-01T00:00:00Z' },
    },
  })

  it('goes with the person it speaks of', async () => {
    const made = await patientOf()
    await made.crm.intakes.take([refused('k1')])
    expect((await made.crm.intakes.quarantined()).items).toHaveLength(1)
    await made.erase()
    await made.crm.work()
    expect((await made.crm.intakes.quarantined()).items).toEqual([])
    expect(made.store.recordsOf('intake').get(`message:${hash}`)).toMatchObject({
      status: 'dismissed',
      numbers: [],
    })
    expect(made.store.recordsOf('subject').get(`intake/message:${hash}`)).toEqual({
      erasedAt: start,
    })
    const sought = [...Object.values(words), ...(await blindWords(made))]
    expect(foundIn(await made.store.everything(), sought)).toEqual([])
  })
})

describe('two hospitals', () => {
  it('forget each for itself', async () => {
    const made = await testCrm()
    const other = made.crm.for({ tenant: 'other' })
    await other.hospitals.open({ name: 'Other', zone: 'Asia/Shanghai', pack: packOf() })
    const ids = [await someone(made.crm, '1'), await someone(other, '1')] as const
    await made.crm.patients.erase(ids[0], { reason: 'requested' })
    expect((await other.patients.get(ids[1], { open: true }))?.state).toMatchObject({
      name: nameOf('1'),
    })
  })
})
