import { Schedule } from '@hospital-crm/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mr, someone, testCrm } from './hospital.fixture.ts'
import type { IntakeEvent } from './ports/intake-event.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

type Told = Extract<IntakeEvent, { appointment: object }>

/** Mondays: two places of the HIS at nine and at ten, one for anybody. */
const clinic = async () => {
  const made = await testCrm({ at: at(2) })
  const places = { his: 2, any: 1 }
  await made.crm.schedules.define(
    'C',
    Schedule.parse({
      ...{ title: 'Cardiology', department: 'cardio', start: '2026-03-02', remindHours: 24 },
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      slots: ['09:00', '10:00'].map((time) => ({ at: time, minutes: 30, places })),
    }),
  )
  return made
}
type Clinic = Awaited<ReturnType<typeof clinic>>

let messages = 0

/** A word of the HIS on its appointment A1, recorded at a minute of the second of March. */
const word = (
  type: Told['type'],
  minute: number,
  said: Partial<Told['appointment']> = {},
  person = '1',
): Told => {
  messages += 1
  return {
    ...{ source: 'his', key: `M${messages}`, hash: String(messages).padStart(64, '0'), type },
    occurredAt: new Date(Date.parse(at(2)) + minute * 60_000).toISOString(),
    person: { identifiers: [mr(person)] },
    appointment: {
      ...{ number: 'A1', schedule: 'C', day: '2026-03-09', at: '09:00', channel: 'his' },
      ...said,
    },
  }
}

const take = ({ crm }: Clinic, ...events: readonly Told[]) =>
  crm.intakes.take(events.map((event) => ({ kind: 'event' as const, event })))
const stateOf = async ({ crm }: Clinic, id = 'his|A1') => (await crm.appointments.get(id))?.state
const booked = (minute: number, said = {}) => word('appointment-booked', minute, said)
const cancelled = (minute: number) => word('appointment-cancelled', minute, { reason: 'ill' })

describe('an appointment that a HIS keeps', () => {
  it('takes a place like any other, is reminded of, and keeps who brought it and who told', async () => {
    const made = await clinic()
    await take(made, booked(0, { broughtBy: 'campaign-1' }))
    expect(await stateOf(made)).toMatchObject({
      ...{ status: 'booked', department: 'cardio', channel: 'his', source: 'campaign-1' },
      ...{ place: 'place:C/2026-03-09T09:00/his/0', begins: at(9, 9), remindAt: at(8, 9) },
      told: { feed: 'his', recordedAt: at(2) },
    })
  })

  it('is told once: the same message again, and the same word anew, take no second place', async () => {
    const made = await clinic()
    const first = booked(0)
    expect(await take(made, first, first)).toMatchObject({ taken: 1, known: 1 })
    await take(made, booked(1))
    const { items } = await made.crm.appointments.on('C', { from: at(9, 0), to: at(9, 23) })
    expect(items).toHaveLength(1)
  })

  it('is moved, called off, booked anew and kept, and gives back what it had', async () => {
    const made = await clinic()
    await take(made, booked(0), booked(1, { at: '10:00' }))
    expect(await stateOf(made)).toMatchObject({ status: 'booked', at: '10:00' })
    for (const [nth, number] of ['A2', 'A3', 'A4'].entries()) {
      await take(made, word('appointment-booked', 2, { number }, `${nth + 2}`))
    }
    expect(await take(made, booked(3))).toMatchObject({ quarantined: { 'appointment.full': 1 } })
    await take(made, cancelled(4))
    expect(await stateOf(made)).toMatchObject({ status: 'cancelled', reason: 'ill' })
    expect(await stateOf(made)).not.toHaveProperty('place')
    await take(made, booked(5, { at: '10:00' }))
    made.clock.set(at(9, 12))
    await take(made, word('appointment-attended', 6))
    expect(await stateOf(made)).toMatchObject({ status: 'attended', at: '10:00' })
  })

  it('of a slot that has begun is kept, without a place', async () => {
    const made = await clinic()
    made.clock.set(at(9, 12))
    await take(made, booked(0), word('appointment-missed', 1))
    expect(await stateOf(made)).toMatchObject({ status: 'missed', begins: at(9, 9) })
    expect(await stateOf(made)).not.toHaveProperty('place')
  })

  it.each([
    ['of a service that nobody defined', booked(0, { schedule: 'X' }), 'appointment.no-such-slot'],
    ['in a slot that is not held', booked(0, { at: '11:00' }), 'appointment.no-such-slot'],
    ['missed before its time', word('appointment-missed', 0), 'appointment.not-yet'],
    [
      'under a number too long to keep',
      booked(0, { number: 'x'.repeat(300) }),
      'command.malformed',
    ],
  ])('%s waits in quarantine', async (_, event, code) => {
    const made = await clinic()
    expect(await take(made, event)).toMatchObject({ taken: 0, quarantined: { [code]: 1 } })
    expect((await made.crm.intakes.quarantined()).items).toHaveLength(1)
  })

  it('is the one that we asked for, where the HIS gives our id back', async () => {
    const made = await clinic()
    const patient = await someone(made.crm, '1')
    const slot = { schedule: 'C', day: '2026-03-09', at: '09:00', channel: 'phone' }
    const { id } = await made.crm.appointments.book({ ...slot, patient })
    await take(made, booked(0, { ours: id }), booked(1, { ours: id, at: '10:00' }))
    expect(await stateOf(made, id)).toMatchObject({ at: '10:00', channel: 'phone' })
    expect(await stateOf(made)).toBeUndefined()
    expect(await take(made, booked(2, { number: 'A2', at: '10:00' }))).toMatchObject({
      quarantined: { 'appointment.already-booked': 1 },
    })
  })

  it('comes to the same in whatever order its messages arrive', async () => {
    const words = [
      () => booked(0),
      () => booked(1, { at: '10:00' }),
      () => cancelled(2),
      () => booked(3),
      () => booked(4, { at: '10:00' }),
    ]
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(order, async (places) => {
        const made = await clinic()
        for (const place of places) await take(made, ...[words[place]?.() ?? booked(0)])
        const last = Math.max(...places)
        const { appointment, type } = words[last]?.() ?? booked(0)
        const status = type === 'appointment-booked' ? 'booked' : 'cancelled'
        const state = await stateOf(made)
        expect(state).toMatchObject({ status, told: { recordedAt: booked(last).occurredAt } })
        if (status === 'booked') expect(state).toMatchObject({ at: appointment.at })
        const { items } = await made.crm.appointments.on('C', { from: at(9, 0), to: at(9, 23) })
        expect(items).toHaveLength(status === 'booked' ? 1 : 0)
        const taken = (await made.store.log('main')).filter(({ type }) => type.endsWith('-taken'))
        const freed = (await made.store.log('main')).filter(({ type }) => type.endsWith('-freed'))
        expect(taken.length - freed.length).toBe(status === 'booked' ? 2 : 0)
      }),
      { numRuns: 30 },
    )
  })
})
