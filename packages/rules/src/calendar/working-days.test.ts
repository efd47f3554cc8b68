import { describe, expect, it } from 'vitest'
import { readDay, writeDay } from './day.ts'
import { compileCalendar, WorkCalendar } from './work-calendar.ts'
import { countWorkingDays, type DeadlineShift, shiftDeadline } from './working-days.ts'

const calendar = WorkCalendar.parse({
  weekend: ['Sat', 'Sun'],
  coverage: ['2026-01-01', '2026-12-31'],
  holidays: ['2026-05-01', '2026-05-04', '2026-05-05'],
  workingWeekends: ['2026-05-09'],
})
const inForce = [compileCalendar(calendar)]

const shifted = (shift: DeadlineShift, due: string, notBefore = '2026-01-01') => {
  const placed = shiftDeadline(inForce, shift, readDay(due), readDay(notBefore))
  return { ...placed, day: writeDay(placed.day) }
}

describe('a deadline on a day off', () => {
  it('moves to the next working day or the previous one, over a whole run of days off', () => {
    expect(shifted('postpone', '2026-05-01').day).toBe('2026-05-06')
    expect(shifted('advance', '2026-05-05').day).toBe('2026-04-30')
    expect(shifted('none', '2026-05-01').day).toBe('2026-05-01')
  })

  it('may move exactly to the opening, and not before it', () => {
    expect(shifted('advance', '2026-05-05', '2026-04-30').day).toBe('2026-04-30')
    const tight = shifted('advance', '2026-05-05', '2026-05-01')
    expect(tight).toMatchObject({ day: '2026-05-06', warnings: ['advance-would-precede-open'] })
  })

  it('stays, provisionally, where no calendar reaches', () => {
    const warnings = ['calendar-coverage-ends:2026-12-31']
    expect(shifted('postpone', '2027-01-02')).toEqual({
      day: '2027-01-02',
      provisional: true,
      warnings,
    })
  })
})

describe('a day that no calendar covers', () => {
  const year = (number: number) =>
    compileCalendar({
      ...calendar,
      coverage: [`${number}-01-01`, `${number}-12-31`],
      holidays: [],
      workingWeekends: [],
    })
  const ends = (due: string, ...years: number[]) =>
    shiftDeadline(years.map(year), 'postpone', readDay(due), readDay('2020-01-01')).warnings

  it('is warned of with the end of the last calendar before it, or of the last of all', () => {
    expect(ends('2027-01-02', 2025, 2026)).toEqual(['calendar-coverage-ends:2026-12-31'])
    expect(ends('2027-01-02', 2026, 2028)).toEqual(['calendar-coverage-ends:2026-12-31'])
    expect(ends('2024-06-03', 2025, 2026)).toEqual(['calendar-coverage-ends:2026-12-31'])
  })
})

describe('working days', () => {
  const after = (count: number) =>
    writeDay(countWorkingDays(inForce, readDay('2026-04-30'), count).day)

  it('are counted from the day after the anchor, with worked weekends and without holidays', () => {
    expect([0, 1, 3, 4, 5].map(after)).toEqual([
      '2026-04-30',
      '2026-05-06',
      '2026-05-08',
      '2026-05-09',
      '2026-05-11',
    ])
  })
})

describe('a work calendar', () => {
  it('is refused when it ends before it begins', () => {
    const backwards = { ...calendar, coverage: ['2026-12-31', '2026-01-01'] }
    expect(WorkCalendar.safeParse(backwards).error?.issues).toMatchObject([
      { path: ['coverage'], message: 'calendar.coverage-ends-before-it-begins' },
    ])
    const day = { ...calendar, coverage: ['2026-12-31', '2026-12-31'] }
    expect(WorkCalendar.safeParse(day).success).toBe(true)
  })
})
