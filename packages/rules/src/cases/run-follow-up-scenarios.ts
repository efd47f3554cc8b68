import { type Millis, readInstant } from '../calendar/instant.ts'
import type { Draw } from '../follow-up/draw.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'
import { projectFollowUps } from '../follow-up/project.ts'
import { simulateFollowUps } from '../follow-up/simulate.ts'
import type { FollowUpTask } from '../follow-up/task.ts'
import { decideDraws } from './decide-draws.ts'
import { type CaseResult, type Difference, differences } from './difference.ts'
import type { FollowUpCase, FollowUpExpectation, FollowUpScenarios } from './follow-up-scenarios.ts'

/**
 * Runs every case of a parsed file, deciding the draws each would have recorded. What is known is
 * what became known by the instant of an expectation. Refuses a zone the runtime does not know.
 */
export const runFollowUpScenarios = (file: FollowUpScenarios): readonly CaseResult[] =>
  file.scenarios.flatMap(({ id: scenario, cases }) =>
    cases.map((one) => ({ scenario, id: one.id, differences: runCase(file, one) })),
  )

const runCase = (file: FollowUpScenarios, one: FollowUpCase): readonly Difference[] => {
  const { plans, calendars } = file
  const programme = { zone: one.zone, plan: one.plan, plans, calendars, calendar: one.calendar }
  const { given, expect, simulate } = one
  if (expect.length === 0 && !simulate) {
    return [{ where: 'case', expected: 'an expectation or a simulation', actual: null }]
  }
  const instants = [...expect.map(({ asOf }) => asOf), ...(simulate ? [simulate.to] : [])]
  const draws = decideDraws(programme, given, Math.max(...instants.map(readInstant)))
  return [
    ...expect.flatMap((wanted) => expected(programme, given, draws, wanted)),
    ...simulated(programme, one, draws),
  ]
}

const expected = (
  programme: FollowUpProgramme,
  given: FollowUpCase['given'],
  draws: readonly Draw[],
  wanted: FollowUpExpectation,
): Difference[] => {
  const { asOf, tasks, kpi = [], appraisal = [], sampling, ...figures } = wanted
  const answer = projectFollowUps(programme, given, draws, { asOf, knownAt: asOf })
  const at = `asOf ${asOf}`
  return [
    ...tasks.flatMap((task) => sameTask(at, task, answer.tasks)),
    ...differences(at, figures, { ...answer }),
    ...[kpi].flat().flatMap((row) => {
      const found = answer.kpi.find(({ tier }) => tier === row.tier)
      return differences(`${at} kpi of tier ${row.tier}`, row, { ...found })
    }),
    ...[appraisal].flat().flatMap((row) => {
      const found = answer.appraisal.find(({ staff }) => staff === row.staff)
      return differences(`${at} appraisal of ${row.staff}`, row, { ...found })
    }),
    ...(sampling
      ? differences(`${at} sampling`, sampling, frameAt(draws, sampling.seed, readInstant(asOf)))
      : []),
  ]
}

const sameTask = (
  at: string,
  wanted: FollowUpExpectation['tasks'][number],
  tasks: readonly FollowUpTask[],
): Difference[] => {
  const { visit, tier, generation } = wanted
  const task = tasks.findLast(
    (one) =>
      one.visit === visit &&
      one.tier === tier &&
      (generation === undefined || one.generation === generation),
  )
  const where = `${at} visit ${visit} tier ${tier}`
  return task ? differences(where, wanted, task) : [{ where, expected: 'a task', actual: null }]
}

const frameAt = (draws: readonly Draw[], seed: string, asOf: Millis) => {
  const drawn = draws.find((one) => one.seed === seed)
  const rounds = drawn?.rounds.filter(({ decidedAt }) => readInstant(decidedAt) <= asOf) ?? []
  if (rounds.length === 0) {
    return { seed, decided: false, frameSize: null, selectedCount: null, selected: null }
  }
  const visits = new Set(rounds.flatMap(({ added }) => added.map(({ visit }) => visit)))
  const selected = rounds.flatMap((round) => round.selected).sort()
  return {
    seed,
    decided: true,
    frameSize: visits.size,
    selectedCount: selected.length,
    selected,
  }
}

const simulated = (
  programme: FollowUpProgramme,
  { given, simulate }: FollowUpCase,
  draws: readonly Draw[],
): Difference[] => {
  if (!simulate) return []
  const { transitions, sideEffects } = simulate
  const answer = simulateFollowUps(programme, given, draws, simulate)
  const written = answer.map(({ at, tier, state }) => `${at} ${tier} ${state}`)
  const wanted = transitions.map(
    ([at, tier, state]) => `${new Date(readInstant(at)).toISOString()} ${tier} ${state}`,
  )
  const places = Array.from(
    { length: Math.max(written.length, wanted.length) },
    (_, place) => place,
  )
  return [
    ...differences('simulate', { sideEffects }, { sideEffects: 0 }),
    ...places
      .filter((place) => written[place] !== wanted[place])
      .map((place) => ({
        where: `simulate transition ${place + 1}`,
        expected: wanted[place] ?? null,
        actual: written[place] ?? null,
      })),
  ]
}
