import * as z from 'zod'
import { Id } from '../kernel/fields.ts'
import { linked } from '../kernel/links.ts'
import type { InHand, View } from '../kernel/view.ts'
import type { Appointment } from '../slices/appointments/schema.ts'
import type { Encounter } from '../slices/encounters/schema.ts'
import type { Feedback } from '../slices/feedback/schema.ts'
import type { FollowUp } from '../slices/follow-ups/schema.ts'
import type { Message } from '../slices/messages/schema.ts'
import type { Patient } from '../slices/patients/schema.ts'
import type { Survey } from '../slices/surveys/schema.ts'

/** Something that happened with a patient. `code` is a word of the catalogue, `params` are its values. */
export interface TimelineEntry {
  readonly at: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface Timeline {
  /** The person as the record stands today, personal data covered or opened as asked; `null` when unknown. */
  readonly person: Readonly<Record<string, unknown>> | null
  readonly entries: readonly TimelineEntry[]
}

const TimelineQuery = z.strictObject({
  patient: Id,
  /** The latest so many of each: visits, messages, appointments, surveys, complaints. */
  limit: z.int().min(1).max(500).default(100),
})
export type TimelineQuery = z.input<typeof TimelineQuery>

const patientsOf = (patient: string, inHand: InHand) =>
  linked(patient, (id) => inHand.record({ kind: 'patient', id })?.state)

/** The ids under which the person has ever been known. */
const everyIdOf = (patient: string, inHand: InHand) => {
  const survivor = patientsOf(patient, inHand).at(-1) ?? patient
  const known = inHand.record({ kind: 'patient', id: survivor })?.state as unknown as
    | Patient
    | undefined
  return [survivor, ...(known?.status === 'person' ? known.merged : [])]
}

const visits = (inHand: InHand): TimelineEntry[] =>
  inHand.list('visits').items.flatMap(({ key, state }): TimelineEntry[] => {
    const visit = key.id
    const known = state as unknown as Encounter
    if (known.status === 'none') return []
    const { admittedAt, dischargedAt, department = '', disposition = '', cancelledAt } = known
    return [
      ...(admittedAt
        ? [{ at: admittedAt, code: 'timeline.admitted', params: { visit, department } }]
        : []),
      ...(dischargedAt
        ? [
            {
              at: dischargedAt,
              code: 'timeline.discharged',
              params: { visit, department, disposition },
            },
          ]
        : []),
      ...(cancelledAt
        ? [{ at: cancelledAt, code: 'timeline.admission-cancelled', params: { visit } }]
        : []),
    ]
  })

const contacts = (followed: FollowUp | undefined): TimelineEntry[] =>
  followed?.status !== 'followed'
    ? []
    : followed.facts.flatMap((fact) => {
        if (fact.type !== 'contact') return []
        const { visit, role, result, by = '' } = fact
        return [
          { at: fact.effective, code: 'timeline.contact', params: { visit, role, result, by } },
        ]
      })

const deadlines = (followed: FollowUp | undefined): TimelineEntry[] =>
  followed?.status !== 'followed'
    ? []
    : followed.tasks.map(({ visit, tier, state, opens, due, deadlineInstant }) => {
        return {
          at: deadlineInstant,
          code: 'timeline.task',
          params: { visit, tier, state, opens, due },
        }
      })

const messages = (inHand: InHand): TimelineEntry[] =>
  inHand.list('messages').items.flatMap(({ state }) => {
    const known = state as unknown as Message
    if (known.status === 'none') return []
    const { askedAt, template, status } = known
    return [{ at: askedAt, code: 'timeline.message', params: { template, status } }]
  })

const appointments = (inHand: InHand): TimelineEntry[] =>
  inHand.list('appointments').items.flatMap(({ state }) => {
    const known = state as unknown as Appointment
    if (!('patient' in known)) return []
    const { begins, schedule, status } = known
    return [{ at: begins, code: 'timeline.appointment', params: { schedule, state: status } }]
  })

const surveys = (inHand: InHand): TimelineEntry[] =>
  inHand.list('surveys').items.flatMap(({ state }) => {
    const known = state as unknown as Survey
    if (known.status !== 'answered') return []
    const { questionnaire, responses } = known
    const [first] = responses
    return first ? [{ at: first.at, code: 'timeline.survey', params: { questionnaire } }] : []
  })

const feedbacks = (inHand: InHand): TimelineEntry[] =>
  inHand.list('feedback').items.flatMap(({ key, state }) => {
    const known = state as unknown as Feedback
    if (!('receivedAt' in known)) return []
    const { receivedAt, kind, status } = known
    return [
      { at: receivedAt, code: 'timeline.feedback', params: { kind, id: key.id, state: status } },
    ]
  })

/**
 * All dealings with a person, the earliest first: visits, appointments, contacts, what was or is owed,
 * messages, surveys they answered and what they said of the hospital.
 */
export const timeline: View<z.output<typeof TimelineQuery>, Timeline> = {
  name: 'timeline',
  query: TimelineQuery as never,
  loads: ({ patient }, inHand) => {
    const ids = patientsOf(patient, inHand)
    return ids.flatMap((id) => [
      { kind: 'patient', id },
      { kind: 'follow-up', id },
    ])
  },
  lists: ({ patient, limit }, inHand) => {
    const ids = everyIdOf(patient, inHand)
    const latest = { limit, direction: 'descending' as const }
    const about = ids.map((id) => `follow-up/${id}`)
    return {
      visits: { kind: 'encounter', index: 'patient', equals: [ids], ...latest },
      messages: { kind: 'message', index: 'about', equals: [about], ...latest },
      appointments: { kind: 'appointment', index: 'patient', equals: [ids], ...latest },
      surveys: { kind: 'survey', index: 'patient', equals: [ids], ...latest },
      feedback: { kind: 'feedback', index: 'patient', equals: [ids], ...latest },
    }
  },
  shape: ({ patient }, inHand) => {
    const id = patientsOf(patient, inHand).at(-1) ?? patient
    const state = inHand.record({ kind: 'follow-up', id })?.state as unknown as FollowUp | undefined
    const person = inHand.record({ kind: 'patient', id })?.state ?? null
    const entries = [
      ...visits(inHand),
      ...contacts(state),
      ...deadlines(state),
      ...messages(inHand),
      ...appointments(inHand),
      ...surveys(inHand),
      ...feedbacks(inHand),
    ]
    return {
      person: person as Timeline['person'],
      entries: entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    }
  },
}
