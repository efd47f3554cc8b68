import { match, P } from 'ts-pattern'
import type { Ask } from '../../kernel/request.ts'
import type { IntakeEvent, IntakePerson, IntakeVisit } from '../../ports/intake-event.ts'
import { encounter } from '../../slices/encounters/index.ts'
import { patient } from '../../slices/patients/index.ts'
import { staffMember } from '../../slices/staff/index.ts'

type VisitEvent = Extract<IntakeEvent, { visit: IntakeVisit }>

const died = (said: IntakePerson['died']) =>
  said === undefined ? {} : { died: said === true ? 'unknown' : said === false ? 'no' : said }

const register = ({ died: said, ...person }: IntakePerson): Ask => ({
  slice: patient,
  input: { type: 'register', ...person, ...died(said) },
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

const visitCommand = ({ type, visit, occurredAt }: VisitEvent): object => {
  const { number, department, attending, admittedAt, dischargedAt, disposition, ...rest } = visit
  const facts = { ...rest, department: department?.code, attending: attending?.code }
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
        ...facts,
      }
    })
    .with('admission-cancelled', () => ({ type: 'cancel-admission', at: occurredAt }))
    .with('discharge-cancelled', () => ({ type: 'cancel-discharge', at: occurredAt }))
    .exhaustive()
}

/** One event of a source as the commands that take it, to be committed together. */
export const asksOf = (event: IntakeEvent): Ask[] =>
  match(event)
    .with({ type: 'person-updated' }, ({ person }) => [register(person)])
    .with({ type: 'merged' }, ({ survivor, retired }) => [
      register(survivor),
      { slice: patient, input: { type: 'merge', survivor: survivor.identifiers, retired } },
    ])
    .otherwise((told) => [
      register(told.person),
      ...meet(told.visit),
      {
        slice: encounter,
        input: { visit: told.visit.number, ...visitCommand(told) },
        bind: { patient: 0 },
      },
    ])
