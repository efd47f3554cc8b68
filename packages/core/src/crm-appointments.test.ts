import { Schedule } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** Mondays at nine: two places for the telephone, two for anybody; patients are reminded a day before. */
const content = Schedule.parse({
  title: 'Cardiology',
  department: 'cardio',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO',
  start: '2026-03-02',
  slots: [
    { at: '09:00', minutes: 30, places: { phone: 2, any: 2 } },
    { at: '09:30', minutes: 30, places: { any: 1 } },
  ],
  remindHours: 24,
})
const slot = { schedule: 'C', day: '2026-03-09', at: '09:00' }

const clinic = async (said: Partial<typeof content> = {}) => {
  const made = await testCrm({ at: at(2) })
  await made.crm.schedules.define('C', { ...content, ...said })
  return made
}
const book = async ({ crm }: TestCrm, number: string, said: object = {}) => {
  const patient = await someone(crm, number)
  return crm.appointments.book({ ...slot, patient, channel: 'web', ...said })
}
const stateOf = async ({ crm }: TestCrm, id: string) => (await crm.appointments.get(id))?.state

describe('an appointment', () => {
  it('takes a place of its channel first, then one that is open to all, and then the slot is full', async () => {
    const made = await clinic()
    const booked = []
    for (const [number, channel] of [
      ['1', 'phone'],
      ['2', 'web'],
      ['3', 'web'],
      ['4', 'phone'],
    ] as const)
      booked.push(await book(made, number, { channel }))
    const places = await Promise.all(
      booked.map(async ({ id }) => {
        const state = await stateOf(made, id)
        return state && 'place' in state ? state.place?.split('/').slice(-2).join('/') : undefined
      }),
    )
    expect(places).toEqual(['phone/0', 'any/0', 'any/1', 'phone/1'])
    expect(await refusalOf(book(made, '5', { channel: 'phone' }))).toBe('appointment.full')
    expect(await refusalOf(book(made, '6'))).toBe('appointment.full')
  })

  it('cannot be had twice by the same patient, in a slot that is not held, or in one that has begun', async () => {
    const made = await clinic()
    const patient = await someone(made.crm, '1')
    const ask = (said: object) =>
      refusalOf(made.crm.appointments.book({ ...slot, patient, channel: 'web', ...said }))
    await made.crm.appointments.book({ ...slot, patient, channel: 'web' })
    expect(await ask({})).toBe('appointment.already-booked')
    expect(await ask({ day: '2026-03-10' })).toBe('appointment.no-such-slot')
    expect(await ask({ at: '10:00' })).toBe('appointment.no-such-slot')
    expect(await ask({ schedule: 'X' })).toBe('appointment.no-such-slot')
    expect(await ask({ day: '2026-03-02' })).toBe('appointment.slot-over')
    expect(await ask({ patient: 'nobody' })).toBe('patient.unknown')
    await made.crm.schedules.closeDay('C', '2026-03-16')
    expect(await ask({ day: '2026-03-16' })).toBe('appointment.no-such-slot')
  })

  it('of 64 at once ten are booked, and every other one is told that the slot is full', async () => {
    const made = await clinic({ slots: [{ at: '09:00', minutes: 30, places: { any: 10 } }] })
    const people = await Promise.all(
      Array.from({ length: 64 }, (_, nth) => someone(made.crm, `${nth + 1}`)),
    )
    const answers = await Promise.all(
      people.map((patient) =>
        made.crm.appointments.book({ ...slot, patient, channel: 'web' }).then(
          () => 'booked',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'appointment.full')).toHaveLength(54)
    const { items } = await made.crm.appointments.on('C', { from: at(9, 0), to: at(9, 23) })
    expect(new Set(items.map(({ state }) => ('place' in state ? state.place : ''))).size).toBe(10)
  })

  it('that is cancelled goes to whoever has waited longest', async () => {
    const made = await clinic({ slots: [{ at: '09:00', minutes: 30, places: { any: 1 } }] })
    const first = await book(made, '1')
    const waiting = []
    for (const number of ['2', '3']) {
      made.clock.pass(60)
      waiting.push(await book(made, number, { orWait: true }))
    }
    await made.crm.appointments.cancel(first.id, { reason: 'ill' })
    await made.crm.work()
    expect(await stateOf(made, waiting[0]?.id ?? '')).toMatchObject({ status: 'booked' })
    expect(await stateOf(made, waiting[1]?.id ?? '')).toMatchObject({ status: 'waiting' })
  })

  it('is moved in one step: the new place is taken and the old one free in the same moment', async () => {
    const made = await clinic()
    const [one, other] = [await book(made, '1'), await book(made, '2', { at: '09:30' })]
    expect(
      await refusalOf(made.crm.appointments.reschedule(one.id, { day: slot.day, at: '09:30' })),
    ).toBe('appointment.full')
    await made.crm.appointments.reschedule(other.id, { day: slot.day, at: '09:00' })
    await made.crm.appointments.reschedule(one.id, { day: slot.day, at: '09:30' })
    expect(await stateOf(made, one.id)).toMatchObject({ status: 'booked', at: '09:30' })
  })

  it('is reminded of once, the day before, and missed only after it has begun', async () => {
    const made = await clinic()
    const { id } = await book(made, '1')
    await made.crm.appointments.confirm(id)
    expect(await refusalOf(made.crm.appointments.miss(id))).toBe('appointment.not-yet')
    for (const hour of [8, 9, 10, 11]) {
      made.clock.set(at(8, hour))
      await made.crm.work()
    }
    expect(made.sms.sent.map(({ text }) => text)).toEqual([
      '您预约的就诊时间为 2026-03-09 09:00,请准时到院。',
    ])
    made.clock.set(at(9, 12))
    await made.crm.appointments.miss(id)
    expect(await stateOf(made, id)).toMatchObject({ status: 'missed' })
    expect(await refusalOf(made.crm.appointments.attend(id))).toBe('appointment.not-open')
  })

  it('counts as kept or not kept in the month and the department of its slot', async () => {
    const made = await clinic({ practitioner: 'li' })
    const ids = []
    for (const number of ['1', '2', '3', '4']) {
      const slotOf = number === '4' ? { at: '09:30' } : {}
      ids.push(
        (await book(made, number, { channel: number === '1' ? 'phone' : 'web', ...slotOf })).id,
      )
    }
    const [kept = '', missed = '', cancelled = ''] = ids
    await made.crm.appointments.cancel(cancelled, { reason: 'ill' })
    made.clock.set(at(9, 12))
    await made.crm.appointments.attend(kept)
    await made.crm.appointments.miss(missed)
    await made.crm.work()
    const rowsBy = async (by: string) => {
      const query = { from: '2026-03-01', to: '2026-03-31', by }
      const { data } = await made.crm.views.report('noShow', query)
      return data.rows.map((row) => [row[0], row[1], row[4], row[5]])
    }
    expect(await rowsBy('department')).toEqual([['cardio', 50, 1, 2]])
    expect(await rowsBy('doctor')).toEqual([['li', 50, 1, 2]])
    expect(await rowsBy('channel')).toEqual([
      ['phone', 0, 0, 1],
      ['web', 100, 1, 1],
    ])
  })
})
