import type { Path } from '../condition/fold.ts'
import type { Seen } from '../condition/holds.ts'

/** What can be found in a rule set. An `error` means that it must not be used. */
export type FindingCode =
  | 'budget'
  | 'forbidden-key'
  | 'not-json'
  | 'shape'
  | 'unknown-fact'
  | 'unknown-function'
  | 'unknown-param'
  | 'unknown-condition'
  | 'unknown-calendar'
  | 'unknown-rule'
  | 'unknown-set'
  | 'type'
  | 'out-of-domain'
  | 'duplicate'
  | 'width'
  | 'tiers'
  | 'cycle'
  | 'never-true'
  | 'gap'
  | 'overlap'
  | 'shadowed'
  | 'missing-unhandled'
  | 'not-analysed'
  | 'validity'
  | 'validity-gap'

export interface Finding {
  readonly level: 'error' | 'warning'
  readonly code: FindingCode
  /** `id@version`, where there is one. */
  readonly set?: string
  readonly rule?: string
  /** From the root of what was checked, keys and places joined by points. */
  readonly path: string
  readonly message: string
  /** Facts for which it shows; `null` is a missing one. */
  readonly example?: Readonly<Record<string, Seen>>
}

/** What a refusal tells of a fault, as an entry of its `issues`: where, from the root of the file, and what. */
export interface Issue {
  readonly path: string
  readonly reason: string
}

/** The errors among findings, warnings left out. */
export const issuesIn = (findings: readonly Finding[]): readonly Issue[] =>
  findings.flatMap(({ level, path, message }) =>
    level === 'error' ? [{ path, reason: message }] : [],
  )

type More = Omit<Finding, 'level' | 'code' | 'path' | 'message'>

/** Takes findings down. */
export type Report = (
  level: Finding['level'],
  code: FindingCode,
  path: Path,
  message: string,
  more?: More,
) => void

/** A list of findings and the way to add to it; `base` is where the set stands. */
export const reporter = (base: Path = []): { findings: Finding[]; report: Report } => {
  const findings: Finding[] = []
  const report: Report = (level, code, path, message, more) => {
    findings.push({ level, code, path: [...base, ...path].join('.'), message, ...more })
  }
  return { findings, report }
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(({ level }) => level === 'error')
