import type { Discharge } from './discharges.ts'
import type { Condition, Decision, ListSet } from './ours.ts'

const is = (fact: keyof Discharge, value: string | number | boolean): Condition => ({
  fact,
  op: 'eq',
  value,
})
const from = (fact: keyof Discharge, value: number): Condition => ({ fact, op: 'ge', value })
const below = (fact: keyof Discharge, value: number): Condition => ({ fact, op: 'lt', value })

/** How soon a discharged patient is called: twenty rules of one to three conditions, the first decides. */
const rules: readonly [id: string, outcome: number, ...all: Condition[]][] = [
  ['died', 0, is('disposition', 'died')],
  ['against-advice', 1, is('disposition', 'against-advice')],
  ['highest-risk', 1, from('risk', 85)],
  ['icu-elderly', 1, is('ward', 'icu'), from('age', 65)],
  ['icu', 2, is('ward', 'icu')],
  ['frail-alone', 2, from('age', 80), is('livesAlone', true)],
  ['surgery-at-risk', 2, is('hadSurgery', true), from('risk', 60)],
  ['many-admissions', 2, from('admissions', 3), from('age', 60)],
  ['cancer', 3, is('ward', 'oncology'), { any: [from('risk', 40), from('age', 70)] }],
  ['heart', 3, is('ward', 'cardiology'), from('risk', 50), from('age', 50)],
  ['stroke', 3, is('ward', 'neurology'), from('risk', 50), is('livesAlone', true)],
  ['far-and-alone', 3, from('distanceKm', 150), is('livesAlone', true)],
  ['young-mother', 3, is('ward', 'maternity'), below('age', 20)],
  ['far-child', 3, is('ward', 'paediatrics'), { not: below('distanceKm', 100) }],
  ['operated-elderly', 4, is('hadSurgery', true), from('age', 75)],
  ['bones', 4, is('ward', 'orthopaedics'), from('age', 70), is('livesAlone', true)],
  ['transferred', 4, is('disposition', 'transferred')],
  ['raised-risk', 4, { fact: 'risk', op: 'between', value: [55, 84] }],
  ['far', 5, from('distanceKm', 220)],
  ['operated', 5, is('hadSurgery', true), from('risk', 20)],
]

export const callPriority: ListSet<number> = {
  kind: 'list',
  id: 'call-priority',
  version: '1',
  validFrom: '2026-01-01',
  hit: 'first',
  rules: rules.map(([id, outcome, ...all]) => ({
    id,
    when: all.length === 1 && all[0] ? all[0] : { all },
    outcome,
  })),
  otherwise: 6,
}

type Answer = Pick<Decision<number>, 'outcome' | 'ruleId'>

const answer = (place: number): Answer => {
  const [ruleId, outcome] = rules[place] ?? [null, 6]
  return { outcome, ruleId }
}

const died = answer(0)
const againstAdvice = answer(1)
const highestRisk = answer(2)
const icuElderly = answer(3)
const icu = answer(4)
const frailAlone = answer(5)
const surgeryAtRisk = answer(6)
const manyAdmissions = answer(7)
const cancer = answer(8)
const heart = answer(9)
const stroke = answer(10)
const farAndAlone = answer(11)
const youngMother = answer(12)
const farChild = answer(13)
const operatedElderly = answer(14)
const bones = answer(15)
const transferred = answer(16)
const raisedRisk = answer(17)
const far = answer(18)
const operated = answer(19)
const ordinary = answer(rules.length)

/** The same rules as one writes them down. */
export const callPriorityByHand = (one: Discharge): Answer => {
  if (one.disposition === 'died') return died
  if (one.disposition === 'against-advice') return againstAdvice
  if (one.risk >= 85) return highestRisk
  if (one.ward === 'icu' && one.age >= 65) return icuElderly
  if (one.ward === 'icu') return icu
  if (one.age >= 80 && one.livesAlone) return frailAlone
  if (one.hadSurgery && one.risk >= 60) return surgeryAtRisk
  if (one.admissions >= 3 && one.age >= 60) return manyAdmissions
  if (one.ward === 'oncology' && (one.risk >= 40 || one.age >= 70)) return cancer
  if (one.ward === 'cardiology' && one.risk >= 50 && one.age >= 50) return heart
  if (one.ward === 'neurology' && one.risk >= 50 && one.livesAlone) return stroke
  if (one.distanceKm >= 150 && one.livesAlone) return farAndAlone
  if (one.ward === 'maternity' && one.age < 20) return youngMother
  if (one.ward === 'paediatrics' && !(one.distanceKm < 100)) return farChild
  if (one.hadSurgery && one.age >= 75) return operatedElderly
  if (one.ward === 'orthopaedics' && one.age >= 70 && one.livesAlone) return bones
  if (one.disposition === 'transferred') return transferred
  if (one.risk >= 55 && one.risk <= 84) return raisedRisk
  if (one.distanceKm >= 220) return far
  if (one.hadSurgery && one.risk >= 20) return operated
  return ordinary
}
