import { createCrm, IntakeEvent } from '@hospital-crm/core'
import { Schedule, xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../hl7v2/samples.ts'
import { answerTo, type CnPlatformProfile, readCnPlatform } from './index.ts'
import { appointment, type SaidOfAppointment, soap } from './messages.fixture.ts'

const settling = (appointments: CnPlatformProfile['appointments']): CnPlatformProfile => ({
  source: 'cn-platform:esb',
  zone: 'Asia/Shanghai',
  appointments,
})
const profile = settling({ schedules: { 'R-12': 'cardiology', 'R-13': 'eye' } })

const read = (said: SaidOfAppointment = {}, by = profile, service = 'S0053') =>
  readCnPlatform({ body: utf8(soap(service, appointment(said))) }, by)

const saidOf = (said?: SaidOfAppointment, by = profile) => {
  const outcome = read(said, by)
  if (outcome.kind === 'event') return outcome.event.type
  return outcome.kind === 'ignored' ? 'ignored' : `${outcome.code} ${outcome.field}`
}

const told = (said?: SaidOfAppointment, by = profile) => {
  const outcome = read(said, by)
  if (outcome.kind !== 'event' || !('appointment' in outcome.event)) throw new Error(saidOf(said))
  return outcome.event.appointment
}

describe('an appointment', () => {
  it('is read whole', () => {
    const outcome = read()
    if (outcome.kind !== 'event') throw new Error(saidOf())
    expect(IntakeEvent.parse(outcome.event)).toMatchObject({
      ...{ source: 'cn-platform:esb', key: 'M-5', type: 'appointment-booked' },
      ...{ occurredAt: '2026-03-01T02:15:00.000Z', recordedAt: '2026-03-01T02:15:00.000Z' },
      person: {
        name: '王秀英',
        identifiers: [
          { value: 'P-1', type: 'PI', authority: 'cn-platform:esb' },
          { value: '11010519491231002X', type: 'NI' },
        ],
      },
      appointment: {
        ...{ number: 'Y-22', schedule: 'cardiology', channel: 'his' },
        ...{ day: '2099-03-09', at: '09:00' },
      },
    })
  })

  it('is ignored until the hospital settles what its numbers mean', () => {
    expect(saidOf({}, settling(undefined))).toBe('ignored')
  })

  it.each<[string, SaidOfAppointment]>([
    ['booked', {}],
    ['booked', { status: '1', statusName: '预约成功' }],
    ['booked', { status: '1', statusName: '患者预约' }],
    ['cancelled', { status: '1', statusName: '取消预约' }],
    ['cancelled', { status: '9', statusName: '取消预约' }],
    ['cancelled', { act: 'nullified' }],
  ])('is %s by the name of its status, never by a code that is not settled: %j', (status, said) => {
    expect(saidOf(said)).toBe(`appointment-${status}`)
  })

  it('has the status that the hospital settled for its code or name', () => {
    const by = settling({ statuses: { '3': 'attended', 爽约: 'missed', '0': 'ignored' } })
    expect(saidOf({ status: '3', statusName: '' }, by)).toBe('appointment-attended')
    expect(saidOf({ status: '7', statusName: '爽约' }, by)).toBe('appointment-missed')
    expect(saidOf({ status: '0', statusName: '预约成功' }, by)).toBe('ignored')
  })

  it('is of the schedule and time that the hospital settled', () => {
    const by = settling({ schedule: 'staff', begins: 'appointment', channels: { WX: 'wechat' } })
    expect(told({ system: 'WX', staff: 'D-7' }, by)).toEqual({
      ...{ number: 'Y-22', schedule: 'D-7', channel: 'wechat' },
      ...{ day: '2099-03-09', at: '09:30' },
    })
    expect(told({ resource: 'R-99' }, settling({})).schedule).toBe('R-99')
  })

  it.each<[string, SaidOfAppointment]>([
    ['cn-platform.no-appointment encounterAppointment/id', { number: '' }],
    [
      'cn-platform.no-appointment encounterAppointment/arrivedBy/transportationIntent/id',
      { resource: '0' },
    ],
    [
      'cn-platform.unknown-code encounterAppointment/arrivedBy/transportationIntent/id',
      { resource: 'constructor' },
    ],
    [
      'cn-platform.no-appointment encounterAppointment/arrivedBy/transportationIntent/effectiveTime/low',
      { from: '' },
    ],
    [
      'cn-platform.bad-time encounterAppointment/arrivedBy/transportationIntent/effectiveTime/low',
      { from: '20990231' },
    ],
    [
      'cn-platform.no-appointment encounterAppointment/reusableDevice/assignedDevice/code',
      { status: '', statusName: '' },
    ],
    [
      'cn-platform.unknown-code encounterAppointment/reusableDevice/assignedDevice/code',
      { status: '1', statusName: '' },
    ],
    ['cn-platform.no-message-id id', { id: '' }],
    ['cn-platform.no-time creationTime', { created: '' }],
  ])('is refused with %s', (refusal, said) => {
    expect(saidOf(said)).toBe(refusal)
  })
})

describe('an appointment of a platform in a crm', () => {
  it('is booked, moved and called off, each once, and waits where its slot is not known', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const booked = read()
    expect((await crm.intakes.take([booked])).quarantined).toEqual({
      'appointment.no-such-slot': 1,
    })
    await crm.schedules.define(
      'cardiology',
      Schedule.parse({
        ...{ title: '心内科', recurrence: 'FREQ=DAILY', start: '2026-03-02' },
        slots: ['09:00', '10:00'].map((at) => ({ at, minutes: 30, places: { any: 1 } })),
      }),
    )
    await crm.intakes.replay((body) => [readCnPlatform({ body }, profile)])
    const stateOf = async () => (await crm.appointments.get('cn-platform:esb|Y-22'))?.state
    expect(await stateOf()).toMatchObject({ status: 'booked', day: '2099-03-09', at: '09:00' })
    const moved = read(
      { id: 'M-7', created: '20260301110000', from: '20990309100000' },
      profile,
      'S0054',
    )
    const cancelled = read(
      { id: 'M-8', created: '20260301120000', statusName: '取消预约' },
      profile,
      'S0054',
    )
    expect(await crm.intakes.take([moved])).toMatchObject({ taken: 1 })
    expect(await stateOf()).toMatchObject({ status: 'booked', at: '10:00' })
    expect(await crm.intakes.take([cancelled])).toMatchObject({ taken: 1 })
    const before = await stateOf()
    expect(before).toMatchObject({ status: 'cancelled' })
    const all = [booked, moved, cancelled]
    const answers = all.map(answerTo)
    expect(await crm.intakes.take(all)).toMatchObject({ taken: 0, known: 3, quarantined: {} })
    expect(await stateOf()).toEqual(before)
    expect([read(), moved, cancelled].map(answerTo)).toEqual(answers)
  })

  it('of a service that nobody knows waits in quarantine until it is settled', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const unknown = read({}, profile, 'E0053')
    expect(await crm.intakes.take([unknown])).toMatchObject({
      quarantined: { 'cn-platform.unknown-service': 1 },
    })
    const { items } = await crm.intakes.quarantined()
    expect(items.map(({ state }) => state.status === 'quarantined' && state.field)).toEqual([
      'E0053',
    ])
    const settled = { ...profile, services: { E0053: 'ignored' } as const }
    expect(await crm.intakes.replay((body) => [readCnPlatform({ body }, settled)])).toMatchObject({
      ignored: { E0053: 1 },
    })
  })
})
