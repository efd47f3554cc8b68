import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDay } from '../../../kernel/local-day.ts'
import { afterQuietHours } from './quiet-hours.ts'

const night = { from: '21:00', until: '08:00' }
const noon = { from: '12:00', until: '14:00' }
const until = (quietHours: typeof night, now: string, zone = 'Asia/Shanghai') =>
  afterQuietHours({ zone, quietHours }, now)
/** An instant of early March in Shanghai, from local time. */
const local = (text: string) => new Date(`${text}:00+08:00`).toISOString()

describe('quiet hours over midnight', () => {
  it.each([
    ['2026-03-02T20:59', '2026-03-02T20:59'],
    ['2026-03-02T21:00', '2026-03-03T08:00'],
    ['2026-03-02T23:59', '2026-03-03T08:00'],
    ['2026-03-03T00:00', '2026-03-03T08:00'],
    ['2026-03-03T07:59', '2026-03-03T08:00'],
    ['2026-03-03T08:00', '2026-03-03T08:00'],
    ['2026-02-28T22:00', '2026-03-01T08:00'],
  ])('let a message of %s go at %s', (now, goes) => {
    expect(until(night, local(now))).toBe(local(goes))
  })
})

describe('quiet hours within a day', () => {
  it.each([
    ['2026-03-02T11:59', '2026-03-02T11:59'],
    ['2026-03-02T12:00', '2026-03-02T14:00'],
    ['2026-03-02T13:59', '2026-03-02T14:00'],
    ['2026-03-02T14:00', '2026-03-02T14:00'],
    ['2026-03-02T23:00', '2026-03-02T23:00'],
  ])('let a message of %s go at %s', (now, goes) => {
    expect(until(noon, local(now))).toBe(local(goes))
  })

  it('of no length are none', () => {
    const none = { from: '12:00', until: '12:00' }
    expect(until(none, local('2026-03-02T12:00'))).toBe(local('2026-03-02T12:00'))
  })
})

describe('quiet hours where the clocks change', () => {
  it.each([
    ['forward', '2026-03-29T00:30:00Z', '2026-03-29T06:00:00.000Z'],
    ['forward', '2026-03-28T21:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['back', '2026-10-25T05:30:00Z', '2026-10-25T07:00:00.000Z'],
    ['back', '2026-10-25T06:59:00Z', '2026-10-25T07:00:00.000Z'],
  ])('end at eight on the wall, put %s in the night', (_, now, goes) => {
    expect(until(night, now, 'Europe/Berlin')).toBe(goes)
  })

  it('begin at nine on the wall on that day too', () => {
    expect(until(night, '2026-03-29T18:59:00.000Z', 'Europe/Berlin')).toBe(
      '2026-03-29T18:59:00.000Z',
    )
    expect(until(night, '2026-03-29T19:00:00.000Z', 'Europe/Berlin')).toBe(
      '2026-03-30T06:00:00.000Z',
    )
  })

  it('end on time where midnight itself does not exist', () => {
    expect(until(night, '2026-04-23T22:30:00Z', 'Africa/Cairo')).toBe('2026-04-24T05:00:00.000Z')
  })
})

describe('a message let go', () => {
  it('leaves outside the quiet hours by the wall clock, at once or at their end, in any zone', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
    )
    const times = fc
      .tuple(fc.integer({ min: 5, max: 23 }), fc.constantFrom('00', '30'))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`)
    const instants = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) })
    const clockOf = (zone: string) =>
      new Intl.DateTimeFormat('en', {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })
    fc.assert(
      fc.property(zones, times, times, instants, (zone, from, end, instant) => {
        const now = new Date(instant).toISOString()
        const goes = afterQuietHours({ zone, quietHours: { from, until: end } }, now)
        const wall = clockOf(zone).format(new Date(goes))
        const isQuiet = from <= end ? from <= wall && wall < end : from <= wall || wall < end
        expect(isQuiet).toBe(false)
        if (goes !== now) expect(wall).toBe(end)
        expect(goes >= now).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the local day', () => {
  it('is the hospital’s, not the clock’s of the process', () => {
    expect(localDay('Asia/Shanghai', '2026-03-02T15:59:59Z')).toBe('2026-03-02')
    expect(localDay('Asia/Shanghai', '2026-03-02T16:00:00Z')).toBe('2026-03-03')
  })
})
