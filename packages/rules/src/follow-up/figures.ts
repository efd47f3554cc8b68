import type { Scene } from './scene.ts'
import type { TaskRecord } from './task-of.ts'

/** How one tier fared: of those completed or past their deadline, how many, and how. */
export interface TierFigures {
  readonly tier: number
  /** The denominator: all of `onTime`, `late`, `open`, `missed` and `unreachable`. */
  readonly due: number
  /** Of the due ones those with a contact on record, whatever came of it: the coverage, over `due`. */
  readonly attempted: number
  /** Early ones among them. */
  readonly onTime: number
  readonly late: number
  /** Overdue, and still to be done. */
  readonly open: number
  readonly missed: number
  readonly unreachable: number
  /** What the patient refused, on the telephone or for good; it is not due. */
  readonly refused: number
  /** From contact to record, added up over the completed ones (`onTime` and `late`). */
  readonly recordLagHours: number
}

/** What a member of staff is appraised by. */
export interface StaffFigures {
  readonly staff: string
  readonly tier1Due: number
  readonly tier1OnTime: number
  readonly spotChecked: number
  readonly spotFailed: number
}

type Counting<Row> = { -readonly [Key in keyof Row]: Row[Key] }

const isDue = ({ task, tier }: TaskRecord, { asOf }: Scene) =>
  task.inDenominator && (task.state === 'completed' || tier.window.deadline <= asOf)

const nothing: Omit<TierFigures, 'tier'> = {
  due: 0,
  attempted: 0,
  onTime: 0,
  late: 0,
  open: 0,
  missed: 0,
  unreachable: 0,
  refused: 0,
  recordLagHours: 0,
}

/** A row for every tier of the plan in force from the beginning, and of any task. */
export const tierFigures = (scene: Scene, records: readonly TaskRecord[]): TierFigures[] => {
  const rows: Counting<TierFigures>[] = []
  const rowOf = (tier: number) => {
    for (const row of rows) if (row.tier === tier) return row
    const row = { tier, ...nothing }
    rows.push(row)
    return row
  }
  for (const { number } of scene.programme.plan.tiers) rowOf(number)
  for (const record of records) {
    const { task } = record
    const row = rowOf(task.tier)
    if (task.reason === 'refused' || task.reason === 'consent') row.refused += 1
    if (!isDue(record, scene)) continue
    row.due += 1
    row.recordLagHours += task.recordLagHours ?? 0
    if (record.tier.considered.length > 0) row.attempted += 1
    if (task.state === 'overdue') row.open += 1
    if (task.state === 'missed') row.missed += 1
    if (task.state === 'unreachable') row.unreachable += 1
    if (task.timeliness === 'late') row.late += 1
    else if (task.timeliness !== null) row.onTime += 1
  }
  return rows.sort((a, b) => a.tier - b.tier)
}

/**
 * To the attending or the last replacement; where none is named, to who performed the contact, also
 * when a spot check voided it.
 */
export const staffFigures = (scene: Scene, records: readonly TaskRecord[]): StaffFigures[] => {
  const rows = new Map<string, Counting<StaffFigures>>()
  const rowOf = (staff: string) => {
    const row = rows.get(staff) ?? {
      staff,
      tier1Due: 0,
      tier1OnTime: 0,
      spotChecked: 0,
      spotFailed: 0,
    }
    rows.set(staff, row)
    return row
  }
  for (const record of records) {
    const { task, tier, episode } = record
    for (const owner of task.ownerHistory) rowOf(owner)
    const performer = tier.completion?.contact.fact.by ?? tier.voided?.fact.by
    const staff = task.owner ?? performer
    if (task.tier === 1 && staff !== undefined) {
      const row = rowOf(staff)
      if (isDue(record, scene)) {
        row.tier1Due += 1
        if (task.timeliness !== null && task.timeliness !== 'late') row.tier1OnTime += 1
      }
    }
    if (task.reason === 'discharge-cancelled' || task.reason === 'merged-duplicate') continue
    for (const { tier: number, contact, isFailed } of episode.audits.audits) {
      if (number !== task.tier) continue
      const checked = task.owner ?? contact.fact.by
      if (checked === undefined) continue
      const row = rowOf(checked)
      row.spotChecked += 1
      if (isFailed) row.spotFailed += 1
    }
  }
  return [...rows.values()].sort((a, b) => (a.staff < b.staff ? -1 : 1))
}
