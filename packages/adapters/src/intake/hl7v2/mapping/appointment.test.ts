import { createCrm, IntakeEvent } from '@hospital-crm/core'
import { Schedule, xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import type { Hl7Profile } from '../profile.ts'
import { eventOf, type Fields, line, outcomesOf, said, shanghai } from '../samples.ts'

const profile: Hl7Profile = {
  ...shanghai,
  appointments: { schedule: { field: 'AIS-3', codes: { CARD: 'cardiology-monday' } } },
}

interface Sample {
  readonly msh?: Fields
  readonly sch?: Fields
  readonly ais?: Fields
  readonly more?: readonly string[]
}

const siu = (trigger: string, { msh, sch, ais, more = [] }: Sample = {}) =>
  [
    line('MSH', {
      ...{ 3: 'HIS', 4: 'XZ', 7: '20260301080000', 9: `SIU^${trigger}^SIU_S12`, 10: 'M-1' },
      ...msh,
    }),
    line('SCH', { 1: 'P-7', 2: 'F-9^HIS', ...sch }),
    line('PID', { 3: 'P-1^^^HIS^MR', 5: '王^秀英' }),
    line('RGS', { 1: '1' }),
    line('AIS', { 1: '1', 3: 'CARD^心内科', 4: '20990309090000', ...ais }),
    ...more,
    '',
  ].join('\r')

const appointmentOf = (sample?: Sample, by = profile) => {
  const event = eventOf(siu('S12', sample), by)
  return 'appointment' in event ? event.appointment : undefined
}

describe('an SIU message', () => {
  it.each([
    ['S12', 'booked'],
    ['S13', 'booked'],
    ['S14', 'booked'],
    ['S15', 'cancelled'],
    ['S16', 'cancelled'],
    ['S17', 'cancelled'],
    ['S26', 'missed'],
  ])('%s says %s', (trigger, status) => {
    expect(eventOf(siu(trigger), profile).type).toBe(`appointment-${status}`)
  })

  it.each([
    ['Booked', 'booked'],
    ['Complete', 'attended'],
    ['Started', 'attended'],
    ['Cancelled', 'cancelled'],
    ['NOSHOW', 'missed'],
  ])('may say by its status that it is %s', (status, told) => {
    const { type } = eventOf(siu('S14', { sch: { 25: status } }), profile)
    expect(type).toBe(`appointment-${told}`)
    expect(eventOf(siu('S17', { sch: { 25: status } }), profile).type).toBe('appointment-cancelled')
  })

  it('is ignored until a profile settles it, while it is only asked for, and for parts and blocks', () => {
    expect(said(siu('S12'))).toEqual(['ignored SIU^S12'])
    for (const trigger of ['S18', 'S19', 'S20', 'S21', 'S22', 'S23', 'S24', 'S25', 'CONSTRUCTOR'])
      expect(said(siu(trigger), profile)).toEqual([`ignored SIU^${trigger}`])
    for (const status of ['Pending', 'Waitlist', 'Blocked'])
      expect(said(siu('S12', { sch: { 25: status } }), profile)).toEqual(['ignored SIU^S12'])
  })

  it('tells of the whole appointment', () => {
    const event = eventOf(siu('S12', { sch: { 6: 'F^复诊' } }), profile)
    expect(event).toMatchObject({
      ...{ source: 'hl7v2:HIS|XZ', key: 'M-1', occurredAt: '2026-03-01T00:00:00.000Z' },
      person: { name: '王秀英', identifiers: [{ value: 'P-1' }] },
    })
    expect(event).toHaveProperty('appointment', {
      ...{ number: 'F-9', ours: 'P-7', schedule: 'cardiology-monday', channel: 'his' },
      ...{ day: '2099-03-09', at: '09:00', reason: '复诊' },
    })
    expect(IntakeEvent.parse(event)).toEqual(event)
  })

  it('is named by the placer where there is no filler', () => {
    expect(appointmentOf({ sch: { 2: '' } })).toMatchObject({ number: 'P-7', ours: 'P-7' })
    expect(said(siu('S12', { sch: { 1: '', 2: '0' } }), profile)).toEqual([
      'hl7.no-appointment SCH-2',
    ])
  })

  it('says when it begins by its service, its timing, or as older versions do', () => {
    const when = (sample: Sample) => {
      const { day, at } = appointmentOf(sample) ?? {}
      return `${day} ${at}`
    }
    const timed = { ais: { 4: '' }, more: ['TQ1|||||||209903100830'] }
    expect(when(timed)).toBe('2099-03-10 08:30')
    expect(when({ ais: { 4: '' }, sch: { 11: '^^30^2099031114' } })).toBe('2099-03-11 14:00')
    expect(when({ ais: { 4: '20990309200000+0000' } })).toBe('2099-03-10 04:00')
    expect(said(siu('S12', { ais: { 4: '' } }), profile)).toEqual(['hl7.no-appointment AIS-4'])
    expect(said(siu('S12', { ais: { 4: '20990231' } }), profile)).toEqual(['hl7.bad-time AIS-4'])
  })

  it('says what is booked, how, and who brought it where the hospital settled it', () => {
    const settled: Hl7Profile = {
      ...shanghai,
      appointments: {
        schedule: { field: 'SCH-5' },
        channel: { field: 'SCH-8', codes: { WX: 'wechat' }, otherwise: 'his' },
        broughtBy: 'SCH-20',
      },
    }
    const sch = { 5: 'eye', 8: 'WX^微信', 20: 'campaign-1' }
    expect(appointmentOf({ sch }, settled)).toMatchObject({
      ...{ schedule: 'eye', channel: 'wechat', broughtBy: 'campaign-1' },
    })
    expect(said(siu('S12', { sch: { 8: 'WX' } }), settled)).toEqual(['hl7.no-appointment SCH-5'])
    expect(said(siu('S12', { ais: { 3: 'EYE' } }), profile)).toEqual(['hl7.unknown-code AIS-3'])
  })

  it('of several patients is refused', () => {
    expect(said(siu('S12', { more: ['PID|||P-2'] }), profile)).toEqual(['hl7.too-many PID-1'])
  })
})

describe('an appointment of a HIS in a crm', () => {
  it('is booked, moved and called off, and waits where its service is not known', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const take = (trigger: string, sample: Sample = {}) =>
      crm.intakes.take(outcomesOf(siu(trigger, sample), profile))
    expect((await take('S12')).quarantined).toEqual({ 'appointment.no-such-slot': 1 })
    await crm.schedules.define(
      'cardiology-monday',
      Schedule.parse({
        ...{ title: '心内科', recurrence: 'FREQ=DAILY', start: '2026-03-02' },
        slots: ['09:00', '10:00'].map((at) => ({ at, minutes: 30, places: { any: 1 } })),
      }),
    )
    await crm.intakes.replay((raw) => outcomesOf(raw, profile))
    const stateOf = async () => (await crm.appointments.get('hl7v2:HIS|XZ|F-9'))?.state
    expect(await stateOf()).toMatchObject({ status: 'booked', day: '2099-03-09', at: '09:00' })
    await take('S15', { msh: { 7: '20260301090000' }, sch: { 6: 'ILL' } })
    await take('S13', { msh: { 7: '20260301083000' }, ais: { 4: '20990309100000' } })
    expect(await stateOf()).toMatchObject({ status: 'cancelled', at: '09:00', reason: 'ILL' })
  })
})
