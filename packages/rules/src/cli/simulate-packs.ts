import { shaped } from '../engine/check-shape.ts'
import { issuesIn, reporter } from '../engine/finding.ts'
import { openPack } from '../pack/check-pack.ts'
import { type PackShift, PastFile, simulatePacks } from '../pack/simulate-packs.ts'
import { refuse } from '../refusal.ts'
import type { ExitCode, Outside } from './outside.ts'
import { withSource } from './source.ts'

const pastOf = (data: unknown): PastFile => {
  const { findings, report } = reporter()
  return shaped(PastFile, data, report) ?? refuse('cases.malformed', { issues: issuesIn(findings) })
}

/** Answers a file of past facts by two packs and prints who would be treated otherwise. 1 where anybody is. */
export const simulatePackFiles = (
  [before, after]: readonly [string, string],
  { json = false, facts }: { readonly json?: boolean; readonly facts?: string },
  outside: Outside,
): ExitCode => {
  const open = (file: string) => withSource(file, outside, ({ data }) => openPack(data))
  const [old, now] = [open(before), open(after)]
  if (facts === undefined) {
    outside.complain('packs are simulated over --facts, a file past-facts/1')
    return 2
  }
  const shifts = withSource(facts, outside, ({ data }) => simulatePacks(old, now, pastOf(data)))
  if (json) outside.print(JSON.stringify(shifts))
  else told(shifts).forEach(outside.print)
  return shifts.length > 0 ? 1 : 0
}

const told = (shifts: readonly PackShift[]): readonly string[] => [
  ...shifts.map(({ what, who, before, after }) => `${what}: ${who}: ${after}; before ${before}`),
  `${shifts.length} would be others`,
]
