import type { Scope } from '../condition/scope.ts'
import { testsOf } from '../table/compile-rows.ts'
import type { Rows } from '../table/rows.ts'
import type { Report } from './finding.ts'

/** A fact may be missing, and no rule asks whether it is: nobody has thought of that case. */
export const checkMissing = (rows: Rows, scope: Scope<never>, report: Report): void => {
  const tests = testsOf(rows, scope.named)
  const asked = new Set<string>()
  const handled = new Set<string>()
  for (const test of tests) {
    if (!('fact' in test) || !scope.fact(test.fact).optional) continue
    const asksWhether = test.op === 'missing' || test.op === 'present'
    if (asksWhether) handled.add(test.fact)
    else asked.add(test.fact)
  }
  for (const fact of asked) {
    if (handled.has(fact)) continue
    const message = `${fact} may be missing, and nothing asks whether it is; every test of it then fails`
    report('warning', 'missing-unhandled', [], message, { example: { [fact]: null } })
  }
}
