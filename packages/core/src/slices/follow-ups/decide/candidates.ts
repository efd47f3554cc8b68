import {
  type Draw,
  drawCandidates,
  type FollowUpFact,
  type FollowUpTask,
  isoWeek,
  nextMonday,
  type Policy,
  writeInstant,
  zoneOf,
} from '@hospital-crm/rules'
import type { Candidate } from '../schema.ts'

/** The plan by which draws of work to be checked go. */
const spotCheckPlan = 'spot-check'

type Place = Pick<Candidate, 'plan' | 'tier' | 'visit' | 'generation'>

const roundsOf = (draws: readonly Draw[], { plan, tier }: Pick<Place, 'plan' | 'tier'>) =>
  draws.flatMap((draw) => (draw.plan === plan && draw.tier === tier ? draw.rounds : []))

/** Whether one of the draws has taken a discharge into its frame. */
const isDrawn = (draws: readonly Draw[], { visit, generation, ...place }: Place): boolean =>
  roundsOf(draws, place).some(({ added }) =>
    added.some((member) => member.visit === visit && member.generation === generation),
  )

/** What a draw says that the draws so far do not: a flow that runs twice brings it twice. */
export const newsOf = (draws: readonly Draw[], draw: Draw): Draw => {
  const chosen = new Set(roundsOf(draws, draw).flatMap(({ selected }) => selected))
  const rounds = draw.rounds.filter(
    ({ added, selected }) =>
      added.some((member) => !isDrawn(draws, { ...draw, ...member })) ||
      selected.some((visit) => !chosen.has(visit)),
  )
  return { ...draw, rounds }
}

/** The draws with a further one; rounds of one frame stand together, as each goes on where the last one ended. */
export const withDraw = (draws: readonly Draw[], draw: Draw): Draw[] => {
  const isSame = ({ plan, tier, frame }: Draw) =>
    plan === draw.plan && tier === draw.tier && frame === draw.frame
  const rounds = [...draws.filter(isSame), draw].flatMap((each) => each.rounds)
  return [...draws.filter((each) => !isSame(each)), { ...draw, rounds }]
}

/** Work that is done and may be checked, in the week in which it was done. */
const checkable = (
  tasks: readonly FollowUpTask[],
  draws: readonly Draw[],
  { spotChecks: rules, zone }: Policy,
): Candidate[] =>
  tasks.flatMap(
    ({ visit, generation, tier, patient, state, completedAt, performedBy, owner, flags }) => {
      // Nobody is asked today whether they were called years ago.
      if (flags.includes('imported')) return []
      const rule = rules.find((each) => each.tier === tier)
      if (!rule || rule.rate === 0 || state !== 'completed' || completedAt === null) return []
      const local = zoneOf(zone)
      const day = local.dayOf(Date.parse(completedAt))
      const performer = performedBy ?? owner
      const candidate: Candidate = {
        plan: spotCheckPlan,
        ...{ tier, visit, generation, rate: rule.rate, forced: false },
        frame: isoWeek(day),
        frameEnds: writeInstant(local.startOf(nextMonday(day))),
        work: { patient, role: rule.role, ...(performer !== null && { performer }) },
      }
      return isDrawn(draws, candidate) ? [] : [candidate]
    },
  )

/** What waits for a draw as of an instant: discharges of sampled tiers, and work that may be checked. */
export const candidatesAt = (
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  tasks: readonly FollowUpTask[],
  policy: Policy,
  asOf: string,
): Candidate[] => {
  const sampled = policy.lines.flatMap(({ programme, publications }) => {
    const known = [...publications, ...facts]
    return drawCandidates(programme, known, draws, { asOf, knownAt: asOf })
  })
  return [
    ...sampled.map(({ planVersion: _, ...candidate }) => candidate),
    ...checkable(tasks, draws, policy),
  ]
}

/** Whether two lists ask for the same draws. */
export const sameCandidates = (a: readonly Candidate[], b: readonly Candidate[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b)
