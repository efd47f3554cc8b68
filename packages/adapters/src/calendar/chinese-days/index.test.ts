import { chinaWorkCalendar } from '@hospital-crm/rules'
import chineseDays from 'chinese-days'
import { expect, it } from 'vitest'
import { chineseDaysCalendar } from './index.ts'

const known = { from: '2024-01-01', knownThrough: '2026-12-31' }
const weekdaysOf = (days: readonly string[]) =>
  days.filter((day) => ![0, 6].includes(new Date(day).getUTCDay())).sort()

it('the shipped calendar of China says what chinese-days says, day by day', () => {
  const calendar = chineseDaysCalendar(chineseDays, known)
  expect(calendar.holidays).toEqual(weekdaysOf(chinaWorkCalendar.holidays))
  expect(calendar.workingWeekends).toEqual(chinaWorkCalendar.workingWeekends)
  expect(calendar.coverage).toEqual(chinaWorkCalendar.coverage)
})

it('is known no further than its host says, whatever the package answers beyond', () => {
  const calendar = chineseDaysCalendar(chineseDays, { ...known, knownThrough: '2026-06-30' })
  expect(calendar.coverage).toEqual(['2024-01-01', '2026-06-30'])
  expect(calendar.holidays.filter((day) => day > '2026-06-30')).toEqual([])
})
