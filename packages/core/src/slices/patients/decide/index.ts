import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import type { Patient, PatientCommand, PatientEvent } from '../schema.ts'
import { stands } from './consents.ts'
import { survivorOf } from './keys.ts'
import { join, merge } from './merge.ts'
import { died, register } from './register.ts'

type Decided = PatientEvent | On<PatientEvent>

export const decide = (patient: Patient, command: PatientCommand, context: Context<Patient>) =>
  match([patient, command])
    .returnType<Decided[]>()
    .with([{ status: P.union('none', 'person') }, { type: 'register' }], ([known, said]) =>
      register(known, said, context),
    )
    .with([{ status: P.union('none', 'person') }, { type: 'merge' }], ([known, merging]) =>
      merge(known, merging, context),
    )
    .with([{ status: 'person' }, { type: 'record-death' }], ([known, { at }]) => {
      return died(known.died, at ?? 'unknown', context)
    })
    .with([{ status: 'person' }, { type: 'revoke-death' }], ([known]) =>
      known.died === undefined ? [] : [{ type: 'patient.death-revoked' }],
    )
    .with([{ status: 'person' }, { type: 'record-consent' }], ([known, { purpose, allowed }]) =>
      stands(known.consents, purpose, allowed)
        ? []
        : [{ type: 'patient.consent-recorded', purpose, allowed, at: context.now }],
    )
    .with([{ status: 'person' }, { type: 'prefer' }], ([known, { channel, muted }]) => {
      const said = { ...(channel !== undefined && { channel }), ...(muted && { muted }) }
      const isNews = Object.entries(said).some(
        ([name, value]) => canonical(value) !== canonical(known[name as keyof typeof said] ?? null),
      )
      return isNews ? [{ type: 'patient.preferences-changed', ...said }] : []
    })
    .with([{ status: 'person' }, { type: 'propose-match' }], ([known, { other }]) => {
      if (other === context.id) return refuse('patient.same-person')
      if (context.own(other).status !== 'person')
        return refuse('patient.unknown', { patient: other })
      return known.matches.includes(other) ? [] : [{ type: 'patient.match-proposed', other }]
    })
    .with([{ status: 'person' }, { type: 'reject-match' }], ([known, { other }]) =>
      known.matches.includes(other) ? [{ type: 'patient.match-rejected', other }] : [],
    )
    .with([{ status: 'person' }, { type: 'confirm-match' }], ([known, { other }]) => {
      if (!known.matches.includes(other)) return refuse('patient.no-such-match', { other })
      return join(known, survivorOf(other, context.own), context)
    })
    .with([{ status: 'person' }, { type: 'erase' }], ([known, { reason }]) => {
      const erased = { type: 'patient.erased', at: context.now, reason } as const
      const numbers = known.identifiers.map(({ record }) => on(record, numberReleased))
      return [...numbers, ...known.merged.map((other) => on(other, erased)), erased]
    })
    .with([{ status: 'erased' }, { type: 'erase' }], () => [])
    .with([{ status: 'erased' }, P.any], () => refuse('patient.erased', { patient: context.id }))
    .with([{ status: P.union('none', 'merged', 'number', 'released') }, P.any], () =>
      refuse('patient.unknown', { patient: context.id }),
    )
    .exhaustive()

const numberReleased: PatientEvent = { type: 'patient.number-released' }
