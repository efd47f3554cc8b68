import type { FollowUp, Task } from '@hospital-crm/core'
import {
  concept,
  type FhirExportOptions,
  idFor,
  patientReference,
  staffReference,
  systemOf,
  visitReference,
} from './names.ts'

type Followed = Extract<FollowUp, { status: 'followed' }>

const planOf = (
  { plan, planVersion }: Pick<Task, 'plan' | 'planVersion'>,
  options: FhirExportOptions,
) => `${systemOf(options)}/plan/${encodeURIComponent(plan)}/${planVersion}`

/** A follow-up's own word stays in businessStatus. */
const taskStatus = {
  pending: 'requested',
  open: 'ready',
  overdue: 'ready',
  completed: 'completed',
  missed: 'failed',
  unreachable: 'failed',
  cancelled: 'cancelled',
  'not-selected': 'cancelled',
} as const satisfies Readonly<Record<Task['state'], string>>

/** Whose follow-ups a FHIR resource is made of: the patient's id, and the record as it is read with `crm.followUps.of`. */
export interface FollowUpsOf {
  readonly patient: string
  readonly followed: Pick<Followed, 'tasks' | 'episodes' | 'asOf'>
}

/** One follow-up as a FHIR R4 Task: what is to be done, by whom, within which days. Holds no contact and no note. */
export const toFhirTask = (
  task: Task,
  { patient, followed: { asOf } }: FollowUpsOf,
  options: FhirExportOptions = {},
) => ({
  resourceType: 'Task' as const,
  id: idFor('follow-up', task.key),
  identifier: [{ system: `${systemOf(options)}/follow-up`, value: task.key }],
  instantiatesUri: planOf(task, options),
  basedOn: [{ reference: `CarePlan/${planId(task)}` }],
  status: taskStatus[task.state],
  ...(task.reason !== null && { statusReason: concept(task.reason) }),
  businessStatus: concept(task.state),
  intent: 'order' as const,
  code: concept(task.purpose),
  for: patientReference(patient),
  encounter: visitReference(task.visit, options),
  lastModified: asOf,
  performerType: [concept(task.role)],
  ...(task.owner !== null && { owner: staffReference(task.owner, options) }),
  restriction: { period: { start: task.opens, end: task.due } },
  input: [{ type: concept('channel'), valueString: task.channel }],
})

/** All tasks of one episode under one plan belong together; after a plan's change those of the new one do. */
const planId = ({ visit, generation, plan }: Task) =>
  idFor('care-plan', JSON.stringify([visit, generation, plan]))

const planStatus = (tasks: readonly Task[]) => {
  const states = new Set(tasks.map(({ state }) => taskStatus[state]))
  if (states.has('requested') || states.has('ready')) return 'active' as const
  return states.has('completed') || states.has('failed')
    ? ('completed' as const)
    : ('revoked' as const)
}

/** The follow-ups of a person as FHIR R4 CarePlans, one for each episode and plan, in the order of their tasks. */
export const toFhirCarePlans = (
  { patient, followed: { tasks, episodes } }: FollowUpsOf,
  options: FhirExportOptions = {},
) =>
  [...Map.groupBy(tasks, planId)].map(([id, owed]) => {
    const { visit = '' } = owed[0] ?? {}
    const began = episodes.findLast((episode) => episode.visit === visit)?.dischargedAt
    return {
      resourceType: 'CarePlan' as const,
      id,
      identifier: [{ system: `${systemOf(options)}/care-plan`, value: id }],
      instantiatesUri: [...new Set(owed.map((task) => planOf(task, options)))],
      status: planStatus(owed),
      intent: 'order' as const,
      subject: patientReference(patient),
      encounter: visitReference(visit, options),
      ...(began !== undefined && { period: { start: began } }),
      activity: owed.map(({ key }) => ({
        reference: { reference: `Task/${idFor('follow-up', key)}` },
      })),
    }
  })
