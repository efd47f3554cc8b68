import { canonical, type Decision } from '../table/decision.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { compileRules } from './evaluate.ts'
import type { FactRecord } from './fixtures.ts'
import type { OpenBook } from './rule-book.ts'

/** One who would be decided about otherwise. */
export interface Shift {
  readonly name: string
  readonly set: string
  readonly before: Pick<Decision<unknown>, 'outcome' | 'ruleId'> | null
  readonly after: Pick<Decision<unknown>, 'outcome' | 'ruleId'> | null
}

export interface Simulation {
  readonly decisions: number
  readonly shifts: readonly Shift[]
}

/** Past facts under a name that says whose they are without telling who that is. */
export interface PastFacts {
  readonly name: string
  readonly facts: FactRecord
}

/** A book on one day: one version of each set. */
export interface Edition {
  readonly book: OpenBook
  readonly sets: readonly RuleSet[]
}

const decidersOf = ({ book, sets }: Edition) =>
  new Map(
    sets.map((set) => [
      set.id,
      compileRules<FactRecord>(set, book.vocabulary, { among: sets }).decide,
    ]),
  )

/** Decides past facts by two editions; null where an edition has no such set. Nothing else is done. */
export const simulateChange = (
  before: Edition,
  after: Edition,
  past: readonly PastFacts[],
): Simulation => {
  const [old, now] = [decidersOf(before), decidersOf(after)]
  const ids = [...new Set([...old.keys(), ...now.keys()])]
  const shifts = past.flatMap(({ name, facts }) =>
    ids.flatMap((set): Shift[] => {
      const [was, is] = [said(old.get(set), facts), said(now.get(set), facts)]
      return same(was, is) ? [] : [{ name, set, before: was, after: is }]
    }),
  )
  return { decisions: past.length * ids.length, shifts }
}

const said = (
  decide: ((facts: FactRecord) => Decision<unknown>) | undefined,
  facts: FactRecord,
) => {
  if (!decide) return null
  const { outcome, ruleId } = decide(facts)
  return { outcome, ruleId }
}

/** Another rule that says the same is no difference to anybody. */
const same = (a: Shift['before'], b: Shift['before']) =>
  (a === null) === (b === null) && canonical(a?.outcome) === canonical(b?.outcome)
