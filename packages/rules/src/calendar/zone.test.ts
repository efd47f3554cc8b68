import { TZDate } from '@date-fns/tz'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { readDay, writeDay } from './day.ts'
import { dayMs, hourMs } from './instant.ts'
import { zoneOf } from './zone.ts'

vi.setConfig({ testTimeout: 60_000 })

const names = Intl.supportedValuesOf('timeZone')

/** The local day as Intl writes it: an oracle with none of our arithmetic in it. */
const localDay = (zone: string, instant: number) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)

/** Around every change of offset in a year, and where none is, nothing. */
const changesOf = (zone: string, year: number): number[] => {
  const offset = (instant: number) => new TZDate(instant, zone).getTimezoneOffset()
  const changes: number[] = []
  for (let instant = Date.UTC(year, 0); instant < Date.UTC(year + 1, 0); instant += dayMs) {
    if (offset(instant) !== offset(instant + dayMs)) changes.push(instant)
  }
  return changes
}

describe('a zone', () => {
  it('tells the local day of any instant in any zone as Intl does', () => {
    const instants = fc.integer({ min: 0, max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...names), instants, (name, instant) => {
        expect(writeDay(zoneOf(name).dayOf(instant))).toBe(localDay(name, instant))
      }),
      { numRuns: 3000 },
    )
  })

  it('reads a clock back to its instant, or to the earlier of two that it shows alike', () => {
    // Monrovia kept an offset with seconds until 1972, which TZDate rounds.
    const instants = fc.integer({ min: Date.UTC(1973, 0), max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...names), instants, (name, instant) => {
        const local = new TZDate(instant, name)
        const wall = Date.UTC(
          local.getFullYear(),
          local.getMonth(),
          local.getDate(),
          local.getHours(),
          local.getMinutes(),
          local.getSeconds(),
          local.getMilliseconds(),
        )
        const read = zoneOf(name).instantOf(wall)
        expect(instant - read === 0 || (instant > read && instant - read <= 2 * hourMs)).toBe(true)
        const again = new TZDate(read, name)
        expect([again.getDate(), again.getHours(), again.getMinutes()]).toEqual([
          local.getDate(),
          local.getHours(),
          local.getMinutes(),
        ])
      }),
      { numRuns: 2000 },
    )
  })

  it('takes a reading that a clock skips as an hour later, and one it shows twice as the first', () => {
    const { instantOf } = zoneOf('America/New_York')
    expect(instantOf(Date.UTC(2026, 2, 8, 2, 30))).toBe(Date.UTC(2026, 2, 8, 7, 30))
    expect(instantOf(Date.UTC(2026, 10, 1, 1, 30))).toBe(Date.UTC(2026, 10, 1, 5, 30))
  })

  it('reads a clock by the offset of its hour, in the hours around a change too', () => {
    const { instantOf } = zoneOf('America/New_York')
    for (const [month, day, before, after] of [
      [2, 8, 5, 4],
      [10, 1, 4, 5],
    ] as const) {
      for (const hour of [3, 10, 15]) {
        const wall = Date.UTC(2026, month, day, hour)
        expect(instantOf(wall)).toBe(wall + after * hourMs)
        expect(instantOf(wall - dayMs)).toBe(wall - dayMs + before * hourMs)
      }
    }
  })

  it('begins a day at its first instant: the one before lies in an earlier day', () => {
    const days = fc.integer({ min: 0, max: readDay('2099-12-31') })
    fc.assert(
      fc.property(fc.constantFrom(...names), days, (name, day) => {
        const zone = zoneOf(name)
        const start = zone.startOf(day)
        expect(localDay(name, start) >= writeDay(day)).toBe(true)
        expect(localDay(name, start - 1) < writeDay(day)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    'America/New_York',
    'America/Sao_Paulo',
    'America/St_Johns',
    'America/Havana',
    'America/Santiago',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Beirut',
    'Asia/Gaza',
    'Asia/Tehran',
    'Australia/Lord_Howe',
    'Europe/London',
    'Pacific/Apia',
    'Atlantic/Azores',
  ])('is right hour by hour around every change of the clocks in %s', (name) => {
    const zone = zoneOf(name)
    for (const year of [1975, 1999, 2007, 2011, 2018, 2026]) {
      for (const change of changesOf(name, year)) {
        for (let instant = change - dayMs; instant <= change + 2 * dayMs; instant += hourMs / 2) {
          expect(writeDay(zone.dayOf(instant))).toBe(localDay(name, instant))
        }
        const [before, after] = [zone.dayOf(change) - 1, zone.dayOf(change) + 2]
        for (let day = before; day <= after; day += 1) {
          expect(localDay(name, zone.startOf(day)) >= writeDay(day)).toBe(true)
          expect(localDay(name, zone.startOf(day) - 1) < writeDay(day)).toBe(true)
        }
      }
    }
  })

  it.each([
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00Z'],
    ['Asia/Shanghai', '2026-03-10', '2026-03-09T16:00:00Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00Z'],
    ['Africa/Monrovia', '1971-03-03', '1971-03-03T00:44:30Z'],
  ])('%s begins %s at %s', (name, day, instant) => {
    expect(zoneOf(name).startOf(readDay(day))).toBe(Date.parse(instant))
  })

  it.each(['Mars/Olympus', '', 'Asia/Schanghai'])('refuses the unknown zone %j', (name) => {
    expect(() => zoneOf(name)).toThrow(expect.objectContaining({ code: 'zone.unknown' }))
  })
})
