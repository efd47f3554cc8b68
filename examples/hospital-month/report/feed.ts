import type { Reconciliation, Taken } from '@hospital-crm/core'
import { table } from './table.ts'

const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).sort(([, a], [, b]) => b - a)

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What became of the messages: how many were read, taken, known already, ignored and quarantined. */
export const feedReport = ({ read, taken, known, ignored, quarantined }: Taken) =>
  [
    table(
      'The feed',
      ['read', 'taken', 'known already', 'ignored', 'quarantined'],
      [[read, taken, known, total(ignored), total(quarantined)]],
    ),
    table('Ignored, by event', ['event', 'messages'], counted(ignored)),
    table('Quarantined, by reason', ['reason', 'messages'], counted(quarantined)),
  ].join('\n')

/** Discharges of the HIS's own lists that are not known here, by department. */
export const reconciliationReport = (days: readonly Reconciliation[]) => {
  const sum = (count: (day: Reconciliation) => number) =>
    days.reduce((all, day) => all + count(day), 0)
  const missing: Record<string, number> = {}
  for (const { department = '?' } of days.flatMap((day) => day.missing)) {
    missing[department] = (missing[department] ?? 0) + 1
  }
  return [
    table(
      `Reconciled with the HIS's own lists, ${days.length} days`,
      ['listed', 'known here', 'missing here', 'not listed'],
      [
        [
          sum((d) => d.listed),
          sum((d) => d.known),
          sum((d) => d.missing.length),
          sum((d) => d.unexpected.length),
        ],
      ],
    ),
    table('Missing here, by department', ['department', 'discharges'], counted(missing)),
  ].join('\n')
}
