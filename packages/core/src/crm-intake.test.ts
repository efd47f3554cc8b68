import { describe, expect, it } from 'vitest'
import { followed, statesOf, type TestCrm, testCrm } from './hospital.fixture.ts'
import { heard, merged, told } from './intake.fixture.ts'
import type { IntakeOutcome } from './ports/intake-event.ts'

const zero = { read: 0, taken: 0, known: 0, ignored: {}, quarantined: {} }
const personOf = async ({ crm }: Pick<TestCrm, 'crm'>, number = 'M1') => {
  const { items } = await crm.patients.find({ identifier: number }, { open: true })
  return items[0]
}

const admitted = told('admitted', 1)
const discharged = told('discharged', 2, {
  visit: {
    number: 'V1',
    dischargedAt: '2026-03-01T04:00:00Z',
    disposition: '1',
    attending: { code: 'li', name: '李医生' },
    department: { code: 'cardio', name: '心内科' },
  },
})

describe('a feed', () => {
  it('is taken message by message: person, visit, department, doctor and follow-ups in one', async () => {
    const made = await testCrm()
    expect(await made.crm.intakes.take([admitted, discharged])).toEqual({
      ...zero,
      read: 2,
      taken: 2,
    })
    const person = await personOf(made)
    expect(person?.state).toMatchObject({ name: '王秀英', identifiers: [{ value: 'M1' }] })
    expect((await made.crm.encounters.get('V1'))?.state).toMatchObject({
      status: 'discharged',
      patient: person?.id,
      department: 'cardio',
      attending: 'li',
      class: 'inpatient',
    })
    expect((await made.crm.staff.getUnit('cardio'))?.state).toMatchObject({ name: '心内科' })
    expect((await made.crm.staff.get('li', { open: true }))?.state).toMatchObject({
      name: '李医生',
      roles: ['attending'],
    })
    expect(Object.values(await statesOf(made.crm, person?.id ?? ''))).toEqual([
      'open',
      'pending',
      'pending',
    ])
  })

  it('changes nothing when it is taken again', async () => {
    const made = await testCrm()
    await made.crm.intakes.take([admitted, discharged])
    const before = await made.store.everything()
    expect(await made.crm.intakes.take([admitted, discharged])).toEqual({
      ...zero,
      read: 2,
      known: 2,
    })
    expect(await made.store.everything()).toBe(before)
  })

  it('changes nothing when its messages come again under new keys', async () => {
    const made = await testCrm()
    await made.crm.intakes.take([admitted, discharged])
    const log = (await made.store.log('main')).length
    const again = [admitted, discharged].map((each) =>
      heard({ ...each.event, key: `again ${each.event.key}` }),
    )
    expect(await made.crm.intakes.take(again)).toMatchObject({ taken: 2 })
    expect((await made.store.log('main')).slice(log)).toEqual([])
  })

  it('takes a message twice in one batch once', async () => {
    const made = await testCrm()
    expect(await made.crm.intakes.take([admitted, admitted, admitted])).toMatchObject({
      taken: 1,
      known: 2,
    })
  })

  it('takes another content under the same key as another message', async () => {
    const made = await testCrm()
    await made.crm.intakes.take([admitted])
    const corrected = told('admitted', 1, { person: { name: '王秀兰' } })
    expect(await made.crm.intakes.take([corrected])).toMatchObject({ taken: 1 })
    expect((await personOf(made))?.state).toMatchObject({ name: '王秀兰' })
  })

  it('counts what concerns nothing here by its kind, and tells how far it is', async () => {
    const made = await testCrm()
    const ignored: IntakeOutcome = { kind: 'ignored', type: 'ORU^R01', hash: 'h' }
    const sums: number[] = []
    const taken = await made.crm.intakes.take([admitted, ignored, ignored, discharged], {
      batch: 2,
      onProgress: ({ read }) => sums.push(read),
    })
    expect(taken).toEqual({ ...zero, read: 4, taken: 2, ignored: { 'ORU^R01': 2 } })
    expect(sums).toEqual([2, 4])
  })

  it('ends in the same follow-ups in whatever order a stay’s messages come', async () => {
    const messages = [
      admitted,
      told('visit-updated', 3, { visit: { number: 'V1', attending: { code: 'li' } } }),
      told('discharged', 4, { visit: { number: 'V1', dischargedAt: '2026-03-01T04:00:00Z' } }),
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
      [1, 0, 2],
      [0, 2, 1],
    ]) {
      const made = await testCrm()
      await made.crm.intakes.take(order.map((at) => messages[at] ?? admitted))
      const person = await personOf(made)
      const { tasks } = await followed(made.crm, person?.id ?? '')
      expect(tasks.map(({ state, owner, due }) => [state, owner, due])).toEqual([
        ['open', 'li', '2026-03-08'],
        ['pending', null, '2026-03-15'],
        ['pending', null, '2026-03-31'],
      ])
    }
  })

  it('that lists discharges alone tells a readmission by the admission time it gives', async () => {
    const made = await testCrm({ at: '2026-03-09T00:00:00Z' })
    const stay = (number: string, admittedAt: string, dischargedAt: string, n: number) =>
      told('discharged', n, { visit: { number, admittedAt, dischargedAt } })
    await made.crm.intakes.take([
      stay('V1', '2026-02-20T00:00:00Z', '2026-03-01T04:00:00Z', 1),
      stay('V2', '2026-03-03T00:00:00Z', '2026-03-08T00:00:00Z', 2),
    ])
    const person = await personOf(made)
    expect(await statesOf(made.crm, person?.id ?? '')).toMatchObject({
      'V1#1/three/1': 'cancelled: readmitted',
      'V2#1/three/1': 'open',
    })
  })

  it('ends what is owed by word of a death, and takes only a correction’s word for its being none', async () => {
    const made = await testCrm()
    const says = (
      n: number,
      died: boolean | string,
      type: 'admitted' | 'person-updated' = 'admitted',
    ) => told(type, n, { person: { died } })
    const died = async () => {
      const { state } = (await personOf(made)) ?? {}
      return state?.status === 'person' ? state.died : undefined
    }
    await made.crm.intakes.take([admitted, says(2, '2026-03-01T05:00:00Z')])
    expect(await died()).toBe('2026-03-01T05:00:00.000Z')
    await made.crm.intakes.take([says(3, false)])
    expect(await died()).toBe('2026-03-01T05:00:00.000Z')
    await made.crm.intakes.take([says(4, false, 'person-updated')])
    expect(await died()).toBeUndefined()
    await made.crm.intakes.take([says(5, true)])
    expect(await died()).toBe('unknown')
  })

  it('joins two persons when it says that their numbers are one’s', async () => {
    const made = await testCrm()
    const other = told('admitted', 2, {
      person: { identifiers: [{ value: 'M2' }] },
      visit: { number: 'V2' },
    })
    await made.crm.intakes.take([admitted, discharged, other])
    const merge = merged('M2', 'M1', 3)
    expect(await made.crm.intakes.take([merge])).toMatchObject({ taken: 1 })
    const survivor = await personOf(made, 'M2')
    expect((await personOf(made, 'M1'))?.id).toBe(survivor?.id)
    expect(await statesOf(made.crm, survivor?.id ?? '')).toMatchObject({
      'V1#1/three/1': expect.any(String),
    })
    expect(await made.crm.intakes.take([merge])).toMatchObject({ known: 1 })
  })

  it('gives a number without a giver its own name, and a state’s number none', async () => {
    const made = await testCrm()
    const from = (source: string, key: number) =>
      told('person-updated', key, {
        source,
        person: { identifiers: [{ value: '7' }, { type: 'NI', value: `${key}` }] },
      })
    await made.crm.intakes.take([from('his', 1), from('lis', 2)])
    expect((await made.crm.patients.find({ identifier: '7' })).items).toHaveLength(2)
    await made.crm.intakes.take([
      told('person-updated', 3, {
        source: 'pacs',
        person: { identifiers: [{ type: 'NI', value: '1' }], sex: 'female' },
      }),
    ])
    expect((await made.crm.patients.find({ identifier: '1' })).items).toHaveLength(1)
  })
})
