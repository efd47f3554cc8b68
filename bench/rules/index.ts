import { deepStrictEqual } from 'node:assert/strict'
import type { Bench, BenchTools } from '../measure.ts'
import { callPriority, callPriorityByHand } from './call-priority.ts'
import { carePlan, carePlanByHand } from './care-plan.ts'
import { type Discharge, dischargeFacts, dischargesOf } from './discharges.ts'
import { emitted } from './emitted.ts'
import {
  monthlyCommission,
  monthlyCommissionByHand,
  revenueFacts,
  revenuesOf,
} from './monthly-commission.ts'
import { byCel, byJsonLogic, byJsonRules, byZen, type Decides, type Rule } from './other-engines.ts'
import {
  compileRules,
  type Decision,
  type Facts,
  type ListSet,
  type RuleSet,
  rowsOf,
  type TableSet,
  type TierSet,
} from './ours.ts'
import { checkUpFacts, checkUpsOf, priceList } from './price-list.ts'

type Answer = Pick<Decision<number>, 'outcome' | 'ruleId'>
type Decide<Context> = (context: Context) => Answer

interface Work<Context> {
  readonly set: RuleSet<number>
  readonly facts: Facts<Context>
  readonly inputs: readonly Context[]
  readonly byHand: Decide<Context>
  /** Of what is written by hand: as data, and as an emitted module. */
  readonly goals: readonly [data: number, emitted: number]
}

/** One loop for all sides; it adds the outcomes up, so that none is thrown away. */
const allOf =
  <Context>(decide: Decide<Context>, inputs: readonly Context[]) =>
  () => {
    let sum = 0
    for (const input of inputs) sum += decide(input).outcome ?? 0
    return sum
  }

const answersOf = <Context>(decide: Decide<Context>, inputs: readonly Context[]) =>
  inputs.map((input) => {
    const { outcome, ruleId } = decide(input)
    return { outcome, ruleId }
  })

/** Against what one writes by hand: as data, emitted, and the reference. */
const byHand = async <Context>(work: Work<Context>, { measure }: BenchTools) => {
  const { set, facts, inputs, goals } = work
  const sides: [string, Decide<Context>, number?][] = [
    ['', compileRules<Context, number>(set, { facts }).decide, goals[0]],
    [', emitted', await emitted(set, facts), goals[1]],
    [
      ', reference',
      compileRules<Context, number>(set, { facts }, { executor: 'reference' }).decide,
    ],
  ]
  for (const [way, decide, goal] of sides) {
    await measure({
      name: `${set.id}${way}`,
      yardstick: 'written by hand',
      tells: 'speed',
      ...(goal === undefined ? {} : { goal }),
      count: inputs.length,
      unit: 'decisions',
      time: 'processor',
      check: () => deepStrictEqual(answersOf(decide, inputs), answersOf(work.byHand, inputs)),
      ours: allOf(decide, inputs),
      theirs: allOf(work.byHand, inputs),
    })
  }
}

/** The same once more, after another set of its kind: accessors are no longer inlined. */
const besideAnother = async (
  { set, facts, inputs, byHand: yardstick }: Work<Discharge>,
  another: RuleSet<number>,
  { measure }: BenchTools,
) => {
  const deciderOf = (each: RuleSet<number>) =>
    compileRules<Discharge, number>(each, { facts }).decide
  const decide = deciderOf(set)
  const sumOf = allOf(deciderOf(another), inputs)
  for (let round = 0; round < 20; round += 1) sumOf()
  await measure({
    name: `${set.id}, beside another ${set.kind}`,
    yardstick: 'written by hand',
    tells: 'speed',
    count: inputs.length,
    unit: 'decisions',
    time: 'processor',
    check: () => deepStrictEqual(answersOf(decide, inputs), answersOf(yardstick, inputs)),
    ours: allOf(decide, inputs),
    theirs: allOf(yardstick, inputs),
  })
}

/** Inputs for engines of some thousand decisions a second. */
const few = 64

/** Against other engines, each with the same rules in its own language. */
const byOthers = async <Context>(
  { set, facts, inputs: all }: Pick<Work<Context>, 'set' | 'facts' | 'inputs'>,
  others: readonly (readonly [name: string, decides: Decides, goal?: number])[],
  { measure }: BenchTools,
) => {
  const inputs = all.slice(0, few)
  const { decide } = compileRules<Context, number>(set, { facts })
  const records = inputs.map((input) => recordOf(facts, input))
  for (const [name, decides, goal] of others) {
    await measure({
      name: set.id,
      yardstick: name,
      tells: 'speed',
      ...(goal === undefined ? {} : { goal }),
      count: inputs.length,
      unit: 'decisions',
      time: 'processor',
      check: async () =>
        deepStrictEqual(
          answersOf(decide, inputs).map(({ ruleId }) => ruleId ?? ''),
          await decides(records),
        ),
      ours: allOf(decide, inputs),
      theirs: () => decides(records),
    })
  }
}

const recordOf = <Context>(facts: Facts<Context>, context: Context) =>
  Object.fromEntries(
    Object.entries(facts).map(([id, fact]) => [
      id,
      'get' in fact ? (fact.get(context) as string | number | boolean) : '',
    ]),
  )

const rulesOf = (set: ListSet<number> | TableSet<number>): readonly Rule[] =>
  rowsOf(set).rules.map(({ id, clauses }) => ({
    id,
    condition: { all: clauses.map(({ condition }) => condition) },
  }))

/** The tiers as rules: the bound decides, and what it comes to is left to the host. */
const tierRules = ({ tiers, on }: TierSet): readonly Rule[] =>
  tiers.map(({ id, upTo }) => ({
    id,
    condition:
      upTo === null
        ? { all: [{ fact: on, op: 'ge', value: 0 }] }
        : { all: [{ fact: on, op: 'le', value: Number(upTo) }] },
  }))

const turned: TableSet<number> = {
  ...carePlan,
  inputs: carePlan.inputs.toReversed(),
  rows: carePlan.rows.map((row) => ({ ...row, when: row.when.toReversed() })),
}

const slowGoal = 100

/** Rules as data against the same written by hand, other engines, and rules tried one by one. */
export const rules: Bench = async (tools) => {
  const count = tools.quick ? 5_000 : 50_000
  const discharges = dischargesOf(count)
  const list: Work<Discharge> = {
    set: callPriority,
    facts: dischargeFacts,
    inputs: discharges,
    byHand: callPriorityByHand,
    goals: [0.2, 0.9],
  }
  const table = { ...list, set: carePlan, byHand: carePlanByHand, goals: [0.5, 0.9] as const }
  const tiers: Work<ReturnType<typeof revenuesOf>[number]> = {
    set: monthlyCommission,
    facts: revenueFacts,
    inputs: revenuesOf(count),
    byHand: monthlyCommissionByHand,
    goals: [0.6, 0.9],
  }
  await byHand(list, tools)
  await byHand(table, tools)
  await byHand(tiers, tools)
  await largeTable(tools)
  await besideAnother(list, { ...callPriority, rules: callPriority.rules.toReversed() }, tools)
  await besideAnother(table, turned, tools)

  const some = recordOf(dischargeFacts, discharges[0] as (typeof discharges)[number])
  for (const [work, rows] of [
    [list, rulesOf(callPriority)],
    [table, rulesOf(carePlan)],
  ] as const) {
    const engines = [
      ['json-logic-engine, with eval', byJsonLogic(rows)],
      ['@marcbachmann/cel-js', byCel(rows, some)],
      ['@gorules/zen-engine', byZen(rows)],
      ['json-rules-engine', byJsonRules(rows), slowGoal],
    ] as const
    await byOthers(work, engines, tools)
  }
  const bounds = tierRules(monthlyCommission)
  const revenue = { revenue: 1 }
  await byOthers(
    tiers,
    [
      ['json-logic-engine, with eval, the tier alone', byJsonLogic(bounds)],
      ['@marcbachmann/cel-js, the tier alone', byCel(bounds, revenue)],
      ['@gorules/zen-engine, the tier alone', byZen(bounds)],
      ['json-rules-engine, the tier alone', byJsonRules(bounds), slowGoal],
    ],
    tools,
  )
}

const largeTable = async (tools: BenchTools) => {
  const inputs = checkUpsOf(1000)
  const { decide } = compileRules<(typeof inputs)[number], number>(priceList, {
    facts: checkUpFacts,
  })
  const flat = compileRules<(typeof inputs)[number], number>(
    priceList,
    { facts: checkUpFacts },
    { executor: 'flat' },
  ).decide
  const fromFile = await emitted(priceList, checkUpFacts)
  for (const [way, side] of [
    ['', decide],
    [', emitted', fromFile],
  ] as const) {
    await tools.measure({
      name: `${priceList.id}, 2,000 rows${way}`,
      yardstick: 'rows tried one by one',
      tells: 'speed',
      goal: 100,
      count: inputs.length,
      unit: 'decisions',
      time: 'processor',
      check: () => deepStrictEqual(answersOf(side, inputs), answersOf(flat, inputs)),
      ours: allOf(side, inputs),
      theirs: allOf(flat, inputs),
    })
  }
  const work = { set: priceList, facts: checkUpFacts, inputs: inputs.slice(0, 8) }
  await byOthers(work, [['json-rules-engine', byJsonRules(rulesOf(priceList)), 100]], tools)
}
