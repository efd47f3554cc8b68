import { callPriority } from './call-priority.ts'
import { carePlan, carePlanByHand } from './care-plan.ts'
import { dischargeFacts, dischargesOf } from './discharges.ts'
import { compileRules } from './ours.ts'
import { checkUpFacts, checkUpsOf, priceList } from './price-list.ts'

const people = dischargesOf(5000)
const cpu = () => {
  const u = process.cpuUsage()
  return (u.user + u.system) / 1000
}
const time = (name: string, f: (p: any) => any) => {
  const ts: number[] = []
  for (let r = 0; r < 60; r++) {
    const t = cpu()
    let s = 0
    for (let k = 0; k < 10; k++) for (let i = 0; i < people.length; i++) s += f(people[i])
    const d = cpu() - t
    ts.push(d)
  }
  ts.sort((a, b) => a - b)
  console.log(
    name,
    'min',
    ((ts[0]! * 1e6) / people.length / 10).toFixed(1) + 'ns',
    'med',
    ((ts[30]! * 1e6) / people.length / 10).toFixed(1),
  )
}
const multi = process.argv[2]
if (multi) {
  const f = compileRules<any, number>(priceList, { facts: checkUpFacts })
  for (const c of checkUpsOf(20000)) f.decide(c)
  const l = compileRules<any, number>(callPriority, { facts: dischargeFacts }).decide
  time('list', (p) => l(p).outcome)
}
const t = compileRules<any, number>(carePlan, { facts: dischargeFacts }).decide
time('nothing', (p) => 1)
time('table', (p) => t(p).outcome)
time('table no outcome', (p) => (t(p) === null ? 1 : 0))
time('hand', (p) => carePlanByHand(p).outcome)
