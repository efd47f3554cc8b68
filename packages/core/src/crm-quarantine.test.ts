import { describe, expect, it } from 'vitest'
import { refusalOf, type TestCrm, testCrm } from './hospital.fixture.ts'
import { readJson, told } from './intake.fixture.ts'
import type { IntakeOutcome } from './ports/intake-event.ts'

const zero = { read: 0, taken: 0, known: 0, ignored: {}, quarantined: {} }
const personOf = async ({ crm }: Pick<TestCrm, 'crm'>, number = 'M1') => {
  const { items } = await crm.patients.find({ identifier: number }, { open: true })
  return items[0]
}
const quarantined = async ({ crm }: Pick<TestCrm, 'crm'>) =>
  (await crm.intakes.quarantined()).items.map(({ state }) => state)
const replay = ({ crm }: Pick<TestCrm, 'crm'>) => crm.intakes.replay(readJson)

const admitted = told('admitted', 1)
const discharged = told('discharged', 2, {
  visit: { number: 'V1', dischargedAt: '2026-03-01T04:00:00Z', disposition: '1' },
})

describe('a message that cannot be taken', () => {
  const early = told('discharged', 5, {
    visit: {
      number: 'V2',
      admittedAt: '2026-03-02T00:00:00Z',
      dischargedAt: '2026-03-01T00:00:00Z',
    },
  })

  it('is kept with the reason while the feed goes on, and nothing of it is written', async () => {
    const made = await testCrm()
    const taken = await made.crm.intakes.take([admitted, early, discharged])
    expect(taken).toMatchObject({
      taken: 2,
      quarantined: { 'encounter.discharged-before-admitted': 1 },
    })
    expect(await quarantined(made)).toMatchObject([
      {
        status: 'quarantined',
        source: 'his',
        key: '5',
        code: 'encounter.discharged-before-admitted',
      },
    ])
    expect(await made.crm.encounters.get('V2')).toBeUndefined()
  })

  it('is kept once, however often it comes', async () => {
    const made = await testCrm()
    for (let n = 0; n < 3; n += 1) await made.crm.intakes.take([early])
    expect(await quarantined(made)).toHaveLength(1)
  })

  it('is refused for another patient’s visit, and taken once the cause is gone', async () => {
    const made = await testCrm()
    await made.crm.intakes.take([admitted])
    const other = told('discharged', 6, { person: { identifiers: [{ value: 'M9' }] } })
    expect(await made.crm.intakes.take([other])).toMatchObject({
      quarantined: { 'encounter.other-patient': 1 },
    })
    expect(await replay(made)).toMatchObject({
      read: 1,
      quarantined: { 'encounter.other-patient': 1 },
    })
    expect(await quarantined(made)).toHaveLength(1)
    await made.crm.patients.register({
      identifiers: [{ authority: 'his', value: 'M9' }],
      name: '王',
    })
    const [a, b] = [await personOf(made), await personOf(made, 'M9')]
    await made.crm.patients.proposeMatch(a?.id ?? '', b?.id ?? '')
    await made.crm.patients.confirmMatch(a?.id ?? '', b?.id ?? '')
    expect(await replay(made)).toEqual({ ...zero, read: 1, taken: 1 })
    expect(await quarantined(made)).toEqual([])
    expect((await made.crm.encounters.get('V1'))?.state).toMatchObject({ status: 'discharged' })
    expect(await replay(made)).toEqual(zero)
  })

  it('can be dismissed, and is destroyed by that', async () => {
    const made = await testCrm()
    await made.crm.intakes.take([early])
    await made.crm.intakes.settle({ hash: early.event.hash, how: 'dismissed' })
    expect(await quarantined(made)).toEqual([])
    expect(await replay(made)).toEqual(zero)
    expect(
      made.store.recordsOf('subject').get(`intake/message:${early.event.hash}`),
    ).not.toHaveProperty('key')
  })

  it('is kept as it came when it cannot even be read', async () => {
    const made = await testCrm()
    const raw = new TextEncoder().encode('MSH|^~\\&|坏')
    const unreadable: IntakeOutcome = {
      kind: 'unreadable',
      source: 'his',
      hash: 'u1',
      code: 'hl7.no-msh',
      field: 'MSH-3',
      raw,
    }
    expect(await made.crm.intakes.take([unreadable])).toMatchObject({
      quarantined: { 'hl7.no-msh': 1 },
    })
    const read: Uint8Array[] = []
    await made.crm.intakes.replay((bytes) => {
      read.push(bytes)
      return [unreadable]
    })
    expect(read).toEqual([raw])
    expect(await quarantined(made)).toMatchObject([{ code: 'hl7.no-msh', field: 'MSH-3' }])
  })

  it('is settled when its kind has become one of no use', async () => {
    const made = await testCrm()
    const raw = new TextEncoder().encode('a service of the vendor')
    const unknown = {
      kind: 'unreadable',
      source: 'his',
      hash: 'u2',
      code: 'hl7.no-msh',
      raw,
    } as const
    await made.crm.intakes.take([unknown])
    const nobody = await made.crm.intakes.replay(() => [])
    expect([nobody, await quarantined(made)]).toMatchObject([zero, [{ hash: 'u2' }]])
    const again = await made.crm.intakes.replay(() => [
      { kind: 'ignored', type: 'NurseRound', hash: 'u2' },
    ])
    expect(again).toEqual({ ...zero, read: 1, ignored: { NurseRound: 1 } })
    expect(await quarantined(made)).toEqual([])
  })

  const { person: _, ...without } = { person: undefined, ...admitted.event }
  it.each([
    ['no person', without],
    ['no time that is one', { ...admitted.event, occurredAt: 'yesterday' }],
    ['no hash', { ...admitted.event, hash: undefined }],
    ['words nobody knows', { ...admitted.event, colour: 'red' }],
    ['nothing at all', null],
  ])('is kept when an adapter makes an event with %s', async (_name, event) => {
    const made = await testCrm()
    const odd = { kind: 'event', event } as unknown as IntakeOutcome
    expect(await made.crm.intakes.take([odd, admitted])).toMatchObject({
      taken: 1,
      quarantined: { 'intake.malformed-event': 1 },
    })
    expect(await quarantined(made)).toHaveLength(1)
  })

  it('is kept when a number in it is longer than any number', async () => {
    const made = await testCrm()
    const long = told('person-updated', 7, {
      person: { identifiers: [{ value: 'x'.repeat(600) }] },
    })
    expect(await made.crm.intakes.take([long])).toMatchObject({
      quarantined: { 'command.malformed': 1 },
    })
    expect(await quarantined(made)).toHaveLength(1)
  })

  it('is tried again whatever hopeless ones stand before it, and none is kept twice', async () => {
    const made = await testCrm()
    const raw = (text: string) => new TextEncoder().encode(text)
    const unreadable = (text: string): IntakeOutcome => ({
      kind: 'unreadable',
      code: 'hl7.charset',
      hash: text.padStart(64, '0'),
      raw: raw(text),
    })
    await made.crm.intakes.take(['1', '2', '3', '4', '5'].map(unreadable))
    const again = await made.crm.intakes.replay(
      (bytes) => {
        const text = new TextDecoder().decode(bytes)
        return text === '5' ? [admitted] : [{ ...unreadable(`0${text}`), code: 'hl7.bad-time' }]
      },
      { batch: 2 },
    )
    expect(again).toMatchObject({ read: 5, taken: 1, quarantined: { 'hl7.bad-time': 4 } })
    expect(await quarantined(made)).toHaveLength(4)
  })

  it('is tried again by nobody who may not open it', async () => {
    const made = await testCrm({
      pack: { access: [{ role: 'clerk', may: ['intake.*'], opens: 0 }] },
    })
    await made.crm.intakes.take([early])
    const clerk = made.crm.for({ actor: { id: 'sun', roles: ['clerk'] } })
    expect(await refusalOf(clerk.intakes.replay(readJson))).toBe('access.denied')
  })

  it.each([
    ['a text', '王秀英'],
    ['a number', 5],
    ['nothing', null],
    ['a thing of no kind', { event: admitted.event }],
    ['something unreadable whose bytes are none', { kind: 'unreadable', code: 'x', raw: '王秀英' }],
  ])('is kept when an adapter hands in %s instead', async (_name, odd) => {
    const made = await testCrm()
    const taken = await made.crm.intakes.take([odd as never, admitted])
    expect(taken).toMatchObject({ read: 2, taken: 1 })
    expect(await quarantined(made)).toHaveLength(1)
  })

  it('stops no feed when it was dismissed and comes again, refused for another reason', async () => {
    const made = await testCrm()
    const other = told('discharged', 6, {
      person: { identifiers: [{ value: 'M9' }] },
      visit: {
        number: 'V1',
        admittedAt: '2026-03-02T00:00:00Z',
        dischargedAt: '2026-03-01T04:00:00Z',
      },
    })
    expect(await made.crm.intakes.take([other])).toMatchObject({
      quarantined: { 'encounter.discharged-before-admitted': 1 },
    })
    await made.crm.intakes.settle({ hash: other.event.hash, how: 'dismissed' })
    expect(await made.crm.intakes.take([admitted, other, discharged])).toMatchObject({
      taken: 2,
      quarantined: { 'encounter.other-patient': 1 },
    })
    expect(await quarantined(made)).toEqual([])
  })

  it('is found by a number in it, though nobody could read it, and goes with the person', async () => {
    const made = await testCrm()
    const number = { value: 'MR-540001', authority: 'his' }
    const { id } = await made.crm.patients.register({ identifiers: [number] })
    const about = (key: string, text: string): IntakeOutcome => ({
      kind: 'unreadable',
      code: 'hl7.bad-time',
      hash: key,
      raw: new TextEncoder().encode(text),
    })
    await made.crm.intakes.take([
      about('1', 'PID|||MR-540001^^^HIS||王秀英'),
      about('2', 'PID|||MR-540002^^^HIS||李'),
    ])
    await made.crm.patients.erase(id, { reason: 'requested' })
    expect(await quarantined(made)).toMatchObject([{ hash: '2' }])
  })

  it('goes with the person too where its event is of a bill and names nobody', async () => {
    const made = await testCrm()
    const number = { value: 'MR-540001', authority: 'his' }
    const { id } = await made.crm.patients.register({ identifiers: [number] })
    const bill = (nth: number, whose: string): IntakeOutcome => ({
      kind: 'event',
      event: {
        ...{ source: 'his', key: `B${nth}`, hash: `${nth}`.repeat(64), type: 'charges-posted' },
        ...{ occurredAt: '2026-03-01T04:00:00Z', visitNumber: 'V9' },
        charges: [
          {
            ...{ id: 'c1', occurredOn: '2026-03-01', amount: 100 },
            ...{ category: 'drug', payer: 'self-pay' },
          },
        ],
      },
      raw: new TextEncoder().encode(`PID|||${whose}^^^HIS||王秀英`),
    })
    await made.crm.intakes.take([bill(1, 'MR-540001'), bill(2, 'MR-540002')])
    expect(await quarantined(made)).toMatchObject([
      { code: 'charge.unknown-visit' },
      { code: 'charge.unknown-visit' },
    ])
    await made.crm.patients.erase(id, { reason: 'requested' })
    expect(await quarantined(made)).toMatchObject([{ key: 'B2' }])
  })
})
