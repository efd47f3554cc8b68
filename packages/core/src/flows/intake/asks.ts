import { match, P } from 'ts-pattern'
import type { Ask } from '../../kernel/request.ts'
import type {
  IntakeAppointment,
  IntakeEvent,
  IntakeIdentifier,
  IntakePerson,
  IntakeReferral,
  IntakeVisit,
} from '../../ports/intake-event.ts'
import { appointment } from '../../slices/appointments/index.ts'
import { charge } from '../../slices/charges/index.ts'
import { encounter } from '../../slices/encounters/index.ts'
import { patient } from '../../slices/patients/index.ts'
import { referral } from '../../slices/referrals/index.ts'
import { staffMember } from '../../slices/staff/index.ts'
import { survey } from '../../slices/surveys/index.ts'

type VisitEvent = Extract<IntakeEvent, { visit: IntakeVisit }>
type ReferralTold = Extract<IntakeEvent, { referral: IntakeReferral }>
type ResponseTold = Extract<IntakeEvent, { type: 'survey-answered' }>
type AppointmentTold = Extract<IntakeEvent, { appointment: IntakeAppointment }>

/** Numbers that a state gives, unique without a word of who sent them: table 0203, and what Chinese systems write. */
const national = /^(SS|NI|PPN|NN.*|IdentifyNO)$/

/** A number is unique only within whoever gave it; where nobody is named that is the source itself. */
const scoped = (source: string, identifiers: readonly IntakeIdentifier[]) =>
  identifiers.map(({ authority, type, value }) =>
    authority !== undefined || national.test(type ?? '')
      ? { authority, type, value }
      : { authority: source, type, value },
  )

/** Many senders write "not dead" into every message, so only a correction of the person takes a death back. */
const died = (said: IntakePerson['died'], isCorrection: boolean) => {
  if (said === undefined) return {}
  if (said === false) return isCorrection ? { died: 'no' } : {}
  return { died: said === true ? 'unknown' : said }
}

const register = (
  { source, type }: IntakeEvent,
  { died: said, identifiers, ...person }: IntakePerson,
): Ask => ({
  slice: patient,
  input: {
    type: 'register',
    ...person,
    identifiers: scoped(source, identifiers),
    ...died(said, type === 'person-updated'),
  },
})

/** Who is named in a feed before anybody enrolled them becomes known by the name the feed gives. */
const meet = ({ department, attending }: IntakeVisit): Ask[] => [
  ...(department
    ? [
        {
          slice: staffMember,
          input: {
            type: 'meet-unit',
            unit: department.code,
            kind: 'department',
            name: department.name,
          },
        },
      ]
    : []),
  ...(attending
    ? [
        {
          slice: staffMember,
          input: {
            type: 'meet',
            staff: attending.code,
            name: attending.name,
            role: 'attending',
            department: department?.code,
          },
        },
      ]
    : []),
]

const visitCommand = ({ type, visit, occurredAt, recordedAt, imported }: VisitEvent): object => {
  const { number, department, attending, admittedAt, dischargedAt, disposition, ...rest } = visit
  const facts = { ...rest, recordedAt, department: department?.code, attending: attending?.code }
  return match(type)
    .with(P.union('admitted', 'registered'), () => {
      const at = admittedAt ?? occurredAt
      return {
        type: 'admit',
        at,
        ...facts,
        class: visit.class ?? (type === 'admitted' ? 'inpatient' : 'outpatient'),
      }
    })
    .with('transferred', () => ({ type: 'transfer', at: occurredAt, ...facts }))
    .with('visit-updated', () => ({ type: 'update', admittedAt, ...facts }))
    .with('discharged', () => {
      return {
        type: 'discharge',
        at: dischargedAt ?? occurredAt,
        disposition,
        admittedAt,
        imported,
        ...facts,
      }
    })
    .with('admission-cancelled', () => ({ type: 'cancel-admission', at: occurredAt, recordedAt }))
    .with('discharge-cancelled', () => ({ type: 'cancel-discharge', at: occurredAt, recordedAt }))
    .exhaustive()
}

const statuses = {
  'appointment-booked': 'booked',
  'appointment-cancelled': 'cancelled',
  'appointment-attended': 'attended',
  'appointment-missed': 'missed',
} as const

/** A message is written after what it tells of, so its own time tells which of two is the later word. */
const appointmentTold = ({ source, type, appointment: told, ...event }: AppointmentTold): Ask => {
  const { number, broughtBy, ...rest } = told
  return {
    slice: appointment,
    input: {
      ...{ type: 'tell', appointment: `${source}|${number}`, status: statuses[type], ...rest },
      ...(broughtBy !== undefined && { source: broughtBy }),
      ...{ feed: source, recordedAt: event.recordedAt ?? event.occurredAt },
    },
    bind: { patient: 0 },
  }
}

/** A touch goes by the source's number, so that a request told in many versions is recorded once. */
const referralTold = ({ source, type, referral: told, ...event }: ReferralTold): Ask => {
  const { number, kind, partner } = told
  const touch = `${source}|${number}`
  if (type === 'referral-withdrawn') {
    return { slice: referral, input: { type: 'withdraw', touch, because: 'mistaken' } }
  }
  const input = { type: 'record', touch, kind, partner, number, at: event.occurredAt }
  return { slice: referral, input, bind: { patient: 0 } }
}

const responseTold = ({ about, response }: ResponseTold): Ask[] => {
  const input = { type: 'submit', ...response }
  return 'survey' in about
    ? [{ slice: survey, input: { ...input, ...about } }]
    : [
        { slice: survey, input: { type: 'ask', ...about } },
        { slice: survey, input, bind: { survey: 0 } },
      ]
}

/** One event of a source as the commands that take it, to be committed together. */
export const asksOf = (event: IntakeEvent): Ask[] =>
  match(event)
    .with({ type: 'person-updated' }, ({ person }) => [register(event, person)])
    .with({ type: 'charges-posted' }, ({ visitNumber: visit, charges: lines }) => [
      { slice: charge, input: { type: 'post', visit, lines } },
    ])
    .with({ type: P.string.startsWith('appointment-') }, (told) => [
      register(told, told.person),
      appointmentTold(told),
    ])
    .with({ type: P.union('referred', 'referral-withdrawn') }, (told) => [
      register(told, told.person),
      referralTold(told),
    ])
    .with({ type: 'survey-answered' }, responseTold)
    .with({ type: 'merged' }, ({ source, survivor, retired }) => [
      register(event, survivor),
      {
        slice: patient,
        input: {
          type: 'merge',
          survivor: scoped(source, survivor.identifiers),
          retired: scoped(source, retired),
        },
      },
    ])
    .otherwise((told) => [
      register(event, told.person),
      ...meet(told.visit),
      {
        slice: encounter,
        input: { visit: told.visit.number, ...visitCommand(told) },
        bind: { patient: 0 },
      },
    ])
