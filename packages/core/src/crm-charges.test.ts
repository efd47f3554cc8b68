import { describe, expect, it } from 'vitest'
import { at, line, type MarketingHospital, marketingHospital } from './crm-referrals.fixture.ts'
import { mr, refusalOf, someone } from './hospital.fixture.ts'
import type { IntakeEvent } from './ports/intake-event.ts'

/** A visit by card of the firm's, announced by Chen as well. */
const credited = async () => {
  const made = await marketingHospital()
  const { crm } = made
  const patient = await someone(crm, '1')
  await crm.referrals.record({
    ...{ kind: 'partner-card', partner: 'firm', rep: 'chen', patient, at: at('02', '08:00') },
  })
  await crm.encounters.admit('V1', { patient, at: at('02', '09:00'), class: 'outpatient' })
  return { ...made, patient }
}

const namesOf = async ({ accounts }: Pick<MarketingHospital, 'accounts'>) =>
  (await accounts()).map(({ id, payee, amount }) => `${id} ${payee} ${amount}`).sort()

describe('charges', () => {
  it('count for everybody credited with their visit, and refunds are taken back from the same', async () => {
    const made = await credited()
    const { crm } = made
    await crm.charges.post('V1', [
      line('c1', 30_000),
      line('c2', 500, { payer: 'public-insurance' }),
    ])
    await crm.charges.post('V1', [line('r1', -30_000, { refundOf: 'c1' })])
    expect(await namesOf(made)).toEqual([
      ...['V1/c1 chen 30000', 'V1/c1 firm 30000', 'V1/c2 chen 500', 'V1/c2 firm 500'],
      ...['V1/r1 chen -30000', 'V1/r1 firm -30000'],
    ])
    const refund = (await made.accounts()).find(({ id }) => id === 'V1/r1')
    expect(refund).toMatchObject({ refundOf: 'V1/c1', visit: 'V1', postedOn: '2026-03-02' })
  })

  it('that are told again change nothing, and those told otherwise are refused', async () => {
    const made = await credited()
    const { crm, clock, store } = made
    await crm.charges.post('V1', [line('c1', 100)])
    clock.set(at('05'))
    const length = (await store.log('main')).length
    await crm.charges.post('V1', [line('c1', 100), line('c1', 100)])
    expect(await store.log('main')).toHaveLength(length)
    const refused = (...lines: ReturnType<typeof line>[]) =>
      refusalOf(crm.charges.post('V1', lines))
    expect(await refused(line('c2', 1), line('c1', 101))).toBe('charge.changed')
    expect(await refused(line('c3', 1), line('c3', 2))).toBe('charge.changed')
    expect(await refused(line('c1', 100, { category: 'drug' }))).toBe('charge.changed')
    expect(await refused(line('c1', 100.5))).toBe('command.malformed')
    expect(await namesOf(made)).toEqual(['V1/c1 chen 100', 'V1/c1 firm 100'])
  })

  it('of many visits are each taken or refused on their own', async () => {
    const { crm } = await credited()
    const ran = await crm.charges.postMany([
      { visit: 'V1', lines: [line('c1', 1)] },
      { visit: 'V9', lines: [line('c1', 1)] },
    ])
    expect(ran).toMatchObject([{ answers: [{ id: 'V1' }] }, { code: 'charge.unknown-visit' }])
    const days = { from: '2026-03-02', to: '2026-03-02' }
    expect((await crm.charges.list(days)).items.map(({ id }) => id)).toEqual(['V1'])
    expect((await crm.charges.of('V1'))?.state).toMatchObject({
      status: 'charged',
      merit: { credits: [{ payee: 'chen' }, { payee: 'firm' }] },
    })
  })

  it('move from one payee to another with the credit of their visit', async () => {
    const made = await credited()
    const { crm, patient } = made
    await crm.charges.post('V1', [line('c1', 100)])
    const said = { kind: 'slip', partner: 'broker', patient, at: at('02', '08:00'), number: 'S1' }
    const { id: slip } = await crm.referrals.record(said)
    await crm.referrals.confirm(slip, { desk: 'registration-desk' })
    await crm.referrals.confirm(slip, { desk: 'operations' })
    expect(await namesOf(made)).toEqual(['V1/c1 broker 100', 'V1/c1 chen 100'])
    await crm.referrals.withdraw(slip, { because: 'untrue' })
    expect(await namesOf(made)).toEqual(['V1/c1 chen 100', 'V1/c1 firm 100'])
  })
})

describe('a feed of charges', () => {
  const posted = (visit: string, nth = 1): IntakeEvent => ({
    source: 'his',
    key: `bill ${nth}`,
    hash: String(nth).repeat(64),
    occurredAt: at('02'),
    type: 'charges-posted',
    visitNumber: visit,
    charges: [line('c1', 100, { postedOn: '2026-03-02' })],
  })
  const event = (told: IntakeEvent) => ({
    kind: 'event' as const,
    event: told,
    raw: new TextEncoder().encode(JSON.stringify(told)),
  })

  it('is taken like any other, and a bill of a visit that is not known waits in quarantine', async () => {
    const made = await credited()
    const { crm } = made
    const bills = [event(posted('V1')), event(posted('V1')), event(posted('V2', 2))]
    expect(await crm.intakes.take(bills)).toMatchObject({
      ...{ read: 3, taken: 1, known: 1 },
      quarantined: { 'charge.unknown-visit': 1 },
    })
    const patient = (await crm.patients.register({ identifiers: [mr('2')] })).id
    await crm.encounters.admit('V2', { patient, at: at('02', '09:00') })
    const read = (raw: Uint8Array) => [event(JSON.parse(new TextDecoder().decode(raw)))]
    expect(await crm.intakes.replay(read)).toMatchObject({ taken: 1, quarantined: {} })
    expect((await crm.charges.of('V2'))?.state).toMatchObject({
      lines: [{ id: 'c1', amount: 100 }],
    })
    expect(await namesOf(made)).toEqual(['V1/c1 chen 100', 'V1/c1 firm 100'])
  })
})
