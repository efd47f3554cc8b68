import { policy, sealed, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { patient } from './index.ts'
import type { PatientEvent } from './schema.ts'

export const given = specify(patient, { now: start, policy: policy() })

/** A number as a command brings it, and the record that makes it unique. */
export const number = (plain: string, nonce = 'n1') => ({
  type: 'MR',
  authority: 'H',
  value: sealed('identifier', plain, nonce),
})
export const recordOf = (plain: string) => `number:H:MR:w-${plain}`

export const identified = (plain: string): PatientEvent => ({
  type: 'patient.identified',
  identifier: { ...number(plain), record: recordOf(plain) },
})
export const registered: PatientEvent = { type: 'patient.registered' }
export const numberGiven = (person: string): PatientEvent => ({
  type: 'patient.number-given',
  person,
})
export const givenTo = (plain: string, person: string) => ({
  on: recordOf(plain),
  event: numberGiven(person),
})

/** A person who is known by numbers, with what happened since. */
export const person = (id: string, numbers: readonly string[], ...since: PatientEvent[]) => [
  { on: id, past: [registered, ...numbers.map(identified), ...since] },
  ...numbers.map((each) => ({ on: recordOf(each), past: [numberGiven(id)] })),
]
export const mergedInto = (into: string): PatientEvent => ({ type: 'patient.merged-into', into })
