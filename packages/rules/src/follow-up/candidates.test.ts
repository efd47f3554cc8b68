import { describe, expect, it } from 'vitest'
import { drawCandidates, outsideFrames } from './candidates.ts'
import { draw } from './draw.ts'
import type { FollowUpFact } from './fact.ts'
import { programme } from './laws.fixture.ts'
import { projectFollowUps } from './project.ts'

const at = '2026-03-03T10:00:00+08:00'
const asOf = '2026-03-09T00:00:00+08:00'
const viewpoint = { asOf, knownAt: asOf }

const facts = ['V1', 'V2', 'V3', 'V4'].map(
  (visit): FollowUpFact => ({
    type: 'discharge',
    at,
    effective: at,
    patient: `P-${visit}`,
    visit,
    disposition: '1',
    message: 'A03',
  }),
)
const death: FollowUpFact = { type: 'death', at, effective: at, patient: 'P-V2' }

describe('what may be drawn', () => {
  it('is every discharge of the week that nothing has ended, with the end of the week', () => {
    const candidates = drawCandidates(programme, [...facts, death], [], viewpoint)
    expect(candidates.map(({ visit }) => visit)).toEqual(['V1', 'V3', 'V4'])
    expect(candidates[0]).toEqual({
      plan: 'xuzhou-three-tier',
      planVersion: 1,
      tier: 3,
      frame: '2026-W10',
      rate: 0.5,
      frameEnds: '2026-03-08T16:00:00.000Z',
      visit: 'V1',
      generation: 1,
      forced: false,
    })
  })

  it.each([0, 1])('is nothing at a rate of %d, though everyone stands outside a frame', (rate) => {
    const plan = programme.plans['xuzhou-three-tier@1']
    const tiers = plan?.tiers.map((tier) =>
      tier.sampling ? { ...tier, sampling: { ...tier.sampling, rate } } : tier,
    )
    const plans = { 'xuzhou-three-tier@1': { ...plan, tiers } } as typeof programme.plans
    const asked = [{ ...programme, plans }, [...facts, death], [], viewpoint] as const
    expect(drawCandidates(...asked)).toEqual([])
    expect(outsideFrames(...asked).map(({ visit, rate }) => [visit, rate])).toEqual([
      ['V1', rate],
      ['V3', rate],
      ['V4', rate],
    ])
  })

  it('is nothing once it is drawn, and the tasks say who was selected', () => {
    const candidates = drawCandidates(programme, facts, [], viewpoint)
    const frame = { plan: 'xuzhou-three-tier', tier: 3, frame: '2026-W10', rate: 0.5 }
    const eligible = candidates.map(({ visit, generation, forced }) => ({
      visit,
      generation,
      forced,
    }))
    const drawn = draw({ ...frame, eligible, decidedAt: asOf })
    expect(drawCandidates(programme, facts, [drawn], viewpoint)).toEqual([])
    const { tasks } = projectFollowUps(programme, facts, [drawn], viewpoint)
    const third = tasks.filter((task) => task.tier === 3)
    // By sha256sum of 2026-W10|V1 and so on: V1, V4, V2, V3.
    expect(third.map(({ visit, selection }) => [visit, selection])).toEqual([
      ['V1', 'selected'],
      ['V2', null],
      ['V3', null],
      ['V4', 'selected'],
    ])
  })

  it('has a visit entered again in the same week in its frame already, as it was drawn', () => {
    const eligible = [{ visit: 'V1', generation: 1, forced: false }]
    const frame = { plan: 'xuzhou-three-tier', tier: 3, frame: '2026-W10', rate: 0.5 }
    const drawn = draw({ ...frame, eligible, decidedAt: asOf })
    const later = '2026-03-10T09:00:00+08:00'
    const cancelled: FollowUpFact = {
      type: 'discharge-cancelled',
      at: asOf,
      effective: asOf,
      visit: 'V1',
    }
    const again = facts.slice(0, 1).map((fact) => ({ ...fact, at: later, effective: asOf }))
    const entered = [...facts.slice(0, 1), cancelled, ...again].map((fact) =>
      fact.at === later ? { ...fact, effective: '2026-03-05T10:00:00+08:00' } : fact,
    ) as FollowUpFact[]
    const then = { asOf: later, knownAt: later }
    expect(drawCandidates(programme, entered, [drawn], then)).toEqual([])
    const { tasks } = projectFollowUps(programme, entered, [drawn], then)
    expect(tasks.at(-1)).toMatchObject({ generation: 2, tier: 3, selection: 'selected' })
  })
})
