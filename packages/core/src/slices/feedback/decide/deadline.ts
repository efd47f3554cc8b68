import {
  answerDue,
  type Policy,
  readDay,
  type WorkCalendar,
  writeInstant,
  zoneOf,
} from '@hospital-crm/rules'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Feedback, Known } from '../schema.ts'

/** What is told of a deadline, and when the next level is due. */
interface Level {
  readonly level: number
  readonly to: string
  readonly at: string
}

const rulesOf = (policy: Policy, severity: string | undefined) => {
  const { severities } = policy.feedback ?? {}
  if (!severities || severity === undefined) return undefined
  return severities[severity] ?? refuse('feedback.unknown-severity', { severity })
}

/** The hospital's calendars, the one that came into force last first. */
const calendarsOf = ({ followUp, publications }: Policy): readonly WorkCalendar[] => {
  const published = publications.flatMap((fact) =>
    fact.type === 'calendar-published' ? [fact.calendar] : [],
  )
  return [...published.reverse(), followUp.calendar].flatMap(
    (name) => (name !== undefined && followUp.calendars?.[name]) || [],
  )
}

/** All levels of a deadline with the instant at which each is told. */
const levelsOf = (policy: Policy, severity: string | undefined, due: string): readonly Level[] =>
  (rulesOf(policy, severity)?.escalation ?? []).map(({ afterDays, to }, place) => {
    const day = readDay(due) + 1 + afterDays
    return { level: place + 1, to, at: writeInstant(zoneOf(policy.zone).startOf(day)) }
  })

/** Until when an answer is owed to what came on a local day; nothing where the pack says nothing. */
export const owedSince = (policy: Policy, severity: string | undefined, day: string) => {
  const rules = rulesOf(policy, severity)
  if (!rules) return {}
  const due = answerDue(rules.answerWithin, day, calendarsOf(policy))
  const wake = levelsOf(policy, severity, due)[0]?.at
  return { due, ...(wake !== undefined && { wake }) }
}

/** Levels that have come and were not told, each with the instant of the one after it. */
export const comeLevels = (
  policy: Policy,
  { severity, due, told }: Pick<Known, 'severity' | 'due' | 'told'>,
  now: string,
) => {
  if (due === undefined) return []
  const levels = levelsOf(policy, severity, due)
  return levels.slice(told).flatMap(({ level, to, at }) => {
    const wake = levels[level]?.at
    return at <= now ? [{ level, to, at, due, ...(wake !== undefined && { wake }) }] : []
  })
}

/** Whether it may be taken up again: so many local days after the last answer. */
export const isReopenable = (
  policy: Policy,
  { answers }: Extract<Feedback, { answers: unknown }>,
  now: string,
) => {
  const { reopenWithinDays = 30 } = policy.feedback ?? {}
  const last = answers.at(-1)?.at ?? now
  return (
    readDay(localDay(policy.zone, now)) - readDay(localDay(policy.zone, last)) <= reopenWithinDays
  )
}
