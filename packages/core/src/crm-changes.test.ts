import { describe, expect, it } from 'vitest'
import { mr, refusalOf, someone, testCrm } from './hospital.fixture.ts'
import { staffMember } from './slices/staff/index.ts'

const at = '2026-03-02T01:00:00Z'

const discharged = async () => {
  const made = await testCrm()
  const patient = await someone(made.crm, '1', { name: '诸葛明', phones: ['15400000001'] })
  await made.crm.encounters.discharge('V/1', { patient, at }, { cause: 'of 诸葛明' })
  return { ...made, patient }
}

describe('the changes of a tenant', () => {
  it('are its log as CloudEvents', async () => {
    const { crm } = await discharged()
    const log = await crm.door.log()
    const { events, next } = await crm.door.changes()
    expect(next).toBe(log.at(-1)?.position)
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(log.map((each) => each.position))
    expect(events.find(({ type }) => type === 'encounter.discharged')).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: '/tenants/main',
      type: 'encounter.discharged',
      subject: 'encounter/V/1',
      time: log.find(({ type }) => type === 'encounter.discharged')?.at,
      sequence: expect.stringMatching(/^\d{16}$/),
    })
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  it('hold nothing of a person, nor the keys under which others called', async () => {
    const { crm } = await discharged()
    const text = JSON.stringify(await crm.door.changes())
    for (const word of ['诸葛明', '15400000001', 'sealed', 'words'])
      expect(text).not.toContain(word)
  })

  it('are read page by page, of the types that are wanted', async () => {
    const { crm } = await discharged()
    const { events: all } = await crm.door.changes()
    const types = ['encounter.*', 'patient.registered']
    const wanted = all.filter(({ type }) => /^encounter\.|^patient\.registered$/.test(type))
    expect(wanted).toHaveLength(3)
    const read: (typeof all)[number][] = []
    for (let after = 0, looked = 0; looked < all.length; looked += 2) {
      const page = await crm.door.changes({ after, limit: 2, types })
      read.push(...page.events)
      after = page.next
    }
    expect(read).toEqual(wanted)
    const last = await crm.door.changes({ after: 10_000 })
    expect(last).toEqual({ events: [], next: 10_000 })
  })

  it('are for those who may read the log', async () => {
    const { crm } = await testCrm({
      pack: { access: [{ role: 'feed', may: ['log.read'], opens: 0 }] },
    })
    const { door: feed } = crm.for({ actor: { id: 'f', roles: ['feed'] } })
    expect((await feed.changes()).events.length).toBeGreaterThan(0)
    const { door: other } = crm.for({ actor: { id: 'g', roles: ['nobody'] } })
    expect(await refusalOf(other.changes())).toBe('access.denied')
  })
})

describe('a command on a version that its caller has seen', () => {
  const defined = { type: 'define-unit', unit: 'eye', kind: 'department', name: '眼科' }

  it('is refused when the record has changed since, and nothing is written', async () => {
    const { crm, store } = await testCrm()
    const run = (name: string, version: number) =>
      crm.door.run(staffMember, { ...defined, name }, { version })
    expect(await refusalOf(run('眼科', 1))).toBe('record.changed')
    expect((await run('眼科', 0)).version).toBe(1)
    expect(await refusalOf(run('眼科', 0))).toBe('record.changed')
    expect((await run('眼科中心', 1)).version).toBe(2)
    const before = await store.everything()
    expect(await refusalOf(run('眼', 1))).toBe('record.changed')
    expect(await store.everything()).toBe(before)
  })

  it('lets one of two through that have seen the same', async () => {
    const { crm } = await testCrm()
    const both = await Promise.all(
      ['眼科一', '眼科二'].map((name) =>
        crm.door.run(staffMember, { ...defined, name }, { version: 0 }).catch(({ code }) => code),
      ),
    )
    expect(both.filter((each) => each === 'record.changed')).toHaveLength(1)
  })

  it('answers again under its key, whatever version the record has by now', async () => {
    const { crm } = await testCrm()
    const run = () => crm.door.run(staffMember, defined, { version: 0, cause: 'k' })
    expect(await run()).toEqual(await run())
  })

  it('looks at the record that it turns out to be about', async () => {
    const { crm } = await testCrm()
    const { id, version } = await crm.patients.register({ identifiers: [mr('7')], name: '诸葛明' })
    const again = { identifiers: [mr('7')], address: 'x' }
    expect(await refusalOf(crm.patients.register(again, { version: version + 1 }))).toBe(
      'record.changed',
    )
    expect(await crm.patients.register(again, { version })).toMatchObject({ id })
  })
})

describe('a key', () => {
  it('is not another slice’s command of the same form', async () => {
    const { crm } = await testCrm()
    await crm.messages.ask('m', { to: { role: 'x' }, purpose: 'x', template: 'x' }, { cause: 'k' })
    const message = crm.slices.get('message')
    const twin = { ...message, name: 'twin' }
    const input = { type: 'ask', message: 'm', to: { role: 'x' }, purpose: 'x', template: 'x' }
    expect(await refusalOf(crm.door.run(twin as never, input, { cause: 'k' }))).toBe('cause.reused')
  })
})
