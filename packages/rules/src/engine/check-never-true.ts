import type { Condition, Test } from '../condition/condition.ts'
import { type Folding, fold, type Path } from '../condition/fold.ts'
import { type Cover, mostFindings, rulePath } from './cover.ts'

/** Every test of the rules with its path, shared conditions left to themselves. */
const testsWithin = (condition: Condition, path: Path): readonly (readonly [Test, Path])[] => {
  const gather: Folding<readonly (readonly [Test, Path])[]> = {
    test: (test, at) => [[test, at]],
    all: (parts) => parts.flat(),
    any: (parts) => parts.flat(),
    not: (part) => part,
    use: () => [],
  }
  return fold(condition, gather, path)
}

/** Reports tests and rules that hold for no facts there can be; answers which rules those are. */
export const checkNeverTrue = ({
  set,
  rows,
  picture: { variables, boxes },
  domain,
  report,
}: Cover): ReadonlySet<number> => {
  const living = new Set(boxes.filter(({ box }) => domain.holds(box)).map(({ rule }) => rule))
  const dead = new Set<number>()
  rows.rules.forEach(({ id, clauses }, rule) => {
    const vain = clauses
      .flatMap(({ condition, path }) => testsWithin(condition, path))
      .filter(([test]) => {
        const { variable, ranges } = variables.placeOf(test)
        return !domain.meets(variable, ranges)
      })
    for (const [, path] of vain.slice(0, mostFindings)) {
      report('warning', 'never-true', path, 'this can never hold', { rule: id })
    }
    if (living.has(rule)) return
    dead.add(rule)
    if (vain.length > 0) return
    const message = 'its conditions can never hold together'
    report('warning', 'never-true', rulePath(set, rule), message, { rule: id })
  })
  return dead
}
