import { readInstant } from '../calendar/instant.ts'
import type { FactOf, FollowUpFact } from './fact.ts'
import type { StartsOn } from './plan.ts'
import type { FollowUpProgramme } from './programme.ts'

/**
 * The facts as a plan sees them that begins with visits rather than with discharges: a visit of its
 * classes begins an episode as a discharge would, and discharges mean nothing to it.
 */
export const asStarts = (
  startsOn: StartsOn | undefined,
  facts: readonly FollowUpFact[],
): readonly FollowUpFact[] => {
  if (startsOn === undefined || startsOn === 'discharge') return facts
  return facts.flatMap((fact): FollowUpFact[] => {
    if (fact.type === 'admission' && startsOn.includes(fact.class)) return [fact, startOf(fact)]
    if (fact.type === 'admission-cancelled') return [fact, { ...fact, type: 'discharge-cancelled' }]
    return fact.type.startsWith('discharge') ? [] : [fact]
  })
}

const startOf = ({ type: _, class: __, ...said }: FactOf<'admission'>): FactOf<'discharge'> => ({
  type: 'discharge',
  disposition: '',
  message: `visit:${said.visit}`,
  ...said,
})

/** Without the episodes that began before a programme was in force, or after. */
export const within = (
  { since, until }: Pick<FollowUpProgramme, 'since' | 'until'>,
  facts: readonly FollowUpFact[],
): readonly FollowUpFact[] => {
  if (since === undefined && until === undefined) return facts
  const from = since === undefined ? Number.NEGATIVE_INFINITY : readInstant(since)
  const to = until === undefined ? Number.POSITIVE_INFINITY : readInstant(until)
  return facts.filter((fact) => {
    if (fact.type !== 'discharge') return true
    const at = readInstant(fact.effective)
    return from <= at && at < to
  })
}
