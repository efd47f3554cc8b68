import { isoWeek, nextMonday } from '../calendar/day.ts'
import { type Instant, type Millis, readInstant, writeInstant } from '../calendar/instant.ts'
import { zoneOf } from '../calendar/zone.ts'
import { type DrawCandidate, outsideFrames } from '../follow-up/candidates.ts'
import { type Draw, draw } from '../follow-up/draw.ts'
import type { FollowUpFact } from '../follow-up/fact.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'

/** The weeks in which anybody was said to be discharged, and when each ends. */
type Frames = ReadonlyMap<string, Millis>

/**
 * The draws that a hospital would have recorded by `until`: each week decided when it ends, from
 * what was known then, and extended as discharges of it arrive late or become eligible again.
 */
export const decideDraws = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  until: Millis,
): readonly Draw[] => {
  const tiers = sampledTiers(programme)
  const draws = new Map<string, Draw>()
  if (tiers.length === 0) return []
  const frames = framesOf(programme, facts)
  for (const moment of occasions(programme, facts, frames, until)) {
    const now = writeInstant(moment)
    const viewpoint = { asOf: now, knownAt: now }
    const candidates = outsideFrames(programme, facts, [...draws.values()], viewpoint)
    for (const [frame, ends] of frames) {
      if (ends > moment) continue
      for (const tier of tiers) {
        const eligible = candidates.filter((one) => one.tier === tier && one.frame === frame)
        const earlier = draws.get(`${tier}/${frame}`)
        if (earlier && eligible.length === 0) continue
        draws.set(`${tier}/${frame}`, decide(programme, tier, frame, eligible, now, earlier))
      }
    }
  }
  return [...draws.values()]
}

const sampledTiers = ({ plans }: FollowUpProgramme): readonly number[] => {
  const tiers = Object.values(plans).flatMap((plan) => plan.tiers)
  return [...new Set(tiers.filter(({ sampling }) => sampling).map(({ tier }) => tier))]
}

const framesOf = (programme: FollowUpProgramme, facts: readonly FollowUpFact[]): Frames => {
  const zone = zoneOf(programme.zone)
  const frames = new Map<string, Millis>()
  for (const fact of facts) {
    if (fact.type !== 'discharge' && fact.type !== 'discharge-corrected') continue
    const day = zone.dayOf(readInstant(fact.effective))
    frames.set(isoWeek(day), zone.startOf(nextMonday(day)))
  }
  return frames
}

/** What may bring somebody into a week that is over, besides a discharge told late. */
const reviving: ReadonlySet<FollowUpFact['type']> = new Set([
  'discharge-corrected',
  'discharge-cancelled',
  'admission-cancelled',
  'consent',
  'death-revoked',
  'patient-merged',
  'plan-published',
])

/** When a week ends, and when somebody may come into one that is over. */
const occasions = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  frames: Frames,
  until: Millis,
): readonly Millis[] => {
  const zone = zoneOf(programme.zone)
  const moments = new Set(frames.values())
  const first = Math.min(...moments)
  for (const fact of facts) {
    const at = readInstant(fact.at)
    const effective = 'effective' in fact ? readInstant(fact.effective) : at
    const isLate =
      fact.type === 'discharge'
        ? at >= zone.startOf(nextMonday(zone.dayOf(effective)))
        : reviving.has(fact.type) && Math.max(at, effective) >= first
    if (isLate) moments.add(Math.max(at, effective))
  }
  return [...moments].filter((moment) => moment <= until).sort((a, b) => a - b)
}

const decide = (
  { plan, plans }: FollowUpProgramme,
  tier: number,
  frame: string,
  eligible: readonly DrawCandidate[],
  decidedAt: Instant,
  earlier: Draw | undefined,
): Draw => {
  const [newest] = eligible.toSorted((a, b) => b.planVersion - a.planVersion)
  return draw({
    plan: plans[plan]?.id ?? plan,
    tier,
    frame,
    rate: newest?.rate ?? 0,
    eligible: eligible.map(({ visit, generation, forced }) => ({ visit, generation, forced })),
    decidedAt,
    earlier,
  })
}
