import { castDraft, produce } from 'immer'
import { match } from 'ts-pattern'
import type { KnownPartner, Partner, PartnerEvent } from './schema.ts'

export const evolve = (partner: Partner, event: PartnerEvent): Partner => {
  if (event.type === 'partner.registered') {
    const { type: _, ...registered } = event
    return { status: 'partner', ...registered, contacts: {}, agreements: [], visits: [] }
  }
  if (event.type === 'partner.target-set') {
    const { type: _, ...target } = event
    return { status: 'target', ...target }
  }
  return produce(partner, (draft) => {
    if (draft.status === 'partner') change(draft, event)
  })
}

type Change = Exclude<PartnerEvent, { type: 'partner.registered' | 'partner.target-set' }>

const change = (partner: KnownPartner, event: Change): void =>
  match(event)
    .with({ type: 'partner.changed' }, ({ type: _, ...details }) => {
      Object.assign(partner, details)
    })
    .with({ type: 'partner.contact-named' }, ({ type: _, contact, ...said }) => {
      partner.contacts[contact] = { ...partner.contacts[contact], ...said }
    })
    .with({ type: 'partner.contact-dropped' }, ({ contact }) => {
      delete partner.contacts[contact]
    })
    .with({ type: 'partner.agreed' }, ({ type: _, ...agreed }) => {
      partner.agreements.push(castDraft(agreed))
    })
    .with({ type: 'partner.agreement-judged' }, ({ type: _, agreement, ...judged }) => {
      const known = partner.agreements.find((one) => one.agreement === agreement)
      if (!known) return
      Object.assign(known, judged)
      if (judged.standing !== 'awaiting-release') delete known.proposed
    })
    .with({ type: 'partner.release-proposed' }, ({ type: _, agreement, ...proposed }) => {
      const known = partner.agreements.find((one) => one.agreement === agreement)
      if (known) known.proposed = proposed
    })
    .with({ type: 'partner.agreement-ended' }, ({ agreement, on }) => {
      const known = partner.agreements.find((one) => one.agreement === agreement)
      if (known) known.endedOn = on
    })
    .with({ type: 'partner.visited' }, ({ type: _, ...visit }) => {
      partner.visits.push(visit)
    })
    .with({ type: 'partner.handed-over' }, ({ to }) => {
      partner.owner = to
    })
    .with({ type: 'partner.ended' }, ({ on }) => {
      partner.endedOn = on
    })
    .with({ type: 'partner.resumed' }, () => {
      delete partner.endedOn
    })
    .exhaustive()
