import type { Scope } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import type { TierSet } from '../table/rule-set.ts'
import { tierDecisions } from '../table/tier-decision.ts'
import { type TierNumbers, tierNumbers } from '../table/tier-numbers.ts'
import { literal } from './emit-condition.ts'
import type { ModuleNames } from './emit-names.ts'

/** What is left once the total is known, for numbers and, with other constants, for BigInt. */
const goesOn = {
  down: 'false',
  'half-up': 'twice >= per',
  'half-even': 'twice > per || (twice === per && whole % two === one)',
} as const

/** One formula written out twice: in safe integers, and in BigInt for amounts beyond them. */
export const tiersText = (
  set: TierSet,
  scope: Scope<never>,
  module: ModuleNames,
): { readonly functions: readonly string[]; readonly body: string } => {
  const numbers = tierNumbers(set)
  const { scale, fine, limit } = numbers
  const per = 10 ** (fine - set.round.scale)
  if (scope.fact(set.on).type !== 'integer' || !areSafe(numbers, per)) {
    return refuse('rules.not-emitted', { set: set.id })
  }
  const formula = (write: (value: number) => string) => {
    const rounded = `const per = ${write(per)}, two = ${write(2)}, one = ${write(1)}`
    return `let place = 0, total = ${write(0)}
    if (x > ${write(0)}) {
      ${placeText(numbers, write, 0, numbers.rate.length)}
      ${numbers.steps.map((step) => stepText(step, write)).join('\n      ')}
      ${limitText(numbers, write)}
    }
    ${rounded}
    const whole = ${write(1) === '1' ? 'Math.floor(total / per)' : 'total / per'}
    const twice = (total - whole * per) * two
    return decided(${goesOn[set.round.mode]} ? whole + one : whole, place)`
  }
  const { none } = tierDecisions(set)
  const unit = 10 ** scale
  const functions = [
    `  const ids = frozen(${literal(set.tiers.map(({ id }) => [id]))})
  const decided = (units, place) => ({
    outcome: ${outcomeText(set.round.scale)},
    ruleId: ids[place][0],
    ruleIds: ids[place],
    how: 'rule',
    set: ${literal(set.id)},
    version: ${literal(set.version)},
  })
  const exactly = (x) => {
    ${formula((value) => `${value}n`)}
  }`,
  ]
  const body = `    const v = ${module.getter(set.on)}(context) ?? undefined
    if (v === undefined) return ${module.decision(none)}
    const x = ${unit === 1 ? 'v' : `v * ${unit}`}
    if (x > ${limit}) return exactly(BigInt(v) * ${unit}n)
    ${formula(String)}`
  return { functions, body }
}

const areSafe = ({ start, rate, before, steps, cap, floor }: TierNumbers, per: number): boolean =>
  [...start, ...rate, ...before, ...steps.flatMap(Object.values), floor, per]
    .concat(Number.isFinite(cap) ? [cap] : [])
    .every(Number.isSafeInteger)

const outcomeText = (scale: number) =>
  scale === 0
    ? 'Number.isSafeInteger(Number(units)) ? Number(units) : fail()'
    : `fixed(units, ${scale})`

type Write = (value: number) => string

/** Searches the tiers from `from` to before `to`. */
const placeText = (numbers: TierNumbers, write: Write, from: number, to: number): string => {
  const { ends, before, start, rate } = numbers
  if (to - from > 1) {
    const middle = (from + to) >> 1
    const below = placeText(numbers, write, from, middle)
    const above = placeText(numbers, write, middle, to)
    return `if (x <= ${write(ends[middle - 1] ?? 0)}) { ${below} } else { ${above} }`
  }
  const [first, at, per] = [before[from] ?? 0, start[from] ?? 0, rate[from] ?? 0].map(write)
  return `place = ${from}; total = ${first} + (x - ${at}) * ${per}`
}

const stepText = ({ from, amount, every, each }: TierNumbers['steps'][number], write: Write) => {
  const over = `(x - ${write(from)})`
  const times = write(1) === '1' ? `Math.floor(${over} / ${every})` : `${over} / ${write(every)}`
  const further = every > 0 ? ` + ${times} * ${write(each)}` : ''
  return `if (x >= ${write(from)}) total += ${write(amount)}${further}`
}

const limitText = ({ cap, floor }: TierNumbers, write: Write) =>
  [
    Number.isFinite(cap) ? `if (total > ${write(cap)}) total = ${write(cap)}` : '',
    floor > 0 ? `if (total < ${write(floor)}) total = ${write(floor)}` : '',
  ].join('\n      ')
