import type { Door } from '../kernel/door.ts'
import { Instant } from '../kernel/fields.ts'
import { refuse } from '../kernel/refusal.ts'
import { followUp } from '../slices/follow-ups/index.ts'
import type { FollowUp, Task } from '../slices/follow-ups/schema.ts'

/** What was owed and what was done, in one department and tier, of the discharges of a period. */
export interface CoverageRow {
  readonly department: string
  readonly tier: number
  /** Tasks that count: neither cancelled nor left out by a draw. */
  readonly owed: number
  readonly completed: number
  readonly onTime: number
  readonly late: number
  /** Past their deadline and not done, whether they still can be or not. */
  readonly overdue: number
  readonly missed: number
  readonly unreachable: number
  /** Not due yet. */
  readonly coming: number
  readonly cancelled: number
}

type Counts = { -readonly [Name in Exclude<keyof CoverageRow, 'department' | 'tier'>]: number }

const none = (): Counts => ({
  owed: 0,
  completed: 0,
  onTime: 0,
  late: 0,
  overdue: 0,
  missed: 0,
  unreachable: 0,
  coming: 0,
  cancelled: 0,
})

const count = (row: Counts, { state, timeliness, inDenominator }: Task) => {
  if (inDenominator) row.owed += 1
  if (state === 'completed') row.completed += 1
  if (timeliness === 'late') row.late += 1
  else if (timeliness !== null) row.onTime += 1
  if (state === 'overdue') row.overdue += 1
  if (state === 'missed') row.missed += 1
  if (state === 'unreachable') row.unreachable += 1
  if (state === 'pending' || state === 'open') row.coming += 1
  if (state === 'cancelled') row.cancelled += 1
}

const pageSize = 500

/**
 * Coverage, on-time and late by department and tier, over the discharges from `from` (included) to
 * `to` (excluded), both instants in UTC. Reads the records of the period, so it costs what they are.
 */
export const coverageOf = async (
  door: Door,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly CoverageRow[]> => {
  if (![from, to].every((instant) => Instant.safeParse(instant).success)) {
    return refuse('instant.malformed')
  }
  const rows = new Map<string, { department: string; tier: number; counts: Counts }>()
  const seen = new Set<string>()
  for (let after: string | undefined; ; ) {
    const query = {
      index: 'discharged',
      equals: [],
      from,
      to,
      limit: pageSize,
      ...(after && { after }),
    }
    const { items, next } = await door.list(followUp, query)
    for (const { id, state } of items) {
      if (seen.has(id) || state.status !== 'followed') continue
      seen.add(id)
      const { episodes, tasks } = state as unknown as Extract<FollowUp, { status: 'followed' }>
      for (const { visit, department = '', dischargedAt } of episodes) {
        if (dischargedAt < from || dischargedAt >= to) continue
        for (const task of tasks.filter((each) => each.visit === visit)) {
          const name = `${department}\u0000${task.tier}`
          const row = rows.get(name) ?? { department, tier: task.tier, counts: none() }
          count(row.counts, task)
          rows.set(name, row)
        }
      }
    }
    if (next === undefined) break
    after = next
  }
  return [...rows.values()]
    .map(({ department, tier, counts }) => ({ department, tier, ...counts }))
    .sort((a, b) =>
      a.department < b.department ? -1 : a.department > b.department ? 1 : a.tier - b.tier,
    )
}
