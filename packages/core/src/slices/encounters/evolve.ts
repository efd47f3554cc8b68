import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Encounter, EncounterEvent } from './schema.ts'

type Known = Exclude<Encounter, { status: 'none' }>
type Later = Exclude<EncounterEvent, { type: 'encounter.opened' }>

export const evolve = (encounter: Encounter, event: EncounterEvent): Encounter =>
  event.type === 'encounter.opened'
    ? { status: 'in-progress', ...withoutType(event), undone: [] }
    : produce(encounter, (draft) => {
        if (draft.status !== 'none') change(draft, event)
      })

const withoutType = <Event extends { type: string }>({ type: _, ...rest }: Event) => rest

const stateDischarge = (known: Known, statedAt: string | undefined) => {
  if (statedAt === undefined) return
  known.dischargeStatedAt = statedAt
  if (known.statedAt === undefined || known.statedAt < statedAt) known.statedAt = statedAt
}

const change = (known: Known, event: Later): void =>
  match(event)
    .with({ type: 'encounter.details-changed' }, (changed) => {
      Object.assign(known, withoutType(changed))
    })
    .with({ type: 'encounter.admitted' }, ({ at, class: admittedAs }) => {
      known.status = known.dischargedAt === undefined ? 'in-progress' : 'discharged'
      known.admittedAt = at
      known.class = admittedAs
      delete known.cancelledAt
    })
    .with({ type: 'encounter.transferred' }, ({ type: _, at: __, ...facts }) => {
      Object.assign(known, facts)
    })
    .with({ type: 'encounter.admission-cancelled' }, ({ at }) => {
      known.status = 'cancelled'
      known.cancelledAt = at
    })
    .with({ type: 'encounter.discharged' }, ({ at, type: _, statedAt, ...facts }) => {
      Object.assign(known, facts, { status: 'discharged', dischargedAt: at })
      delete known.cancelledAt
      stateDischarge(known, statedAt)
    })
    .with({ type: 'encounter.discharge-corrected' }, (corrected) => {
      const { type: _, before: __, at, statedAt, ...facts } = corrected
      Object.assign(known, facts, { dischargedAt: at })
      stateDischarge(known, statedAt)
    })
    .with({ type: 'encounter.discharge-cancelled' }, ({ at, undone, statedAt }) => {
      known.status = 'in-progress'
      stateDischarge(known, statedAt)
      delete known.dischargedAt
      delete known.disposition
      if (undone === undefined) known.cancelledAhead = at
      else {
        known.undone.push(undone)
        delete known.cancelledAhead
      }
    })
    .exhaustive()
