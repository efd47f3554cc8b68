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
  const ruleId = (place: number) => literal(set.tiers[place]?.id)
  const totalText = (write: Write) => `let rule = ${ruleId(0)}, by = t0, total = ${write(0)}
    if (x > ${write(0)}) {
      ${placeText(numbers, ruleId, write, 0, numbers.rate.length)}
      ${numbers.steps.map((step) => stepText(step, write)).join('\n      ')}
      ${limitText(numbers, write)}
    }`
  const { none } = tierDecisions(set)
  const { scale: decimals, mode } = set.round
  const unit = 10 ** scale
  const functions = [
    ...set.tiers.map(({ id }, place) => `  const t${place} = frozen(${literal([id])})`),
    `  const decided = (outcome, ruleId, by) => ({
    outcome,
    ruleId,
    ruleIds: by,
    how: 'rule',
    set: ${literal(set.id)},
    version: ${literal(set.version)},
  })
  const exactly = (x) => {
    ${totalText((value) => `${value}n`)}
    const per = ${per}n, two = 2n, one = 1n
    const whole = total / per
    const twice = (total - whole * per) * two
    const units = ${goesOn[mode]} ? whole + one : whole
    return decided(${decimals === 0 ? 'safe(units)' : `fixed(units, ${decimals})`}, rule, by)
  }`,
  ]
  const body = `    const v = ${module.getter(set.on)}(context) ?? undefined
    if (v === undefined) return ${module.decision(none)}
    const x = ${unit === 1 ? 'v' : `v * ${unit}`}
    if (x > ${limit}) return exactly(BigInt(v) * ${unit}n)
    ${totalText(String)}
    ${roundText(mode, per)}
    return decided(${decimals === 0 ? 'units' : `fixed(units, ${decimals})`}, rule, by)`
  return { functions, body }
}

/**
 * Below the limit a quotient is never rounded to a half that it is not: it lies a `per`th away at least. Two of 32
 * bits are divided as whole numbers, in a third of the time.
 */
const roundText = (mode: TierSet['round']['mode'], per: number) => {
  if (mode !== 'half-even') {
    const [half, round] = mode === 'down' ? [0, 'floor'] : [per / 2, 'round']
    const isShort = `total >= 0 && total + ${per} < ${2 ** 32}`
    return `const units = ${isShort} ? ((total + ${half}) >>> 0) / ${per} >>> 0 : Math.${round}(total / ${per})`
  }
  return `const per = ${per}, two = 2, one = 1
    const whole = Math.floor(total / per)
    const twice = (total - whole * per) * two
    const units = ${goesOn[mode]} ? whole + one : whole`
}

const areSafe = ({ start, rate, before, steps, cap, floor }: TierNumbers, per: number): boolean =>
  [...start, ...rate, ...before, ...steps.flatMap(Object.values), floor, per]
    .concat(Number.isFinite(cap) ? [cap] : [])
    .every(Number.isSafeInteger)

type Write = (value: number) => string

/** Searches the tiers from `from` to before `to`. */
const placeText = (
  numbers: TierNumbers,
  ruleId: (place: number) => string,
  write: Write,
  from: number,
  to: number,
): string => {
  const { ends, before, start, rate } = numbers
  if (to - from > 1) {
    const middle = (from + to) >> 1
    const below = placeText(numbers, ruleId, write, from, middle)
    const above = placeText(numbers, ruleId, write, middle, to)
    return `if (x <= ${write(ends[middle - 1] ?? 0)}) { ${below} } else { ${above} }`
  }
  const [first, at, per] = [before[from] ?? 0, start[from] ?? 0, rate[from] ?? 0].map(write)
  return `rule = ${ruleId(from)}; by = t${from}; total = ${first} + (x - ${at}) * ${per}`
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
