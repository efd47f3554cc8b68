import { type Policy, readDay, writeInstant, zoneOf } from '@hospital-crm/rules'
import { localDay } from '../../../kernel/local-day.ts'
import type { FollowUpEvent, Task } from '../schema.ts'

interface Overdue {
  readonly tasks: readonly Task[]
  /** Levels told, by task key. */
  readonly escalated: Readonly<Record<string, number>>
}

/** When a level of an overdue task's escalation is due: local days after its deadline has passed. */
const dueAt = ({ due }: Task, afterDays: number, zone: string) =>
  writeInstant(zoneOf(zone).startOf(readDay(due) + 1 + afterDays))

/** A plan may have an escalation of its own. */
const levelsOf = ({ plan, planVersion }: Task, { followUp, escalation }: Policy) =>
  followUp.plans[`${plan}@${planVersion}`]?.escalate ?? escalation

const overdue = ({ tasks }: Overdue) =>
  tasks.filter(({ state, imported }) => state === 'overdue' && !imported)

/** The day whose message a level goes into, and the day on which that is told where it is a later one. */
const gathered = (due: string, now: string, zone: string) => {
  const [digest, today] = [due, now].map((at) => localDay(zone, at))
  return { digest, ...(digest !== today && { toldOn: today }) }
}

/** The levels that have become due by an instant and were not told yet, told now, and how many are told then. */
export const escalationsBy = (known: Overdue, policy: Policy, by: string, now: string) => {
  const { zone } = policy
  const escalated = { ...known.escalated }
  const events = overdue(known).flatMap((task): FollowUpEvent[] => {
    const told = escalated[task.key] ?? 0
    const due = levelsOf(task, policy)
      .slice(told)
      .filter(({ afterDays }) => dueAt(task, afterDays, zone) <= by)
    if (due.length === 0) return []
    escalated[task.key] = told + due.length
    return due.map(({ to, afterDays, digest }, place) => {
      const at = dueAt(task, afterDays, zone)
      const level = told + place + 1
      const day = digest && gathered(at, now, zone)
      return { type: 'follow-up.escalated', task, level, to, ...day, at }
    })
  })
  return { events, escalated }
}

/** When the next level of any overdue task is due. */
export const nextEscalation = (known: Overdue, policy: Policy): string | null =>
  overdue(known)
    .flatMap((task) => {
      const level = levelsOf(task, policy)[known.escalated[task.key] ?? 0]
      return level ? [dueAt(task, level.afterDays, policy.zone)] : []
    })
    .sort()[0] ?? null
