import type { FollowUpFact } from '@hospital-crm/rules'
import { policy, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { followUp } from './index.ts'
import type { Followed, FollowUp, FollowUpEvent, Task } from './schema.ts'

type Pack = Parameters<typeof policy>[0]

const visitOf = (visit: string, patient: string) => ({
  key: { kind: 'encounter', id: visit },
  state: { patient },
})
/** Whose a visit is, by the encounters: V1 and V2 are those of `p`, W1 that of `q`. */
const others = [visitOf('V1', 'p'), visitOf('V2', 'p'), visitOf('W1', 'q')]

export const given = (now = start, pack: Pack = {}) =>
  specify(followUp, { now, policy: policy(pack), others })

/** An instant by the wall clock of Shanghai, `DD` or `DDTHH:MM`, the days counted from 1 March 2026. */
export const local = (text: string) => {
  const [day = '', time = '00:00'] = text.split('T')
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(Date.UTC(2026, 2, Number(day), (hours ?? 0) - 8, minutes)).toISOString()
}

export const dischargedAt = local('01T09:00')
export const discharge = (said: object = {}): FollowUpFact => ({
  type: 'discharge',
  at: start,
  patient: 'p',
  visit: 'V1',
  effective: dischargedAt,
  disposition: '1',
  message: 'm',
  ...said,
})
const episode = { visit: 'V1', dischargedAt, department: 'cardio' }
export const note = (...facts: FollowUpFact[]) => ({ type: 'note', patient: 'p', facts })
export const noteDischarge = (said: object = {}) => ({ ...note(discharge(said)), episode })

const windows = [
  {
    role: 'attending',
    channel: 'phone',
    purpose: 'clinical',
    opens: '2026-03-01',
    due: '2026-03-08',
    deadlineInstant: local('09'),
  },
  {
    role: 'call-centre',
    channel: 'phone',
    purpose: 'satisfaction',
    opens: '2026-03-09',
    due: '2026-03-15',
    deadlineInstant: local('16'),
  },
  {
    role: 'outreach',
    channel: 'home-visit',
    purpose: 'clinical',
    opens: '2026-03-16',
    due: '2026-03-31',
    deadlineInstant: '2026-03-31T16:00:00.000Z',
  },
] as const

/** Visit V1's task of a tier, discharged on 1 March. */
export const task = (tier: 1 | 2 | 3, state: Task['state'], said: Partial<Task> = {}): Task => {
  const { visit = 'V1', generation = 1 } = said
  return {
    key: `${visit}#${generation}/three/${tier}`,
    visit,
    generation,
    tier,
    ...(windows[tier - 1] ?? windows[0]),
    state,
    reason: null,
    timeliness: null,
    owner: null,
    plan: 'three',
    planVersion: 1,
    inDenominator: state !== 'cancelled',
    ...said,
  }
}

type Wake = { wake?: string | null }

export const noted = (fact: FollowUpFact, said: object = {}): FollowUpEvent => ({
  type: 'follow-up.noted',
  fact,
  ...said,
})
export const planned = (told: Task, at = start, said: Wake = {}): FollowUpEvent => ({
  type: 'follow-up.planned',
  task: told,
  at,
  ...said,
})
export const came = (
  type: string,
  told: Task,
  from: Task['state'],
  at = start,
  said: Wake = {},
): FollowUpEvent => ({ type: `follow-up.${type}`, task: told, from, at, ...said }) as FollowUpEvent
export const rescheduled = (
  told: Task,
  before: Task,
  at = start,
  said: Wake = {},
): FollowUpEvent => ({ type: 'follow-up.rescheduled', task: told, before, at, ...said })
export const escalated = (
  told: Task,
  level: number,
  to: string,
  at: string,
  said: Wake = {},
): FollowUpEvent => ({ type: 'follow-up.escalated', task: told, level, to, at, ...said })

/** V1 discharged and planned: the first call open, the others to come. */
export const plannedV1: readonly FollowUpEvent[] = [
  noted(discharge(), { episode }),
  planned(task(1, 'open')),
  planned(task(2, 'pending')),
  planned(task(3, 'pending'), start, { wake: local('09') }),
]

export const stateAfter = (events: readonly FollowUpEvent[]) =>
  events.reduce<FollowUp>(followUp.evolve, followUp.initial) as Followed
