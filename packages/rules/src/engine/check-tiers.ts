import { compareDecimals, readDecimal } from '../condition/decimal.ts'
import type { TierSet } from '../table/rule-set.ts'
import { knownFact, type Words } from './check-conditions.ts'
import { checkIds } from './check-ids.ts'
import type { Report } from './finding.ts'

export const checkTiers = (set: TierSet, words: Words, report: Report): void => {
  const { on, tiers, steps = [], cap, floor } = set
  const fact = knownFact(on, words, ['on'], report)
  if (fact && fact.type !== 'integer' && fact.type !== 'decimal') {
    report('error', 'type', ['on'], `an integer or a decimal expected, not a ${fact.type}`)
  }
  checkIds(tiers, ['tiers'], report)
  checkIds(steps, ['steps'], report)
  tiers.forEach(({ upTo }, place) => {
    const path = ['tiers', place, 'upTo']
    const isLast = place === tiers.length - 1
    const before = tiers[place - 1]?.upTo ?? '0'
    if (isLast !== (upTo === null)) {
      report('error', 'tiers', path, 'null in the last tier, and only there')
    } else if (upTo !== null && compareDecimals(readDecimal(upTo), readDecimal(before)) <= 0) {
      report('error', 'tiers', path, `above ${before} expected`)
    }
  })
  steps.forEach(({ every, each }, place) => {
    if ((every === undefined) !== (each === undefined)) {
      report('error', 'tiers', ['steps', place], 'every and each come together')
    }
    if (every !== undefined && readDecimal(every).digits === 0n) {
      report('error', 'tiers', ['steps', place, 'every'], 'above 0 expected')
    }
  })
  if (cap && floor && compareDecimals(readDecimal(cap), readDecimal(floor)) < 0) {
    report('error', 'tiers', ['cap'], 'not below the floor expected')
  }
}
