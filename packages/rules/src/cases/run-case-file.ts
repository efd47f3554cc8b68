import type * as z from 'zod'
import { withinBudget } from '../engine/budget.ts'
import { shaped } from '../engine/check-shape.ts'
import { type Finding, type Issue, issuesIn, reporter } from '../engine/finding.ts'
import { refuse } from '../refusal.ts'
import { CommissionCases } from './commission-cases.ts'
import { DecisionCases } from './decision-cases.ts'
import type { CaseResult } from './difference.ts'
import { FollowUpScenarios } from './follow-up-scenarios.ts'
import { MetricCases } from './metric-cases.ts'
import { caseLimits, formatOf } from './rule-file.ts'
import { runCommissionCases } from './run-commission-cases.ts'
import { runDecisionCases, runRuleBook } from './run-decision-cases.ts'
import { runFollowUpScenarios } from './run-follow-up-scenarios.ts'
import { runMetricCases } from './run-metric-cases.ts'

type Runner = (file: unknown) => readonly CaseResult[]

const runnerOf =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (file: z.output<Schema>) => readonly CaseResult[],
  ): Runner =>
  (file) => {
    const { findings, report } = reporter()
    const data = shaped(schema, file, report)
    return data === null ? refused(findings) : run(data)
  }

const refused = (findings: readonly Finding[]): never =>
  refuse('cases.malformed', { issues: issuesIn(findings) })

const runners: Readonly<Record<string, Runner>> = {
  'commission-cases/1': runnerOf(CommissionCases, runCommissionCases),
  'decision-cases/1': runnerOf(DecisionCases, runDecisionCases),
  'follow-up-scenarios/1': runnerOf(FollowUpScenarios, runFollowUpScenarios),
  'metric-cases/1': runnerOf(MetricCases, runMetricCases),
  'rule-book/1': runRuleBook,
}

/**
 * Checks and runs a case file of any format, as parsed from JSON or YAML. Refuses one that is
 * malformed (`cases.malformed`, with `issues`: every path and reason) and never skips a case.
 */
export const runCaseFile = (file: unknown): readonly CaseResult[] => {
  const { findings, report } = reporter()
  if (!withinBudget(file, caseLimits, report)) return refused(findings)
  const format = formatOf(file)
  const runner =
    typeof format === 'string' && Object.hasOwn(runners, format) ? runners[format] : undefined
  if (runner) return runner(file)
  const reason = `one of ${Object.keys(runners).join(', ')} expected`
  return refuse('cases.malformed', { issues: [{ path: 'format', reason }] satisfies Issue[] })
}
