import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import { withDraw } from './decide/candidates.ts'
import type { Followed, FollowUp, FollowUpEvent, Task } from './schema.ts'

/** Before anything is known. */
export const atFirst = (asOf: string): Followed => ({
  status: 'followed',
  facts: [],
  episodes: [],
  draws: [],
  tasks: [],
  assigned: {},
  escalated: {},
  notes: [],
  candidates: [],
  asOf,
})

export const evolve = (followUp: FollowUp, event: FollowUpEvent): FollowUp => {
  if (event.type === 'follow-up.moved') return { status: 'moved', into: event.into }
  const known = followUp.status === 'followed' ? followUp : atFirst(timeOf(event) ?? '')
  return produce(known, (draft) => {
    change(draft, event)
    const at = timeOf(event)
    if (at !== undefined && at > draft.asOf) draft.asOf = at
    if (event.wake === null) delete draft.wake
    else if (event.wake !== undefined) draft.wake = event.wake
  })
}

type Change = Exclude<FollowUpEvent, { type: 'follow-up.moved' }>

const timeOf = (event: Change) => {
  if (event.type === 'follow-up.noted') return event.fact.at
  return 'at' in event ? event.at : undefined
}

const put = ({ tasks }: Followed, task: Task) => {
  const place = tasks.findIndex(({ key }) => key === task.key)
  if (place < 0) tasks.push(task)
  else tasks[place] = task
}

const putEpisode = (followed: Followed, episode: Followed['episodes'][number]) => {
  followed.episodes = followed.episodes.filter(({ visit }) => visit !== episode.visit)
  followed.episodes.push(episode)
}

const change = (followed: Followed, event: Change): void =>
  match(event)
    .with({ type: 'follow-up.noted' }, ({ fact, episode }) => {
      followed.facts.push(fact)
      if (episode) putEpisode(followed, episode)
    })
    .with({ type: 'follow-up.note-taken' }, ({ type: _, wake: __, ...note }) => {
      followed.notes.push(note)
    })
    .with({ type: 'follow-up.withdrawn' }, ({ task: { key } }) => {
      followed.tasks = followed.tasks.filter((task) => task.key !== key)
    })
    .with({ type: 'follow-up.assigned' }, ({ task, staff }) => {
      followed.assigned[task] = staff
    })
    .with({ type: 'follow-up.escalated' }, ({ task, level }) => {
      followed.escalated[task.key] = level
    })
    .with({ type: 'follow-up.awaits-draw' }, ({ candidates }) => {
      followed.candidates = candidates
    })
    .with({ type: 'follow-up.drawn' }, ({ draw }) => {
      followed.draws = withDraw(followed.draws, draw)
    })
    .with({ type: 'follow-up.located' }, ({ place }) => {
      followed.place = place
    })
    .with({ type: 'follow-up.handed-over' }, () => {})
    .with({ type: P.union('follow-up.looked-at', 'follow-up.announced') }, () => {})
    .with({ type: 'follow-up.joined' }, ({ with: gathered }) => {
      const { facts, episodes, draws, tasks, assigned, escalated, notes } = gathered
      followed.facts.push(...facts)
      for (const episode of episodes) putEpisode(followed, episode)
      followed.draws.push(...draws)
      for (const task of tasks) put(followed, task)
      followed.notes.push(...notes)
      Object.assign(followed.assigned, assigned)
      Object.assign(followed.escalated, escalated)
    })
    .with({ type: P.string }, ({ task }) => {
      put(followed, task)
    })
    .exhaustive()
