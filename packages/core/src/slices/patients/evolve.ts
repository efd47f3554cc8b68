import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import type { Patient, PatientEvent, Person } from './schema.ts'

export const evolve = (patient: Patient, event: PatientEvent): Patient =>
  match(event)
    .returnType<Patient>()
    .with({ type: 'patient.registered' }, ({ type: _, ...details }) => ({
      status: 'person',
      ...details,
      identifiers: [],
      consents: {},
      matches: [],
      merged: [],
    }))
    .with({ type: 'patient.number-given' }, ({ person }) => ({ status: 'number', person }))
    .with({ type: 'patient.number-released' }, () => ({ status: 'released' }))
    .with({ type: 'patient.merged-into' }, ({ into }) => ({ status: 'merged', into }))
    .with({ type: 'patient.erased' }, ({ at }) => ({ status: 'erased', at }))
    .with({ type: P.string }, (change) =>
      produce(patient, (draft) => {
        if (draft.status === 'person') changePerson(draft, change)
      }),
    )
    .exhaustive()

type Change = Exclude<
  PatientEvent,
  {
    type:
      | 'patient.registered'
      | 'patient.number-given'
      | 'patient.number-released'
      | 'patient.merged-into'
      | 'patient.erased'
  }
>

const changePerson = (person: Person, event: Change): void =>
  match(event)
    .with({ type: 'patient.details-changed' }, ({ type: _, ...details }) => {
      Object.assign(person, details)
    })
    .with({ type: 'patient.identified' }, ({ identifier }) => {
      person.identifiers.push(identifier)
    })
    .with({ type: 'patient.died' }, ({ at }) => {
      person.died = at
    })
    .with({ type: 'patient.death-revoked' }, () => {
      delete person.died
    })
    .with({ type: 'patient.consent-recorded' }, ({ purpose, allowed, at }) => {
      person.consents[purpose] = { allowed, at }
    })
    .with({ type: 'patient.preferences-changed' }, ({ type: _, ...preferences }) => {
      Object.assign(person, preferences)
    })
    .with({ type: 'patient.match-proposed' }, ({ other }) => {
      if (!person.matches.includes(other)) person.matches.push(other)
    })
    .with({ type: 'patient.match-rejected' }, ({ other }) => {
      person.matches = person.matches.filter((match) => match !== other)
    })
    .with({ type: 'patient.merged' }, ({ other, others, identifiers, consents }) => {
      person.merged.push(other, ...others)
      person.identifiers.push(...identifiers)
      person.matches = person.matches.filter((match) => ![other, ...others].includes(match))
      Object.assign(person.consents, consents)
    })
    .exhaustive()
