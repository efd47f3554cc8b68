import { TZDate } from '@date-fns/tz'
import { addMonths as addMonthsTo, getISOWeek, getISOWeekYear } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, isoWeek, nextMonday, readDay, weekday, writeDay } from './day.ts'

const dayMs = 86_400_000
const utc = (day: number) => new Date(day * dayMs)
/** date-fns reckons in the process's zone, unless it is given another. */
const civil = (day: number) => new TZDate(day * dayMs, 'UTC')

const days = fc.integer({ min: readDay('1600-01-01'), max: readDay('2400-12-31') })

describe('a civil day', () => {
  it('is written and read like the UTC date it counts', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(writeDay(day)).toBe(utc(day).toISOString().slice(0, 10))
        expect(readDay(writeDay(day))).toBe(day)
        expect(weekday(day)).toBe((utc(day).getUTCDay() + 6) % 7)
      }),
      { numRuns: 2000 },
    )
  })

  it('a number of months later is clamped to the end of its month, as date-fns has it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -30, max: 60 }), (day, months) => {
        expect(addMonths(day, months)).toBe(addMonthsTo(civil(day), months).getTime() / dayMs)
      }),
      { numRuns: 2000 },
    )
  })

  it('lies in the ISO week that date-fns says, which ends before the next Monday', () => {
    fc.assert(
      fc.property(days, (day) => {
        const week = String(getISOWeek(civil(day))).padStart(2, '0')
        expect(isoWeek(day)).toBe(`${getISOWeekYear(civil(day))}-W${week}`)
        expect(weekday(nextMonday(day))).toBe(0)
        expect(isoWeek(nextMonday(day) - 1)).toBe(isoWeek(day))
        expect(isoWeek(nextMonday(day))).not.toBe(isoWeek(day))
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['2000-02-29', '2400-02-29', '1600-02-29', '0987-06-05', '0099-12-31'])(
    '%s is what is written for it',
    (text) => {
      expect(writeDay(readDay(text))).toBe(text)
      expect(isoWeek(readDay(text)).slice(0, 4)).toBe(text.slice(0, 4))
    },
  )

  it.each(['2026-02-30', '2026-13-01', '2026-3-1', 'today', ''])('refuses %j', (text) => {
    const refused = { code: 'day.malformed', details: { day: text } }
    expect(() => readDay(text)).toThrow(expect.objectContaining(refused))
  })
})
