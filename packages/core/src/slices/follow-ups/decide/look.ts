import { type FollowUpFact, nextChange, type Policy, projectFollowUps } from '@hospital-crm/rules'
import { cameInto, type Followed, type FollowUpEvent, Task } from '../schema.ts'
import { candidatesAt, sameCandidates } from './candidates.ts'
import { escalationsBy, nextEscalation } from './escalation.ts'

/** What a look at a record works on: what is known and decided, and the tasks it found the time before. */
export type Picture = Pick<
  Followed,
  'facts' | 'draws' | 'assigned' | 'escalated' | 'tasks' | 'candidates' | 'asOf'
> & { readonly wake?: string | undefined; readonly place?: Followed['place'] }

const names = Object.keys(Task.shape) as (keyof Task)[]
const kept = names.filter((name) => name !== 'imported')

/** The rules' whole answer, cut to what the record keeps; whoever was assigned owns what has no owner. */
const tasksAt = ({ facts, draws, assigned, place }: Picture, policy: Policy, asOf: string) => {
  const whole = policy.lines.flatMap(({ programme, publications }) => {
    const known = [...publications, ...facts]
    return projectFollowUps(programme, known, draws, { asOf, knownAt: asOf }).tasks
  })
  const imported = new Set(facts.flatMap(importedVisit))
  const tasks = whole.map((full) => {
    const task = Object.fromEntries(kept.map((name) => [name, full[name]])) as Task
    const isTooFar = task.channel === 'home-visit' && place?.by === 'phone'
    const owner = task.owner ?? assigned[task.key] ?? null
    return {
      ...task,
      owner,
      ...(isTooFar && { channel: 'phone' }),
      ...(imported.has(task.visit) && { imported: true as const }),
    }
  })
  return { tasks, candidates: candidatesAt(facts, draws, whole, policy, asOf) }
}

/** The visit, where its discharge was told as history. */
const importedVisit = (fact: FollowUpFact): readonly string[] =>
  fact.type === 'discharge' && fact.imported ? [fact.visit] : []

const same = (a: Task, b: Task) => names.every((name) => a[name] === b[name])

/** The difference between what the record holds and the whole answer, as events. */
const differences = (
  before: readonly Task[],
  after: readonly Task[],
  at: string,
): FollowUpEvent[] => {
  const known = new Map(before.map((task) => [task.key, task]))
  const asked = new Set(after.map(({ key }) => key))
  return [
    ...after.flatMap((task): FollowUpEvent[] => {
      const was = known.get(task.key)
      if (!was) return [{ type: 'follow-up.planned', task, at }]
      if (was.state !== task.state)
        return [{ type: cameInto[task.state], task, from: was.state, at }]
      return same(was, task) ? [] : [{ type: 'follow-up.rescheduled', task, before: was, at }]
    }),
    ...before
      .filter(({ key }) => !asked.has(key))
      .map((task): FollowUpEvent => ({ type: 'follow-up.withdrawn', task, at })),
  ]
}

/** What opens is told to the patient right after, where the pack says so. */
const announced = (
  events: readonly FollowUpEvent[],
  { announcements }: Policy,
): readonly FollowUpEvent[] =>
  announcements.length === 0
    ? events
    : events.flatMap((event): FollowUpEvent[] => {
        const opens = event.type === 'follow-up.planned' || event.type === 'follow-up.opened'
        if (!opens || event.task.state !== 'open' || !event.task.inDenominator) return [event]
        if (event.task.imported) return [event]
        const { task, at } = event
        const told = announcements.filter(
          ({ plan, tier }) => plan === task.plan && tier === task.tier,
        )
        return [
          event,
          ...told.map(({ template, grade }): FollowUpEvent => {
            return { type: 'follow-up.announced', task, template, grade, at }
          }),
        ]
      })

const wakeOf = (picture: Picture, policy: Policy): string | null => {
  const { asOf, draws, facts } = picture
  const changes = policy.lines.flatMap(({ programme, publications }) => {
    const known = [...publications, ...facts]
    return nextChange(programme, known, draws, { asOf, knownAt: asOf }) ?? []
  })
  const change = changes.sort()[0] ?? null
  const escalation = nextEscalation(picture, policy)
  if (change === null || escalation === null) return change ?? escalation
  return change < escalation ? change : escalation
}

/** The record looked at again as of an instant: what changed by then, and what was escalated by then. */
const lookAt = (picture: Picture, policy: Policy, asOf: string, now: string) => {
  const { tasks, candidates } = tasksAt(picture, policy, asOf)
  const changed = announced(differences(picture.tasks, tasks, asOf), policy)
  const { events, escalated } = escalationsBy({ ...picture, tasks }, policy, asOf, now)
  const waiting: FollowUpEvent[] = sameCandidates(picture.candidates, candidates)
    ? []
    : [{ type: 'follow-up.awaits-draw', candidates, at: asOf }]
  return {
    picture: { ...picture, tasks, candidates, escalated, asOf },
    events: [...changed, ...events, ...waiting],
  }
}

/**
 * What has become true by now, each at its true time, and then by the new facts: after an outage the
 * log tells the same as if somebody had looked all along.
 */
export const look = (
  before: Picture,
  news: readonly FollowUpFact[],
  { now, policy }: { now: string; policy: Policy },
): FollowUpEvent[] => {
  const events: FollowUpEvent[] = []
  let picture = before
  for (let wake = before.wake; wake !== undefined && wake < now; ) {
    const looked = lookAt(picture, policy, wake, now)
    events.push(...looked.events)
    picture = looked.picture
    wake = wakeOf(picture, policy) ?? undefined
  }
  const told = lookAt({ ...picture, facts: [...picture.facts, ...news] }, policy, now, now)
  events.push(...told.events)
  return withWake(events, before, wakeOf(told.picture, policy), now)
}

/** Says with the last event when to look again, where that changed. */
const withWake = (
  events: FollowUpEvent[],
  before: Picture,
  wake: string | null,
  at: string,
): FollowUpEvent[] => {
  if (wake === (before.wake ?? null)) return events
  const last = events.at(-1)
  return last
    ? [...events.slice(0, -1), { ...last, wake } as FollowUpEvent]
    : [{ type: 'follow-up.looked-at', at, wake }]
}
