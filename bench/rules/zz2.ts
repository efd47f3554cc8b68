import { measure } from '/work/main/bench/measure.ts'
import { callPriority, callPriorityByHand } from './call-priority.ts'
import { carePlan, carePlanByHand } from './care-plan.ts'
import { dischargeFacts, dischargesOf } from './discharges.ts'
import { emitted } from './emitted.ts'
import {
  monthlyCommission,
  monthlyCommissionByHand,
  revenueFacts,
  revenuesOf,
} from './monthly-commission.ts'
import { compileRules, emitRules } from './ours.ts'
import { checkUpFacts, checkUpsOf, priceList } from './price-list.ts'

const N = Number(process.env.N ?? 5000)
const d = dischargesOf(N),
  r = revenuesOf(N)
const allOf = (decide: any, inputs: any) => () => {
  let s = 0
  for (const i of inputs) s += decide(i).outcome ?? 0
  return s
}
compileRules(priceList, { facts: checkUpFacts })
{
  const f = compileRules<any, number>(priceList, { facts: checkUpFacts })
  for (const c of checkUpsOf(20000)) f.decide(c)
}
const which = process.argv[2] ?? 'ldt'
const sides: any[] = []
if (which.includes('l'))
  sides.push([
    'list',
    compileRules<any, number>(callPriority, { facts: dischargeFacts }).decide,
    callPriorityByHand,
    d,
  ])
if (which.includes('d'))
  sides.push([
    'table',
    compileRules<any, number>(carePlan, { facts: dischargeFacts }).decide,
    carePlanByHand,
    d,
  ])
if (which.includes('t'))
  sides.push([
    'tiers',
    compileRules<any, number>(monthlyCommission, { facts: revenueFacts }).decide,
    monthlyCommissionByHand,
    r,
  ])
if (which.includes('e')) {
  sides.push(
    ['list emitted', await emitted(callPriority, dischargeFacts), callPriorityByHand, d],
    ['table emitted', await emitted(carePlan, dischargeFacts), carePlanByHand, d],
    ['tiers emitted', await emitted(monthlyCommission, revenueFacts), monthlyCommissionByHand, r],
  )
}
for (const [name, a, b, inputs] of sides) {
  const m = await measure(
    {
      name,
      yardstick: '',
      tells: 'speed',
      count: N,
      unit: '',
      time: 'processor',
      check: () => {
        for (const i of inputs) {
          if (a(i).outcome !== b(i).outcome || a(i).ruleId !== b(i).ruleId)
            throw new Error(JSON.stringify([i, a(i), b(i)]))
        }
      },
      ours: allOf(a, inputs),
      theirs: allOf(b, inputs),
    } as any,
    true,
    () => {},
  )
  console.log(
    name,
    m.ratio.median.toFixed(3),
    (1e9 / m.ours).toFixed(1) + 'ns',
    (1e9 / m.theirs).toFixed(1) + 'ns',
  )
}
