import { flow, type Raised, raise } from '../kernel/flow.ts'
import type { Tick } from '../kernel/tick.ts'
import type { Found } from '../ports/store.ts'
import { drawId, drawRecord, roundOf } from '../slices/draws/index.ts'
import type { DrawEvent } from '../slices/draws/schema.ts'
import { followUp } from '../slices/follow-ups/index.ts'
import type { Candidate, Followed, FollowUpEvent } from '../slices/follow-ups/schema.ts'
import { spotCheck, spotCheckId } from '../slices/spot-checks/index.ts'
import type { SpotCheckEvent } from '../slices/spot-checks/schema.ts'

type Told<Event extends { type: string }, Type extends Event['type']> = Extract<
  Event,
  { type: Type }
>

interface Frame {
  readonly plan: string
  readonly tier: number
  readonly frame: string
}

/** The follow-ups that wait for a draw. */
const waitingFor = ({ plan, tier, frame }: Frame) => ({
  kind: followUp.name,
  index: 'frame',
  equals: [[plan], [`${tier}`], [frame]],
})

/** A record is found once for each of its visits that waits; it is one all the same. */
const candidatesIn = (found: readonly Found[], { plan, tier, frame }: Frame): Candidate[] =>
  [...new Map(found.map((item) => [item.key.id, item])).values()]
    .flatMap(({ state }) => (state as unknown as Followed).candidates)
    .filter((each) => each.plan === plan && each.tier === tier && each.frame === frame)

/** Whoever waits for a draw makes it due at the end of its week, or at once when it was before. */
export const candidateAwaitsDraw = flow<Told<FollowUpEvent, 'follow-up.awaits-draw'>>(
  'candidate-awaits-draw',
  'follow-up.awaits-draw',
  ({ event: { candidates } }) =>
    candidates.map(({ forced: _, work: __, ...candidate }) =>
      raise(drawRecord, drawId(candidate), { type: 'await', ...candidate }),
    ),
)

/** Decides every draw whose week is over, on all who wait for it then. */
export const drawsDecide: Tick = {
  name: 'draws',
  kind: drawRecord.name,
  index: 'due',
  equals: [],
  look: ({ state }) => waitingFor(frameOf(state)),
  raise: ({ state }, found, secret) => {
    const frame = frameOf(state)
    const eligible = candidatesIn(found, frame).map(({ visit, generation, forced, work }) => {
      return { visit, generation, forced, ...(work && { work }) }
    })
    return raise(drawRecord, drawId(frame), { type: 'decide', ...frame, eligible, secret })
  },
}

const frameOf = (state: Found['state']): Frame => {
  const { plan, tier, frame } = ('draw' in Object(state)
    ? (state as unknown as { draw: Frame }).draw
    : state) as unknown as Frame
  return { plan, tier, frame }
}

/** Each visit that came into a draw, or was selected by it, is told; work that was selected is to be checked. */
export const drawReachesFollowUps = flow<Told<DrawEvent, 'draw.decided'>>(
  'draw-reaches-follow-ups',
  'draw.decided',
  ({ event: { plan, tier, frame, seed, round, checks } }) => {
    const visits = new Set([...round.added.map(({ visit }) => visit), ...round.selected])
    return [
      ...[...visits].map((visit) => {
        const rounds = [roundOf(round, visit)]
        const draw = { plan, tier, frame, seed, rounds }
        return raise(followUp, visit, { type: 'take-draw', visit, draw })
      }),
      ...checks.map((work): Raised => {
        const of = { ...work, tier, frame }
        return raise(spotCheck, spotCheckId(of), { type: 'ask', ...of })
      }),
    ]
  },
)

export const drawIsRepeated = flow<Told<DrawEvent, 'draw.repeated'>>(
  'draw-is-repeated',
  'draw.repeated',
  ({ event: { visit, draw } }) => [raise(followUp, visit, { type: 'take-draw', visit, draw })],
)

/** What a check found is a fact of the patient's follow-ups. */
export const spotCheckIsJudged = flow<Told<SpotCheckEvent, 'spot-check.recorded'>>(
  'spot-check-is-judged',
  'spot-check.recorded',
  ({ at, event: { patient, visit, tier, auditor, finding } }) => [
    raise(followUp, patient, {
      type: 'note',
      patient,
      facts: [{ type: 'spot-check', at, visit, tier, auditor, finding }],
    }),
  ],
)
