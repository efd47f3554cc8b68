import type { Coverage } from '../engine/counting.ts'
import { compileRules } from '../engine/evaluate.ts'
import { valueInWords } from '../engine/in-words.ts'
import type { ExitCode, Outside } from './outside.ts'
import { rulesOf } from './rule-sets.ts'
import { withSource } from './source.ts'

interface Covered extends Coverage {
  readonly set: string
  readonly unhit: readonly string[]
  /** Paths of tests that were always true, or always false, or never asked. */
  readonly oneSided: readonly string[]
}

/** How far the cases of a file exercise its rules. 1 where something is left. */
export const coverageOfFile = (
  file: string,
  { json = false }: { readonly json?: boolean },
  outside: Outside,
): ExitCode => {
  const covered = withSource(file, outside, (source): readonly Covered[] => {
    const { book, samples } = rulesOf(source)
    return book.sets.map((set) => {
      const among = book.sets.filter(({ id }) => id !== set.id)
      const counting = compileRules(set, book.vocabulary, { among }).counting()
      for (const sample of samples) {
        if (sample.set.id === set.id && sample.set.version === set.version) {
          counting.decide(sample.facts)
        }
      }
      return { set: `${set.id}@${set.version}`, ...leftOf(counting.coverage()) }
    })
  })
  if (json) outside.print(JSON.stringify(covered))
  else for (const one of covered) told(one).forEach(outside.print)
  const isFull = covered.every(
    ({ unhit, oneSided, untested }) => unhit.length + oneSided.length + untested.length === 0,
  )
  return isFull ? 0 : 1
}

const leftOf = (coverage: Coverage) => ({
  ...coverage,
  unhit: Object.entries(coverage.rules).flatMap(([id, hits]) => (hits === 0 ? [id] : [])),
  oneSided: Object.entries(coverage.tests).flatMap(([path, seen]) =>
    seen.true > 0 && seen.false > 0 ? [] : [path],
  ),
})

const told = ({ set, decisions, rules, tests, unhit, oneSided, untested }: Covered) => {
  const all = Object.keys(rules).length
  const asked = Object.keys(tests).length
  return [
    `${set}: ${decisions} decisions, ${all - unhit.length} of ${all} rules hit, ` +
      `${asked - oneSided.length} of ${asked} conditions seen both ways`,
    ...unhit.map((id) => `  never hit: ${id}`),
    ...oneSided.map((path) => {
      const seen = tests[path]
      const how = seen?.true ? 'never false' : seen?.false ? 'never true' : 'never asked'
      return `  ${how}: ${path}`
    }),
    ...untested.map(({ fact, value }) => `  untested: ${fact} ${valueInWords(value)}`),
  ]
}
