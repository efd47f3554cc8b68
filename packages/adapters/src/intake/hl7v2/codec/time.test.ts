import { zoneOf } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { dayOf, instantOf, parseTime } from './time.ts'

const at = (text: string, zone = 'Asia/Shanghai') => {
  const time = parseTime(text)
  return time && instantOf(time, zoneOf(zone))
}

describe('an HL7 time', () => {
  it.each([
    ['20260301', '2026-02-28T16:00:00.000Z'],
    ['2026030109', '2026-03-01T01:00:00.000Z'],
    ['202603010930', '2026-03-01T01:30:00.000Z'],
    ['20260301093015', '2026-03-01T01:30:15.000Z'],
    ['20260301093015.1', '2026-03-01T01:30:15.100Z'],
    ['20260301093015.123456', '2026-03-01T01:30:15.123Z'],
    ['20260301093015123', '2026-03-01T01:30:15.123Z'],
    ['20260301093015+0100', '2026-03-01T08:30:15.000Z'],
    ['202603010930-0330', '2026-03-01T13:00:00.000Z'],
    ['20260301093015.5+00:00', '2026-03-01T09:30:15.500Z'],
    ['20260301093015Z', '2026-03-01T09:30:15.000Z'],
    ['20150425000000', '2015-04-24T16:00:00.000Z'],
    ['2015-04-25', '2015-04-24T16:00:00.000Z'],
    ['2015-04-25 08:05:00', '2015-04-25T00:05:00.000Z'],
    ['2015/4/25 8:05', '2015-04-25T00:05:00.000Z'],
    ['2015-04-25T08:05:00.25+08:00', '2015-04-25T00:05:00.250Z'],
    ['20240229', '2024-02-28T16:00:00.000Z'],
    ['20000229', '2000-02-28T16:00:00.000Z'],
  ])('written %s is %s in Shanghai', (text, instant) => {
    expect(at(text)).toBe(instant)
  })

  it.each(['2026', '202603', '202612+0800'])('written %s leaves the day open', (text) => {
    expect(parseTime(text)).toBeUndefined()
  })

  it.each([
    '20260230',
    '20250229',
    '19000229',
    '20261301',
    '20260100',
    '2026030124',
    '202603010960',
    '20260301093060',
    '202613',
    '00000101',
    '20260301093015+1500',
    '20260301093015+0160',
    '202603010930151',
    '2026-03/01',
    '2026-3-32',
    '01.03.2026',
    '20260301T093015',
    'yesterday',
    '',
    ' 20260301',
  ])('written %j is no real time', (text) => {
    expect(parseTime(text)).toBeUndefined()
  })

  it('gives the day as written, whatever its offset', () => {
    const time = parseTime('198808182330-1100')
    expect(time && dayOf(time)).toBe('1988-08-18')
  })
})

describe('a clock reading of a zone', () => {
  it('skipped in spring counts with the offset before the change', () => {
    expect(at('20260329023000', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('20260308023000', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
  })

  it('shown twice in autumn is the first of the two', () => {
    expect(at('20261025023000', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('20261101013000', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
  })

  it('is right on both sides of a change', () => {
    expect(at('20260329015959', 'Europe/Berlin')).toBe('2026-03-29T00:59:59.000Z')
    expect(at('20260329030000', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
    expect(at('20261025015959', 'Europe/Berlin')).toBe('2026-10-24T23:59:59.000Z')
    expect(at('20261025030000', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z')
  })

  it('knows the summer time China had, half-hour zones, a day a country left out, and old local time', () => {
    expect(at('19880701080000')).toBe('1988-06-30T23:00:00.000Z')
    expect(at('20260101120000', 'Asia/Kolkata')).toBe('2026-01-01T06:30:00.000Z')
    expect(at('20260405014500', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z')
    expect(at('20111230120000', 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z')
    expect(at('18800101000000')).toBe('1879-12-31T15:54:17.000Z')
  })

  it('agrees with the platform for every hour around every change of some years', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/St_Johns',
      'Africa/Casablanca',
      'Asia/Shanghai',
    ]) {
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      })
      for (let hour = 0; hour < 3 * 365 * 24; hour += 1) {
        const instant = Date.UTC(2024, 0, 1) + hour * 3_600_000 + 17 * 60_000
        const wall = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
        const back = zoneOf(zone).instantOf(wall)
        // The second showing of a repeated hour reads as the first.
        const isLater = back !== instant && format.format(back) === format.format(instant)
        if (back !== instant && !(isLater && back < instant))
          expect([zone, back]).toEqual([zone, instant])
      }
    }
  }, 60_000)

  it('is refused for a zone that does not exist', () => {
    expect(() => zoneOf('Asia/Xuzhou')).toThrow('zone.unknown')
  })
})
