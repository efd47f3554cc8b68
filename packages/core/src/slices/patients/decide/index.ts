import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import type { Patient, PatientCommand, PatientEvent, Person } from '../schema.ts'
import { stands } from './consents.ts'
import { survivorOf } from './keys.ts'
import { join, merge } from './merge.ts'
import { died, register } from './register.ts'

type Decided = PatientEvent | On<PatientEvent>

export const decide = (patient: Patient, command: PatientCommand, context: Context<Patient>) => {
  const unknown = () => refuse('patient.unknown', { patient: context.id })
  return match(patient)
    .returnType<Decided[]>()
    .with({ status: 'none' }, (nobody) => {
      if (command.type === 'register') return register(nobody, command, context)
      return command.type === 'merge' ? merge(nobody, command, context) : unknown()
    })
    .with({ status: 'person' }, (known) => decideOn(known, command, context))
    .with({ status: 'erased' }, () =>
      command.type === 'erase' ? [] : refuse('patient.erased', { patient: context.id }),
    )
    .with({ status: P.union('merged', 'number', 'released') }, unknown)
    .exhaustive()
}

const decideOn = (known: Person, command: PatientCommand, context: Context<Patient>) =>
  match(command)
    .returnType<Decided[]>()
    .with({ type: 'register' }, (said) => register(known, said, context))
    .with({ type: 'merge' }, (merging) => merge(known, merging, context))
    .with({ type: 'record-death' }, ({ at }) => died(known.died, at ?? 'unknown', context))
    .with({ type: 'revoke-death' }, () =>
      known.died === undefined ? [] : [{ type: 'patient.death-revoked' }],
    )
    .with({ type: 'record-consent' }, ({ purpose, allowed }) =>
      stands(known.consents, purpose, allowed)
        ? []
        : [{ type: 'patient.consent-recorded', purpose, allowed, at: context.now }],
    )
    .with({ type: 'prefer' }, ({ channel, muted }) => {
      const said = { ...(channel !== undefined && { channel }), ...(muted && { muted }) }
      const isNews = Object.entries(said).some(
        ([name, value]) => canonical(value) !== canonical(known[name as keyof typeof said] ?? null),
      )
      return isNews ? [{ type: 'patient.preferences-changed', ...said }] : []
    })
    .with({ type: 'propose-match' }, ({ other }) => {
      if (other === context.id) return refuse('patient.same-person')
      if (context.own(other).status !== 'person')
        return refuse('patient.unknown', { patient: other })
      return known.matches.includes(other) ? [] : [{ type: 'patient.match-proposed', other }]
    })
    .with({ type: 'reject-match' }, ({ other }) =>
      known.matches.includes(other) ? [{ type: 'patient.match-rejected', other }] : [],
    )
    .with({ type: 'confirm-match' }, ({ other }) => {
      if (!known.matches.includes(other)) return refuse('patient.no-such-match', { other })
      return join(known, survivorOf(other, context.own), context)
    })
    .with({ type: 'erase' }, ({ reason }) => {
      const erased = { type: 'patient.erased', at: context.now, reason } as const
      const numbers = known.identifiers.map(({ record }) => on(record, numberReleased))
      return [...numbers, ...known.merged.map((other) => on(other, erased)), erased]
    })
    .exhaustive()

const numberReleased: PatientEvent = { type: 'patient.number-released' }
