import * as z from 'zod'
import { CommissionCases } from '../cases/commission-cases.ts'
import { DecisionCases } from '../cases/decision-cases.ts'
import { FollowUpScenarios } from '../cases/follow-up-scenarios.ts'
import { MetricCases } from '../cases/metric-cases.ts'
import { RuleBook } from '../engine/rule-book.ts'
import { RulePack } from '../pack/rule-pack.ts'
import { PastFile } from '../pack/simulate-packs.ts'
import { RuleSet } from '../table/rule-set.ts'
import type { ExitCode, Outside } from './outside.ts'

const schemas: Readonly<Record<string, z.ZodType>> = {
  'commission-cases': CommissionCases,
  'decision-cases': DecisionCases,
  'follow-up-scenarios': FollowUpScenarios,
  'metric-cases': MetricCases,
  'past-facts': PastFile,
  'rule-book': RuleBook,
  'rule-pack': RulePack,
  'rule-set': RuleSet,
}

/** What editors complete and check by. */
export const jsonSchemaOf = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

/** Prints the JSON Schema of a format, or without a name the names there are. */
export const printSchema = (name: string | undefined, { print, complain }: Outside): ExitCode => {
  const schema = name === undefined || !Object.hasOwn(schemas, name) ? undefined : schemas[name]
  if (schema) print(JSON.stringify(jsonSchemaOf(schema), null, 2))
  else if (name === undefined) Object.keys(schemas).forEach(print)
  else complain(`one of ${Object.keys(schemas).join(', ')} expected`)
  return schema || name === undefined ? 0 : 2
}
