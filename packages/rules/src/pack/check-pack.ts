import { defaultLimits, withinBudget } from '../engine/budget.ts'
import { shaped } from '../engine/check-shape.ts'
import { type Finding, issuesIn, reporter } from '../engine/finding.ts'
import { refuse } from '../refusal.ts'
import { RulePack } from './rule-pack.ts'

const packLimits = { ...defaultLimits, nodes: 2_000_000 }

/** Whether data looks like a hospital's rule pack, sound or not. */
export const isPack = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'followUp' in data && !('format' in data)

/** Checks a hospital's rule pack of any origin: how much there is of it, then its shape. */
export const checkPackFile = (
  data: unknown,
): { readonly findings: readonly Finding[]; readonly pack: RulePack | null } => {
  const { findings, report } = reporter()
  const pack = withinBudget(data, packLimits, report) ? shaped(RulePack, data, report) : null
  return { findings, pack }
}

/** Refuses a pack with errors (`rules.faulty`, with `issues`). */
export const openPack = (data: unknown): RulePack => {
  const { pack, findings } = checkPackFile(data)
  return pack ?? refuse('rules.faulty', { issues: issuesIn(findings) })
}
