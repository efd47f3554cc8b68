import { describe, expect, it } from 'vitest'
import { RulePack } from '../../pack/rule-pack.ts'
import { questionnaireOf } from '../../survey/survey-rules.ts'
import { xuzhouPack } from './pack.ts'

describe('the Xuzhou pack', () => {
  it('is a whole pack, with nothing left to fill in', () => {
    expect(RulePack.parse(xuzhouPack)).toEqual(xuzhouPack)
  })

  it('has the questionnaire that its calls for satisfaction name', () => {
    const plans = Object.values(xuzhouPack.followUp.plans)
    const named = plans.flatMap(({ tiers }) =>
      tiers.flatMap(({ questionnaire = [] }) => questionnaire),
    )
    expect(named).toEqual(['discharge-satisfaction'])
    for (const each of named) expect(questionnaireOf(xuzhouPack.surveys, each)).toBeDefined()
  })

  it('lets somebody see whatever it makes somebody do or tells somebody of', () => {
    const roles = new Set(xuzhouPack.access.map(({ role }) => role))
    const { surveys, feedback, escalation, spotChecks } = xuzhouPack
    const flagged = surveys?.questionnaires.flatMap(({ redFlags }) => redFlags) ?? []
    const levels = Object.values(feedback?.severities ?? {}).flatMap((each) => each.escalation)
    const told = [...escalation, ...levels].map(({ to }) => to).filter((to) => to !== 'owner')
    const named = [...told, ...[...flagged, ...spotChecks].map(({ role }) => role)]
    expect(named.filter((role) => !roles.has(role))).toEqual([])
  })
})
