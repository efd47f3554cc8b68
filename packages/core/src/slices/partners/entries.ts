import type { Entry } from '../../ports/store.ts'
import type { Partner } from './schema.ts'

/** By what a partner is found: those that have not ended by channel, owner and kind, all by their contacts. */
export const entries = (state: Partner, id: string): Entry[] => {
  if (state.status === 'none') return []
  if (state.status === 'target') {
    return [{ index: 'target', equals: [`${state.year}`], order: state.channel }]
  }
  const { channel, owner, kind, since, endedOn, contacts, agreements, visits } = state
  const personal = Object.values(contacts).flatMap(({ name, phones = [], identifier }) => [
    ...(name ? [name] : []),
    ...(identifier ? [identifier] : []),
    ...phones,
  ])
  const words = new Set(personal.flatMap((value) => value.words ?? []))
  const isLive = endedOn === undefined
  const waits = agreements.some(({ standing }) => standing === 'awaiting-release')
  const live = [
    { index: 'channel', equals: [channel], order: since },
    { index: 'owner', equals: [owner], order: since },
    { index: 'kind', equals: [kind], order: since },
  ]
  return [
    ...(isLive ? live : []),
    ...(isLive && waits ? [{ index: 'awaits-release', equals: [], order: since }] : []),
    ...[...words].map((word) => ({ index: 'word', equals: [word], order: id })),
    ...visits.map(({ rep, on }) => ({ index: 'visited', equals: [rep], order: on })),
  ]
}
