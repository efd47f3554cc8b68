import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDay, weekday, writeDay } from './day.ts'
import { Recurrence, recurringDays } from './recurrence.ts'

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

describe('recurring days', () => {
  it('are the weekdays of every so many weeks, counted by hand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: readDay('2024-01-01'), max: readDay('2030-01-01') }),
        fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 400 }),
        (start, days, interval, length) => {
          const rule = `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.map((n) => names[n]).join(',')}`
          const from = start + Math.floor(length / 3)
          const range = { from: writeDay(from), to: writeDay(start + length) }
          const monday = start - weekday(start)
          const expected = []
          for (let day = from; day <= start + length; day += 1) {
            const week = Math.floor((day - monday) / 7)
            if (days.includes(weekday(day)) && week % interval === 0) expected.push(writeDay(day))
          }
          expect(recurringDays(rule, writeDay(start), range)).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are the same in every zone of the process, also by plain Node', () => {
    const script = `
      import { recurringDays } from '${join(import.meta.dirname, 'recurrence.ts')}'
      console.log(recurringDays('FREQ=WEEKLY;BYDAY=SU,MO', '2026-03-01', { from: '2026-03-01', to: '2026-11-30' }).join())`
    const answers = ['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'].map(
      (TZ) =>
        execFileSync(process.execPath, ['--input-type=module', '-e', script], {
          env: { ...process.env, TZ },
          encoding: 'utf8',
        }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]?.split(',')).toHaveLength(80)
  })

  it.each(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5;WKST=SU'])(
    'may be said by %s',
    (rule) => expect(Recurrence.safeParse(rule).success).toBe(true),
  )

  it.each([
    'FREQ=MONTHLY',
    'INTERVAL=2;BYDAY=MO',
    'FREQ=WEEKLY;BYMONTH=2',
    'FREQ=WEEKLY;DTSTART=20260101T000000Z',
    'weekly',
    '',
  ])('are refused where the rule is %s', (rule) => {
    const { error } = Recurrence.safeParse(rule)
    expect(error?.issues.map(({ message }) => message)).toEqual(['recurrence.malformed'])
  })
})
