import { createEngine, type Facts, ruleFunction } from '@hospital-crm/rules'
import { followUpTier } from './follow-up-tier.ts'

// #region facts
/** What the host knows of a discharge, in its own shape. */
export interface Discharge {
  readonly bornOn: string
  readonly dischargedOn: string
  readonly household?: { readonly persons: number }
  readonly ward: { readonly code: 'icu' | 'surgery' | 'medicine' | 'maternity' }
}

const yearsBetween = (from: string, to: string) =>
  Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)

export const facts: Facts<Discharge> = {
  age: {
    type: 'integer',
    min: 0,
    max: 130,
    label: 'age in years',
    get: ({ bornOn, dischargedOn }) => yearsBetween(bornOn, dischargedOn),
  },
  livesAlone: {
    type: 'boolean',
    optional: true,
    get: ({ household }) => household && household.persons === 1,
  },
  ward: {
    type: 'string',
    values: ['icu', 'surgery', 'medicine', 'maternity'],
    get: ({ ward }) => ward.code,
  },
}
// #endregion facts

// #region engine
export const engine = createEngine<Discharge>({
  facts,
  conditions: followUpTier.conditions,
  functions: { decade: ruleFunction(['integer'], 'integer', (age) => Math.floor(age / 10)) },
})

/** The versions of the rules, checked; throws a `Refusal` with every finding when they have errors. */
export const tiers = followUpTier.sets.map((set) => engine.read(set, followUpTier.outcome))
// #endregion engine

export const main = (discharge: Discharge) => {
  // #region decide
  const [tier] = engine.at(tiers, discharge.dischargedOn)
  if (!tier) return null
  const { decide, explain } = engine.compile(tier)
  const { outcome, ruleId } = decide(discharge)
  const { looked } = explain(discharge)
  const reasons = looked.flatMap(({ ok, ruleId, note }) => (ok ? [note ?? ruleId] : []))
  // #endregion decide
  return { outcome, ruleId, reasons }
}
