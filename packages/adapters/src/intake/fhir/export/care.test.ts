import type { FollowUp, Message, Task } from '@hospital-crm/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { toFhirCarePlans, toFhirCommunication, toFhirTask } from '../index.ts'
import { faultsOf, knowResources } from '../r4.fixture.ts'

beforeAll(knowResources)

const task = (tier: number, state: Task['state'], more: Partial<Task> = {}): Task => ({
  key: `V1#1/three/${tier}`,
  visit: 'V1',
  generation: 1,
  tier,
  role: 'attending',
  channel: 'phone',
  purpose: 'clinical',
  state,
  reason: null,
  opens: '2026-03-01',
  due: '2026-03-08',
  deadlineInstant: '2026-03-08T16:00:00.000Z',
  timeliness: null,
  owner: 'li',
  plan: 'three',
  planVersion: 1,
  inDenominator: true,
  ...more,
})

const followed = (
  ...tasks: Task[]
): Pick<Extract<FollowUp, { status: 'followed' }>, 'tasks' | 'episodes' | 'asOf'> => ({
  tasks,
  episodes: [{ visit: 'V1', dischargedAt: '2026-03-01T02:10:00.000Z' }],
  asOf: '2026-03-02T00:00:00.000Z',
})

const patient = '01a202c7-ec43-7508-bc50-6d6588f8a4c3'
const states = [
  'pending',
  'open',
  'overdue',
  'completed',
  'missed',
  'cancelled',
  'unreachable',
  'not-selected',
] as const

/** TaskStatus, RequestStatus and EventStatus of FHIR R4. */
const statuses: Readonly<Record<string, string>> = {
  Task: 'draft requested received accepted rejected ready cancelled in-progress on-hold failed completed entered-in-error',
  CarePlan: 'draft active on-hold revoked completed entered-in-error unknown',
  Communication:
    'preparation in-progress not-done on-hold stopped completed entered-in-error unknown',
}

describe('a follow-up as a Task', () => {
  const whole = { patient, followed: followed() }

  it('says what is to be done, by whom and when', () => {
    expect(toFhirTask(task(1, 'overdue'), whole)).toMatchObject({
      resourceType: 'Task',
      id: expect.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/),
      identifier: [{ system: 'urn:hospital-crm/follow-up', value: 'V1#1/three/1' }],
      instantiatesUri: 'urn:hospital-crm/plan/three/1',
      status: 'ready',
      businessStatus: { text: 'overdue' },
      intent: 'order',
      for: { reference: `Patient/${patient}` },
      encounter: { identifier: { value: 'V1' } },
      owner: { identifier: { system: 'urn:hospital-crm/staff', value: 'li' } },
      restriction: { period: { start: '2026-03-01', end: '2026-03-08' } },
      input: [{ valueString: 'phone' }],
    })
  })

  it.each(states)('that is %s is valid', (state) => {
    const reason = state === 'cancelled' ? 'deceased' : null
    const resource = toFhirTask(task(1, state, { reason, owner: null }), whole)
    expect(faultsOf(resource)).toEqual([])
    expect(statuses.Task?.split(' ')).toContain(resource.status)
  })

  it('that is no valid one would be found', () => {
    const resource = toFhirTask(task(1, 'open'), whole)
    for (const wrong of [
      { ...resource, status: undefined },
      { ...resource, colour: 'red' },
      { ...resource, performerType: { text: 'x' } },
      { ...resource, restriction: { period: { start: 'today' } } },
    ]) {
      expect(faultsOf(wrong)).not.toEqual([])
    }
  })
})

describe('the follow-ups of a person as CarePlans', () => {
  const plansOf = (...tasks: Task[]) => toFhirCarePlans({ patient, followed: followed(...tasks) })

  it('are one for each episode and plan, with their tasks', () => {
    const tasks = [
      task(1, 'completed'),
      task(2, 'pending'),
      task(1, 'open', { key: 'V2#1/three/1', visit: 'V2' }),
    ]
    const plans = plansOf(...tasks)
    expect(plans).toMatchObject([
      {
        status: 'active',
        subject: { reference: `Patient/${patient}` },
        encounter: { identifier: { value: 'V1' } },
        period: { start: '2026-03-01T02:10:00.000Z' },
      },
      { encounter: { identifier: { value: 'V2' } } },
    ])
    for (const plan of plans) expect(faultsOf(plan)).toEqual([])
    const made = tasks.map((each) => toFhirTask(each, { patient, followed: followed(...tasks) }))
    expect(
      plans.flatMap(({ activity }) => activity.map(({ reference }) => reference.reference)),
    ).toEqual(made.map(({ id }) => `Task/${id}`))
    expect(made.map(({ basedOn: [plan] }) => plan?.reference)).toEqual(
      [plans[0], plans[0], plans[1]].map((plan) => `CarePlan/${plan?.id}`),
    )
  })

  it.each([
    [['pending', 'cancelled'], 'active'],
    [['completed', 'missed'], 'completed'],
    [['completed', 'cancelled'], 'completed'],
    [['cancelled', 'not-selected'], 'revoked'],
  ] as const)('of tasks %j are %s', (of, status) => {
    const [plan] = plansOf(...of.map((state, at) => task(at + 1, state)))
    expect(plan?.status).toBe(status)
    expect(statuses.CarePlan?.split(' ')).toContain(status)
  })
})

describe('a message as a Communication', () => {
  type Told = Exclude<Message, { status: 'none' }>
  const message = (status: Told['status'], more: Partial<Told> = {}): Told => ({
    status,
    to: { patient },
    purpose: 'follow-up',
    template: 'survey.invite',
    params: { days: 7 },
    about: 'follow-up/V1',
    notBefore: '2026-03-01T00:00:00.000Z',
    askedAt: '2026-03-01T00:00:00.000Z',
    attempts: 1,
    ...more,
  })
  const claim = {
    token: 't',
    expires: '2026-03-01T01:00:00.000Z',
    channel: 'sms',
    recipient: `patient/${patient}`,
    locale: 'zh-CN',
  }

  it('says to whom, by which way and when, and not to which address', () => {
    const resource = toFhirCommunication('m#1', message('sent', { claim, closedAt: claim.expires }))
    expect(resource).toMatchObject({
      status: 'completed',
      medium: [{ text: 'sms' }],
      subject: { reference: `Patient/${patient}` },
      recipient: [{ reference: `Patient/${patient}` }],
      sent: '2026-03-01T01:00:00.000Z',
      topic: { text: 'survey.invite' },
    })
  })

  it.each(['asked', 'claimed', 'sent', 'failed', 'cancelled', 'skipped'] as const)(
    'that is %s is valid, whoever it is for',
    (status) => {
      const recipients = [{ patient }, { staff: 'li' }, { headOf: 'li' }, { role: 'administrator' }]
      for (const to of recipients) {
        const more = { to, claim, reason: 'no-address', closedAt: claim.expires }
        const resource = toFhirCommunication('m#1', message(status, more))
        expect(faultsOf(resource)).toEqual([])
        expect(statuses.Communication?.split(' ')).toContain(resource.status)
      }
    },
  )
})
