import type { Draw, FollowUpFact, Policy } from '@hospital-crm/rules'
import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import { atFirst } from '../evolve.ts'
import {
  type Followed,
  type FollowUp,
  type FollowUpCommand,
  type FollowUpEvent,
  isLive,
} from '../schema.ts'
import { newsOf, withDraw } from './candidates.ts'
import { look } from './look.ts'
import { located, placeAfter } from './place.ts'

type Decided = FollowUpEvent | On<FollowUpEvent>
type Said<Type extends FollowUpCommand['type']> = Extract<FollowUpCommand, { type: Type }>

export const decide = (
  followUp: FollowUp,
  command: FollowUpCommand,
  context: Context<FollowUp>,
) => {
  if (followUp.status === 'moved') return refuse('follow-up.unknown')
  const known = followUp.status === 'followed' ? followUp : atFirst(context.now)
  return match(command)
    .returnType<Decided[]>()
    .with({ type: 'note' }, ({ patient, facts: told, episode }) => {
      const facts = told.filter((fact) => concerns(followUp, fact, context.policy))
      if (facts.length === 0) return []
      const noted = facts.map((fact, place): FollowUpEvent => {
        return { type: 'follow-up.noted', fact, ...(place === 0 && episode && { episode }) }
      })
      return [...noted, ...lookFrom(known, facts, patient, context)]
    })
    .with({ type: 'merge' }, (said) => merge(known, said, context))
    .with({ type: P.string }, (said) =>
      followUp.status === 'none' ? ofNobody(said) : change(known, said, context),
    )
    .exhaustive()
}

type Change = Exclude<FollowUpCommand, { type: 'note' | 'merge' }>

/** What is asked of a person of whom nothing is known. */
const ofNobody = (command: Change): Decided[] =>
  match(command)
    .returnType<Decided[]>()
    .with({ type: P.union('locate', 'hand-over') }, () => [])
    .with({ type: P.union('record-contact', 'assign', 'reschedule', 'take-draw') }, ({ visit }) =>
      refuse('follow-up.unknown-visit', { visit }),
    )
    .with({ type: 'advance' }, () => refuse('follow-up.unknown'))
    .exhaustive()

const change = (known: Followed, command: Change, context: Context<FollowUp>): Decided[] =>
  match(command)
    .returnType<Decided[]>()
    .with({ type: 'record-contact' }, (said) => contact(known, said, context))
    .with({ type: 'assign' }, (said) => assign(known, said, context))
    .with({ type: 'reschedule' }, (said) => reschedule(known, said, context))
    .with({ type: 'locate' }, ({ patient }) => lookFrom(known, [], patient, context))
    .with({ type: 'hand-over' }, (said) => handOver(known, said, context))
    .with({ type: 'take-draw' }, ({ draw }) => takeDraw(known, draw, context))
    .with({ type: 'advance' }, () => look(known, [], context))
    .exhaustive()

/** A visit that is no stay concerns follow-ups only where a plan begins with such visits. */
const concerns = (known: FollowUp, fact: FollowUpFact, { lines }: Policy): boolean => {
  if (fact.type === 'admission-cancelled') return known.status === 'followed'
  if (fact.type !== 'admission' || fact.class === 'inpatient') return true
  return lines.some(({ programme: { plan, plans } }) => {
    const { startsOn } = plans[plan] ?? {}
    return Array.isArray(startsOn) && startsOn.includes(fact.class)
  })
}

/** Looks again from where the patient lives now. */
const lookFrom = (
  known: Followed,
  news: readonly FollowUpFact[],
  patient: string,
  context: Context<FollowUp>,
): FollowUpEvent[] => {
  const moved = located(known, patient, context)
  return [...moved, ...look({ ...known, place: placeAfter(known, moved) }, news, context)]
}

/** A visit may be known and owe nothing, as after a death in hospital; a tier is known by its tasks. */
const tasksOf = ({ tasks, episodes }: Followed, visit: string, tier: number | undefined) => {
  const ofVisit = tasks.filter((task) => task.visit === visit)
  const isKnown = ofVisit.length > 0 || episodes.some((episode) => episode.visit === visit)
  if (!isKnown) return refuse('follow-up.unknown-visit', { visit })
  if (tier === undefined) return ofVisit
  const ofTier = ofVisit.filter((task) => task.tier === tier)
  return ofTier.length > 0 ? ofTier : refuse('follow-up.unknown-tier', { visit, tier })
}

/** A real call is always kept, whatever it satisfies; what is refused names a visit or tier that is not there. */
const contact = (
  known: Followed,
  { visit, tier, role, at: effective, result, by, imported, note }: Said<'record-contact'>,
  context: Context<FollowUp>,
): FollowUpEvent[] => {
  tasksOf(known, visit, tier)
  const whose = {
    ...(tier !== undefined && { tier }),
    ...(by !== undefined && { by }),
    ...(imported && { imported }),
  }
  const fact: FollowUpFact = {
    type: 'contact',
    at: context.now,
    visit,
    role,
    effective,
    result,
    ...whose,
  }
  const taken: FollowUpEvent[] = note
    ? [
        {
          type: 'follow-up.note-taken',
          visit,
          madeAt: effective,
          text: withoutWords(note),
          ...(by !== undefined && { by }),
        },
      ]
    : []
  return [{ type: 'follow-up.noted', fact }, ...taken, ...look(known, [fact], context)]
}

const assign = (
  known: Followed,
  { visit, tier, staff }: Said<'assign'>,
  context: Context<FollowUp>,
): FollowUpEvent[] => {
  const task = tasksOf(known, visit, tier).at(-1)
  if (!task || task.owner === staff || known.assigned[task.key] === staff) return []
  const assigned = { ...known.assigned, [task.key]: staff }
  return [
    { type: 'follow-up.assigned', task: task.key, staff },
    ...look({ ...known, assigned }, [], context),
  ]
}

/** What is done or called off has no window to move. */
const reschedule = (
  known: Followed,
  { visit, tier, opens, due, because }: Said<'reschedule'>,
  context: Context<FollowUp>,
): FollowUpEvent[] => {
  const task = tasksOf(known, visit, tier).at(-1)
  if (!task || !isLive(task)) return refuse('follow-up.not-live', { visit, tier })
  if (due < (opens ?? task.opens)) return refuse('follow-up.due-before-open', { visit, tier })
  if (due === task.due && (opens ?? task.opens) === task.opens) return []
  const { now: at, actor } = context
  const fact: FollowUpFact = {
    type: 'window-moved',
    ...{ at, visit, tier, due, because, by: actor.id },
    ...(opens !== undefined && { opens }),
  }
  return [{ type: 'follow-up.noted', fact }, ...look(known, [fact], context)]
}

/** As attending by a fact of the rules, so that what comes later goes along; as assigned, task by task. */
const handOver = (
  known: Followed,
  { from, to, effective = '' }: Said<'hand-over'>,
  context: Context<FollowUp>,
): FollowUpEvent[] => {
  const { now: at } = context
  if (from === to) return refuse('follow-up.handed-to-themselves', { staff: from })
  const theirs = known.tasks.filter((task) => task.owner === from && isLive(task))
  if (theirs.length === 0) return []
  const since = effective === '' ? at : effective
  const fact: FollowUpFact = {
    type: 'staff-unavailable',
    at,
    staff: from,
    replacement: to,
    effective: since,
  }
  const assigned = theirs.filter(({ key }) => known.assigned[key] === from)
  const hands = Object.fromEntries(assigned.map(({ key }) => [key, to]))
  return [
    { type: 'follow-up.handed-over', from, to, effective: since, tasks: theirs.length, at },
    { type: 'follow-up.noted', fact },
    ...assigned.map(({ key }): FollowUpEvent => {
      return { type: 'follow-up.assigned', task: key, staff: to }
    }),
    ...look({ ...known, assigned: { ...known.assigned, ...hands } }, [fact], context),
  ]
}

/** The same draw again, as a flow that runs twice brings it, changes nothing. */
const takeDraw = (known: Followed, draw: Draw, context: Context<FollowUp>): FollowUpEvent[] => {
  const news = newsOf(known.draws, draw)
  if (news.rounds.length === 0) return []
  const draws = withDraw(known.draws, news)
  return [
    { type: 'follow-up.drawn', draw: news, at: context.now },
    ...look({ ...known, draws }, [], context),
  ]
}

/** Everything of the merged person goes to the survivor, and is judged again there. */
const merge = (
  survivor: Followed,
  { merged }: Said<'merge'>,
  context: Context<FollowUp>,
): Decided[] => {
  const { now, id, own } = context
  const gone = own(merged)
  if (gone.status !== 'followed' || merged === id) return []
  const { status: _, asOf: __, wake: ___, candidates: ____, place: _____, ...gathered } = gone
  const fact: FollowUpFact = {
    type: 'patient-merged',
    at: now,
    survivor: id,
    merged,
    sameVisit: {},
  }
  const wake = earlier(survivor.wake, gone.wake)
  const together: Followed = {
    ...survivor,
    facts: [...survivor.facts, ...gathered.facts],
    draws: [...survivor.draws, ...gathered.draws],
    tasks: [...survivor.tasks, ...gathered.tasks],
    assigned: { ...survivor.assigned, ...gathered.assigned },
    escalated: { ...survivor.escalated, ...gathered.escalated },
    asOf: survivor.asOf < gone.asOf ? survivor.asOf : gone.asOf,
    ...wake,
  }
  return [
    { type: 'follow-up.joined', merged, with: gathered, at: now, ...wake },
    { type: 'follow-up.noted', fact },
    ...look(together, [fact], context),
    on(merged, { type: 'follow-up.moved', into: id }),
  ]
}

const earlier = (a: string | undefined, b: string | undefined) => {
  const wake = a === undefined || (b !== undefined && b < a) ? b : a
  return wake === undefined ? {} : { wake }
}
