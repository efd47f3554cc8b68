import { compileCondition } from '../condition/compile-condition.ts'
import { Condition } from '../condition/condition.ts'
import type { Facts } from '../condition/fact.ts'
import { scopeOf } from '../condition/scope.ts'
import { Refusal, refuse } from '../refusal.ts'

/** What a plan may ask of a discharge, or of the visit that begins it. */
export interface Beginning {
  readonly disposition: string
  readonly attending: string | null
  readonly department: string | null
  /** Codes, the main diagnosis first. */
  readonly diagnoses: readonly string[]
  /** Groups the patient belongs to, as the host names them. */
  readonly groups: readonly string[]
}

/** The words of `appliesWhen`: of the visit alone, so that the plan of a visit does not change by itself. */
export const beginningFacts = {
  disposition: { type: 'string', get: ({ disposition }) => disposition },
  attending: { type: 'string', optional: true, get: ({ attending }) => attending },
  department: { type: 'string', optional: true, get: ({ department }) => department },
  diagnosis: { type: 'string', optional: true, get: ({ diagnoses }) => diagnoses[0] ?? null },
  diagnoses: { type: 'strings', get: ({ diagnoses }) => diagnoses },
  groups: { type: 'strings', get: ({ groups }) => groups },
} as const satisfies Facts<Beginning>

/** When a plan is asked for at all; a word that is none of `beginningFacts` is refused. */
export const AppliesWhen = Condition.superRefine((condition, context) => {
  const code = conditionFault(condition)
  if (code !== null) context.addIssue({ code: 'custom', message: code })
})

/** Compiles the condition of a plan; one without a condition applies to everybody. */
export const appliesWhen = (
  plan: string,
  condition: Condition | undefined,
): ((beginning: Beginning) => boolean) => {
  if (condition === undefined) return () => true
  const scope = scopeOf<Beginning>({ id: plan }, { facts: beginningFacts }, () =>
    refuse('rules.unknown-set', { set: plan }),
  )
  return compileCondition(condition, scope)
}

const conditionFault = (condition: Condition): string | null => {
  try {
    appliesWhen('plan', condition)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
