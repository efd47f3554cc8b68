import { table } from './table.ts'

const shown: readonly (readonly [type: string, words: string])[] = [
  ['follow-up.planned', 'tasks planned'],
  ['follow-up.completed', 'tasks done'],
  ['follow-up.fell-overdue', 'fell overdue'],
  ['follow-up.escalated', 'escalations'],
  ['follow-up.missed', 'missed'],
  ['follow-up.cancelled', 'called off'],
  ['follow-up.became-unreachable', 'not reachable'],
  ['message.asked', 'reminders and alarms asked for'],
  ['message.sent', 'sent'],
  ['message.cancelled', 'called off before they were sent'],
  ['message.skipped', 'skipped as stale'],
]

/** What the log holds of follow-ups and messages. */
export const happenedReport = (counts: Readonly<Record<string, number>>) =>
  table(
    'Follow-ups and reminders',
    ['what', 'times'],
    shown.map(([type, words]) => [words, counts[type] ?? 0]),
  )
