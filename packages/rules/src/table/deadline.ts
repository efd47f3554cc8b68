import { readFactStrictly, type Scope, type WorkDays } from '../condition/scope.ts'
import { nextDay } from '../condition/value-kind.ts'
import type { Decision } from './decision.ts'
import type { DeadlineSet, Span } from './rule-set.ts'

export type DeadlineRule = DeadlineSet['rules'][number]

/**
 * What a deadline set comes to. `due` is a day `YYYY-MM-DD` where it counts from a day, and an instant
 * in UTC where it counts hours from an instant. `provisional`: the calendar does not reach so far, and
 * the days beyond it count as working from Monday to Friday.
 */
export interface Deadline {
  readonly due: string
  readonly provisional: boolean
  readonly escalations: readonly { readonly at: string; readonly to: string }[]
}

/** Days looked at before a calendar that has no working days is given up. */
const furthest = 20_000

const weekdays: WorkDays = (day) => new Date(day).getUTCDay() % 6 !== 0

interface Landed {
  readonly at: string
  readonly provisional: boolean
}

const surely = (at: string): Landed => ({ at, provisional: false })

/** A calendar month later, clamped to the end of the month it lands in. */
const monthsLater = (day: string, months: number): string => {
  const date = new Date(`${day.slice(0, 7)}-01`)
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0)
  date.setUTCDate(Math.min(Number(day.slice(8)), date.getUTCDate()))
  return date.toISOString().slice(0, 10)
}

/** The nth working day after the day, which is not counted itself. */
const workingDaysLater = (from: string, count: number, isWorking: WorkDays): Landed => {
  let [day, provisional] = [from, false]
  let left = count
  for (let looked = 0; left > 0 && looked < furthest; looked += 1) {
    day = nextDay(day)
    const known = isWorking(day)
    if (known === null) provisional = true
    if (known ?? weekdays(day)) left -= 1
  }
  return { at: day, provisional: provisional || left > 0 }
}

const later = (from: string, span: Span, isWorking: WorkDays): Landed => {
  if ('hours' in span) {
    return surely(new Date(Date.parse(from) + span.hours * 3_600_000).toISOString())
  }
  if ('days' in span) return surely(nextDay(from, span.days))
  if ('months' in span) return surely(monthsLater(from, span.months))
  return workingDaysLater(from, span.workingDays, isWorking)
}

/** Counts a rule's deadline and its escalations, each from the deadline, on from a day or an instant. */
export const deadlineFrom = (
  from: string,
  { plus, escalate = [] }: DeadlineRule,
  isWorking: WorkDays = weekdays,
): Deadline => {
  const due = later(from, plus, isWorking)
  const steps = escalate.map(({ after, to }) => ({ ...later(due.at, after, isWorking), to }))
  return {
    due: due.at,
    provisional: due.provisional || steps.some(({ provisional }) => provisional),
    escalations: steps.map(({ at, to }) => ({ at, to })),
  }
}

/** Makes the deadline of the rule that was chosen; none where the fact it counts from is missing. */
export const dated =
  <Context>(choose: (context: Context) => Decision<unknown>, scope: Scope<Context>) =>
  (context: Context): Decision<Deadline> => {
    const { outcome, ...chosen } = choose(context)
    if (chosen.how !== 'rule') return { ...chosen, outcome: null }
    const rule = outcome as DeadlineRule
    const from = readFactStrictly(scope.fact(rule.from))(context)
    if (from === null) return { ...chosen, outcome: null, ruleId: null, how: 'none' }
    const calendar = rule.calendar === undefined ? undefined : scope.calendar(rule.calendar)
    return { ...chosen, outcome: deadlineFrom(from as string, rule, calendar) }
  }
