import type * as z from 'zod'
import type { Path } from '../condition/fold.ts'
import { RuleSet } from '../table/rule-set.ts'
import type { Report } from './finding.ts'

type Issue = z.core.$ZodIssue

/** Parses the shape alone; null, with findings, where it is wrong. */
export const checkShape = (data: unknown, report: Report): RuleSet | null =>
  shaped(RuleSet, data, report)

/** Parses data by any schema; null, with findings, where it does not fit. */
export const shaped = <Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  report: Report,
): z.output<Schema> | null => {
  const { success, data: parsed, error } = safelyParsed(schema, data)
  if (success) return parsed
  if (!error) {
    report('error', 'budget', [], 'more is wrong with it than can be told')
    return null
  }
  const seen = new Set<string>()
  for (const { path, reason } of error.issues.flatMap((issue) => reasonsOf(issue, []))) {
    const key = `${path.join('.')}: ${reason}`
    if (seen.size < mostFindings && !seen.has(key)) report('error', 'shape', path, reason)
    seen.add(key)
  }
  return null
}

/** zod hands its issues on as arguments, and of these no call takes hundreds of thousands. */
const safelyParsed = <Schema extends z.ZodType>(schema: Schema, data: unknown) => {
  try {
    return schema.safeParse(data)
  } catch (error) {
    if (error instanceof RangeError) return { success: false, data: null, error: null } as const
    throw error
  }
}

const mostFindings = 50

interface Reason {
  readonly path: Path
  readonly reason: string
}

/** Of a union, the branch that came furthest into the data, or failed in the fewest places. */
const reasonsOf = (issue: Issue, above: Path): readonly Reason[] => {
  const path = [...above, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], reason: 'unknown key' }))
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [{ path, reason: issue.message }]
  }
  const depth = (branch: readonly Issue[]) => Math.max(...branch.map(reached))
  const [nearest = []] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)
  return nearest.flatMap((inner) => reasonsOf(inner, path))
}

/** How far into the data an issue lies; what is not there was not reached. */
const reached = ({ path, message }: Issue) =>
  path.length - (message.endsWith('received undefined') ? 1 : 0)
