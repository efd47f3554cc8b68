import Holidays from 'date-holidays'
import { expect, it } from 'vitest'
import { dateHolidaysCalendar } from './index.ts'

const known = { from: '2026-01-01', knownThrough: '2026-12-31' }

it('takes the public holidays of a country and state', () => {
  const { holidays, coverage, workingWeekends } = dateHolidaysCalendar(
    new Holidays('DE', 'by'),
    known,
  )
  // Those of 2026 in Bavaria that fall on weekdays, from the state's own list.
  expect(holidays).toEqual([
    ...['2026-01-01', '2026-01-06', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14'],
    ...['2026-05-25', '2026-06-04', '2026-12-25'],
  ])
  expect([coverage, workingWeekends]).toEqual([['2026-01-01', '2026-12-31'], []])
})

it('counts every day of a holiday that lasts, also over the new year', () => {
  const lasting = {
    getHolidays: (year: number) => [
      {
        date: `${year}-12-31 00:00:00`,
        start: new Date(`${year}-12-31T00:00:00Z`),
        end: new Date(`${year + 1}-01-03T00:00:00Z`),
        type: 'public',
      },
      {
        date: `${year}-05-04 00:00:00`,
        start: new Date(`${year}-05-04T00:00:00Z`),
        end: new Date(`${year}-05-05T00:00:00Z`),
        type: 'observance',
      },
    ],
  }
  expect(dateHolidaysCalendar(lasting, known).holidays).toEqual([
    '2026-01-01',
    '2026-01-02',
    '2026-12-31',
  ])
})
