import { describe, expect, it } from 'vitest'
import { placesFor, Schedule, slotsOf } from './schedule.ts'

const clinic = Schedule.parse({
  title: 'Cardiology',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO,TH',
  start: '2026-03-02',
  until: '2026-03-12',
  closed: ['2026-03-05'],
  slots: [
    { at: '09:00', minutes: 30, places: { phone: 1, any: 2 } },
    { at: '08:30', minutes: 30, places: { web: 1 } },
  ],
})

describe('a schedule', () => {
  it('has the slots of its days, without days it is closed on and those after its end', () => {
    const slots = slotsOf(clinic, { from: '2026-03-01', to: '2026-03-31' })
    expect(slots.map(({ day, at }) => `${day} ${at}`)).toEqual([
      '2026-03-02 08:30',
      '2026-03-02 09:00',
      '2026-03-09 08:30',
      '2026-03-09 09:00',
      '2026-03-12 08:30',
      '2026-03-12 09:00',
    ])
    expect(slotsOf(clinic, { from: '2026-04-01', to: '2026-04-30' })).toEqual([])
  })

  it('gives a channel its own places first, then those open to all', () => {
    const [slot] = clinic.slots
    const of = (channel: string) =>
      slot ? placesFor(slot, channel).map(({ pool, nth }) => `${pool}${nth}`) : []
    expect(of('phone')).toEqual(['phone0', 'any0', 'any1'])
    expect(of('web')).toEqual(['any0', 'any1'])
    expect(of('any')).toEqual(['any0', 'any1'])
  })

  it('with two slots at one time is refused', () => {
    const [slot] = clinic.slots
    const { error } = Schedule.safeParse({ ...clinic, slots: [slot, slot] })
    expect(error?.issues.map(({ message }) => message)).toEqual(['schedule.slot-twice'])
  })
})
