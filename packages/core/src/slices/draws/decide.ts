import { type DrawRound, draw } from '@hospital-crm/rules'
import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import type { DrawCommand, DrawEvent, DrawRecord } from './schema.ts'

type Drawn = Extract<DrawRecord, { status: 'drawn' }>
type Said<Type extends DrawCommand['type']> = Extract<DrawCommand, { type: Type }>

/** A round as far as it concerns a visit. */
export const roundOf = (round: DrawRound, visit: string): DrawRound => ({
  ...round,
  added: round.added.filter((member) => member.visit === visit),
  selected: round.selected.filter((selected) => selected === visit),
})

export const decide = (record: DrawRecord, command: DrawCommand, context: Context<DrawRecord>) =>
  match([record, command])
    .returnType<DrawEvent[]>()
    .with([{ status: 'none' }, { type: 'await' }], ([, said]) => awaited(said))
    .with([{ status: 'awaited' }, { type: 'await' }], ([{ rate }, said]) =>
      rate === said.rate ? [] : awaited(said),
    )
    .with([{ status: 'drawn' }, { type: 'await' }], ([known, said]) =>
      cameLate(known, said, context),
    )
    .with([{ status: P.union('awaited', 'drawn') }, { type: 'decide' }], ([known, said]) =>
      decided(known, said, context),
    )
    .with([{ status: 'none' }, { type: 'decide' }], () => refuse('draw.unknown'))
    .exhaustive()

const awaited = ({ plan, tier, frame, rate, frameEnds }: Said<'await'>): DrawEvent[] => [
  { type: 'draw.awaited', plan, tier, frame, rate, due: frameEnds },
]

const cameLate = (
  { draw: known, rate, due }: Drawn,
  said: Said<'await'>,
  { now }: Context<DrawRecord>,
): DrawEvent[] => {
  const isIn = known.rounds.some(({ added }) =>
    added.some(({ visit, generation }) => visit === said.visit && generation === said.generation),
  )
  if (isIn) {
    const rounds = known.rounds.map((round) => roundOf(round, said.visit))
    return [{ type: 'draw.repeated', visit: said.visit, draw: { ...known, rounds } }]
  }
  if (due !== undefined && rate === said.rate) return []
  return [{ type: 'draw.reopened', rate: said.rate, due: due ?? now }]
}

const decided = (
  known: Exclude<DrawRecord, { status: 'none' }>,
  { plan, tier, frame, eligible, secret }: Said<'decide'>,
  { now, policy }: Context<DrawRecord>,
): DrawEvent[] => {
  if (known.due === undefined || now < known.due) return []
  const members = eligible.map(({ work: _, ...member }) => member)
  const { seed, rounds } = draw({
    ...{ plan, tier, frame, eligible: members, rate: known.rate, decidedAt: now },
    ...(policy.secretDraws && { secret }),
    ...(known.status === 'drawn' && { earlier: known.draw }),
  })
  const round = rounds.at(-1)
  if (!round) return []
  const added = new Set(round.added.map(({ visit }) => visit))
  const work = Object.fromEntries(
    eligible.flatMap((each) =>
      each.work && added.has(each.visit) ? [[each.visit, each.work]] : [],
    ),
  )
  const all = { ...(known.status === 'drawn' && known.work), ...work }
  const inFrame = rounds.flatMap((each) => each.added)
  const checks = round.selected.flatMap((visit) => {
    const { generation = 1 } = inFrame.findLast((member) => member.visit === visit) ?? {}
    const of = all[visit]
    return of ? [{ ...of, visit, generation }] : []
  })
  return [{ type: 'draw.decided', plan, tier, frame, seed, round, work, checks }]
}
