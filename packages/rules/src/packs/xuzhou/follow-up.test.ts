import { describe, expect, it } from 'vitest'
import { FollowUpPlan, planRef } from '../../follow-up/plan.ts'
import { projectFollowUps } from '../../follow-up/project.ts'
import { xuzhouFollowUp } from './follow-up.ts'

const at = '2026-01-31T10:00:00+08:00'
const discharge = {
  type: 'discharge' as const,
  at,
  effective: at,
  patient: 'P1',
  visit: 'V1',
  disposition: '1',
  message: 'A03',
  attending: 'DR-LI',
}
const programme = {
  zone: 'Asia/Shanghai',
  plan: planRef(xuzhouFollowUp),
  plans: { [planRef(xuzhouFollowUp)]: xuzhouFollowUp },
}
const tasksOf = (disposition: string) =>
  projectFollowUps(programme, [{ ...discharge, disposition }], [], { asOf: at, knownAt: at }).tasks

describe('the Xuzhou plan', () => {
  it('is a plan that nothing speaks against', () => {
    expect(FollowUpPlan.parse(xuzhouFollowUp)).toEqual(xuzhouFollowUp)
  })

  it('asks the attending within a week, the call centre in the second, outreach within a month', () => {
    expect(
      tasksOf('1').map(({ role, channel, state, opens, due, owner }) => [
        role,
        channel,
        state,
        opens,
        due,
        owner,
      ]),
    ).toEqual([
      ['attending', 'phone', 'open', '2026-01-31', '2026-02-07', 'DR-LI'],
      ['call-centre', 'phone', 'pending', '2026-02-08', '2026-02-14', null],
      ['outreach', 'home-visit', 'pending', '2026-02-15', '2026-02-28', null],
    ])
  })

  it('asks nothing after a death in hospital', () => {
    expect(tasksOf('5')).toEqual([])
  })
})
