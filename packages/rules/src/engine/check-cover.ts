import type { Scope } from '../condition/scope.ts'
import { pictureOf } from '../table/compile-rows.ts'
import type { Leaf } from '../table/diagram.ts'
import { settle } from '../table/hit-policy.ts'
import { type RowSet, type Rows, rowsOf } from '../table/rows.ts'
import type { Limits } from './budget.ts'
import { checkMissing } from './check-missing.ts'
import { checkNeverTrue } from './check-never-true.ts'
import { type Cover, mostFindings, rulePath } from './cover.ts'
import type { Report } from './finding.ts'
import { domainOf } from './regions-in-domain.ts'
import { examplesOf, leafAt, leavesWithin } from './walk-diagram.ts'

const mostGaps = 5
/** Comparisons spent on one set: some tenths of a second. */
const steps = 5_000_000

/**
 * Looks at the rules of a set together, within what is declared of its facts: what never holds, what is
 * never reached, what no rule covers, and what too many do. Every finding is sure: where it depends on a
 * comparison of facts, a text or a function, nothing is said.
 */
export const checkCover = (
  set: RowSet,
  scope: Scope<never>,
  { diagramNodes }: Limits,
  report: Report,
): void => {
  const rows = rowsOf(set)
  checkMissing(rows, scope, report)
  const picture = pictureOf(rows, scope, { nodes: diagramNodes, steps })
  if (!picture) {
    report('warning', 'not-analysed', [], 'too entangled to look for gaps and overlaps')
    return
  }
  const domain = domainOf(picture.variables.list)
  const cover = { set, rows, picture, domain, report }
  const dead = checkNeverTrue(cover)
  if (rows.hit === 'first' || rows.hit === 'priority') checkShadowed(cover, dead)
  if (rows.hit === 'unique' || rows.hit === 'any') checkOverlaps(cover)
  if (gapless[rows.hit] !== true && set.kind !== 'deadline') checkGaps(cover)
}

/** Where nothing is an answer as good as any. */
const gapless: Partial<Readonly<Record<Rows['hit'], true>>> = {
  'rule-order': true,
  'output-order': true,
  collect: true,
  sum: true,
  min: true,
  max: true,
  count: true,
}

const settled = ({ rows }: Cover, { hits }: Leaf) =>
  settle(
    rows,
    hits.flatMap((rule) => rows.rules[rule] ?? []),
  )

const checkShadowed = (cover: Cover, dead: ReadonlySet<number>) => {
  const { set, rows, picture, domain, report } = cover
  const deciding = new Set(
    leavesWithin(picture.root, domain).map((leaf) => settled(cover, leaf).ruleId),
  )
  rows.rules.forEach(({ id }, rule) => {
    if (dead.has(rule) || deciding.has(id)) return
    const box = picture.boxes.find((one) => one.rule === rule && domain.holds(one.box))?.box
    const regions = domain.regionsIn(box ?? new Map())
    const leaf = leafAt(picture.root, picture.variables.list, regions)
    const by = leaf ? settled(cover, leaf).ruleId : null
    const message = `other rules always decide before it${by === null ? '' : `, here ${by}`}`
    const example = domain.exampleOf(regions)
    report('warning', 'shadowed', rulePath(set, rule), message, { rule: id, example })
  })
}

const checkOverlaps = (cover: Cover) => {
  const { set, rows, picture, domain, report } = cover
  const { root, variables } = picture
  const isConflict = (leaf: Leaf) => settled(cover, leaf).how === 'conflict'
  const seen = new Set<string>()
  const found = examplesOf(root, variables.list, domain, isConflict, mostFindings)
  for (const { leaf, example } of found) {
    const [first, second] = leaf.hits.slice(-2)
    const ids = leaf.hits.flatMap((rule) => rows.rules[rule]?.id ?? [])
    if (first === undefined || second === undefined || seen.has(ids.join())) continue
    seen.add(ids.join())
    report('error', 'overlap', rulePath(set, second), `${ids.join(' and ')} hit together`, {
      rule: rows.rules[second]?.id ?? '',
      example,
    })
  }
}

const checkGaps = ({ set, rows, picture, domain, report }: Cover) => {
  if (rows.otherwise !== undefined) return
  const { root, variables } = picture
  const isGap = ({ hits }: Leaf) => hits.length === 0
  for (const { example } of examplesOf(root, variables.list, domain, isGap, mostGaps)) {
    const path = [set.kind === 'table' ? 'rows' : 'rules']
    report('warning', 'gap', path, 'no rule holds here', { example })
  }
}
