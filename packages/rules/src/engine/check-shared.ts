import type { Condition } from '../condition/condition.ts'
import { type Folding, fold } from '../condition/fold.ts'
import type { Report } from './finding.ts'

/** How large a condition is when all that it uses is written out, and how often uses are nested. */
interface Extent {
  readonly size: number
  readonly height: number
}

const deepest = 32
const one: Extent = { size: 1, height: 0 }

const together = (parts: readonly Extent[]): Extent => ({
  size: parts.reduce((sum, { size }) => sum + size, 1),
  height: parts.reduce((most, { height }) => Math.max(most, height), 0),
})

/** Reports shared conditions that use themselves, and what becomes too large by using others. */
export const checkShared = (
  conditions: Readonly<Record<string, Condition>>,
  roots: readonly Condition[],
  most: number,
  report: Report,
): boolean => {
  const known = new Map<string, Extent>()
  const open: string[] = []
  let isSound = true
  const complain = (code: 'cycle' | 'budget', name: string, message: string) => {
    if (isSound) report('error', code, ['conditions', name], message)
    isSound = false
  }
  const measure: Folding<Extent> = {
    test: () => one,
    all: together,
    any: together,
    not: (part) => together([part]),
    use: (name) => known.get(name) ?? extentOf(name),
  }
  const extentOf = (name: string): Extent => {
    const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined
    if (open.includes(name)) complain('cycle', name, `uses itself by way of ${open.join(', ')}`)
    if (!condition || !isSound) return one
    open.push(name)
    const { size, height } =
      open.length > deepest ? { ...one, height: deepest } : fold(condition, measure)
    open.pop()
    const extent = { size: Math.min(size, most + 1), height: height + 1 }
    if (extent.height > deepest)
      complain('budget', name, `more than ${deepest} uses in one another`)
    known.set(name, extent)
    return extent
  }
  for (const name of Object.keys(conditions)) if (!known.has(name)) extentOf(name)
  const { size } = together(roots.map((root) => fold(root, measure)))
  if (isSound && size > most) {
    report('error', 'budget', [], `more than ${most} conditions with the shared ones written out`)
    isSound = false
  }
  return isSound
}
