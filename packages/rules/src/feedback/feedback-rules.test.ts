import { describe, expect, it } from 'vitest'
import { answerDue } from './feedback-rules.ts'

describe('the deadline of an answer', () => {
  const week = {
    weekend: ['Sat' as const, 'Sun' as const],
    coverage: ['2026-01-01', '2026-12-31'] as [string, string],
    holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    workingWeekends: ['2026-10-10'],
  }

  it('counts days, or working days by the calendar, from the day after', () => {
    expect(answerDue({ days: 15 }, '2026-02-20', [])).toBe('2026-03-07')
    expect(answerDue({ workingDays: 5 }, '2026-03-06', [])).toBe('2026-03-13')
    expect(answerDue({ workingDays: 3 }, '2026-09-30', [week])).toBe('2026-10-10')
    expect(answerDue({ workingDays: 0 }, '2026-10-01', [week])).toBe('2026-10-01')
  })
})
