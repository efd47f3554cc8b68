import { hash } from 'node:crypto'
import type { FollowUp, Message, Task } from '@hospital-crm/core'

/** Where exported resources come from, as the host wants it named. */
export interface FhirExportOptions {
  /** The start of the systems of identifiers; `urn:hospital-crm` unless told. */
  readonly system?: string
}

type Followed = Extract<FollowUp, { status: 'followed' }>
type Told = Exclude<Message, { status: 'none' }>

const systemOf = ({ system = 'urn:hospital-crm' }: FhirExportOptions) => system

/** Ids of FHIR hold few characters, so an id of ours becomes its digest; the identifier says it in full. */
const idFor = (kind: string, own: string) => hash('sha256', `${kind}/${own}`).slice(0, 32)

const concept = (text: string) => ({ text })

const patientReference = (patient: string) => ({ reference: `Patient/${patient}` })

/** A visit is known to others by its number, whatever id their server gave it. */
const visitReference = (visit: string, options: FhirExportOptions) => ({
  type: 'Encounter',
  identifier: { system: `${systemOf(options)}/visit`, value: visit },
})

const staffReference = (staff: string, options: FhirExportOptions) => ({
  type: 'Practitioner',
  identifier: { system: `${systemOf(options)}/staff`, value: staff },
})

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

const messageStatus = {
  asked: 'preparation',
  claimed: 'in-progress',
  sent: 'completed',
  failed: 'not-done',
  cancelled: 'not-done',
  skipped: 'not-done',
} as const satisfies Readonly<Record<Told['status'], string>>

/** A message by its id as a FHIR R4 Communication. What it says is told by its template, as its text is not kept. */
export const toFhirCommunication = (id: string, message: Told, options: FhirExportOptions = {}) => {
  const { to, status, about, claim, reason, closedAt } = message
  return {
    resourceType: 'Communication' as const,
    id: idFor('message', id),
    identifier: [{ system: `${systemOf(options)}/message`, value: id }],
    ...(about !== undefined && {
      about: [{ identifier: { system: systemOf(options), value: about } }],
    }),
    status: messageStatus[status],
    ...(reason !== undefined && { statusReason: concept(reason) }),
    category: [concept(message.purpose)],
    ...(claim && { medium: [concept(claim.channel)] }),
    ...('patient' in to && { subject: patientReference(to.patient) }),
    topic: concept(message.template),
    ...(status === 'sent' && closedAt !== undefined && { sent: closedAt }),
    recipient: [recipientOf(to, options)],
    payload: [{ contentString: message.template }],
  }
}

const recipientOf = (to: Told['to'], options: FhirExportOptions) => {
  if ('patient' in to) return patientReference(to.patient)
  if ('staff' in to) return staffReference(to.staff, options)
  const [kind, name] = 'headOf' in to ? ['head-of', to.headOf] : ['role', to.role]
  return {
    type: 'PractitionerRole',
    identifier: { system: `${systemOf(options)}/${kind}`, value: name },
  }
}
