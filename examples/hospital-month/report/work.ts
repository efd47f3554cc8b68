import type { CoverageRow, Crm, DayListItem, Say, Timeline } from '@hospital-crm/core'
import type { TaskExplanation } from '@hospital-crm/rules'
import { percent, table } from './table.ts'

/** The worklist of a day: how much is open and overdue by tier and owner, and its first lines. */
export const worklistReport = async (crm: Crm, day: string, say: Say, locale: string) => {
  const items: DayListItem[] = []
  for (const tier of [1, 2, 3]) {
    for (let after: string | undefined; ; ) {
      const page = await crm.views.dayList({
        day,
        of: { tier },
        limit: 500,
        ...(after && { after }),
      })
      items.push(...page.items)
      if (page.next === undefined) break
      after = page.next
    }
  }
  const groups = Map.groupBy(
    items,
    ({ tier, owner, role }) => `${tier}\t${owner ?? say(locale, `role.${role}`)}`,
  )
  const rows = [...groups].map(([name, group]) => {
    const overdue = group.filter(({ state }) => state === 'overdue').length
    return [...name.split('\t'), group.length - overdue, overdue] as (string | number)[]
  })
  rows.sort(
    (a, b) =>
      Number(a[0]) - Number(b[0]) || Number(b[3]) - Number(a[3]) || Number(b[2]) - Number(a[2]),
  )
  const word = (code: string) => say(locale, code)
  return [
    table(
      `The worklist of ${day}, by tier and owner (first 12 of ${rows.length})`,
      [word('label.tier'), word('label.owner'), word('state.open'), word('state.overdue')],
      rows.slice(0, 12),
    ),
    table(
      `Its first lines (of ${items.length})`,
      ['label.due', 'label.tier', 'label.owner', 'label.patient', 'label.visit', 'label.state'].map(
        word,
      ),
      items
        .slice(0, 8)
        .map(({ due, tier, owner, role, name, visit, state }) => [
          due,
          tier,
          owner ?? word(`role.${role}`),
          name ?? '',
          visit,
          word(`state.${state}`),
        ]),
    ),
  ].join('\n')
}

/** Coverage, on time and late by department and tier, the whole hospital last. */
export const coverageReport = (rows: readonly CoverageRow[], say: Say, locale: string) => {
  const word = (code: string) => say(locale, code)
  const cells = (row: CoverageRow) => {
    const { owed, completed, onTime, late, overdue, missed, coming } = row
    return [
      owed,
      completed,
      percent(completed, owed),
      percent(onTime, owed),
      percent(late, owed),
      overdue + missed,
      coming,
    ]
  }
  const tiers = [...new Set(rows.map(({ tier }) => tier))].sort()
  const add = (a: CoverageRow, b: CoverageRow) =>
    Object.fromEntries(
      Object.entries(a).map(([name, value]) => [
        name,
        typeof value === 'number' && name !== 'tier' ? value + (b[name as 'owed'] ?? 0) : value,
      ]),
    ) as unknown as CoverageRow
  const sums = tiers.flatMap((tier) => {
    const of = rows.filter((row) => row.tier === tier)
    const [first, ...rest] = of
    return first ? [{ ...rest.reduce(add, first), department: '*' }] : []
  })
  const head = [
    'label.department',
    'label.tier',
    'label.owed',
    'label.completed',
    'label.coverage',
    'label.on-time',
    'label.late',
    'label.overdue',
    'label.coming',
  ]
  return table(
    'Coverage by department and tier, of what is owed so far and to come',
    head.map(word),
    [...rows, ...sums].map((row) => [row.department, row.tier, ...cells(row)]),
  )
}

/** A patient's timeline, personal data covered. */
export const timelineReport = ({ person, entries }: Timeline, say: Say, locale: string) =>
  table(
    `The timeline of ${String(person?.name ?? 'a patient')}`,
    ['when (UTC)', 'what'],
    entries
      .slice(0, 30)
      .map(({ at, code, params }) => [
        at.slice(0, 16).replace('T', ' '),
        say(locale, code, params),
      ]),
  )

/** Why one task exists and why its dates are what they are. */
export const explanationReport = (explained: TaskExplanation, say: Say, locale: string) => {
  const { task, trigger, zone, day0, plan, opens, due, horizon, evidence, stops, selection } =
    explained
  const said = evidence.map(({ fact, verdict }) => {
    const result = say(locale, `result.${fact.result}`)
    return [`contact of ${fact.effective}`, `${result}: ${say(locale, `rejection.${verdict}`)}`]
  })
  return table(
    `Why task ${task.key} exists`,
    ['', ''],
    [
      ['begun by', `${trigger.type}, known ${trigger.at}`],
      ['day 0', `${day0} (${zone})`],
      ['plan', `${plan.id}@${plan.version}`],
      ['opens', `${opens.day} (day 0 + ${JSON.stringify(opens.offset)})`],
      ['due', `${due.day} (day 0 + ${JSON.stringify(due.offset)}, shift ${due.shift})`],
      ['counts until', horizon],
      ['drawn', selection.verdict],
      ...said,
      ...stops.map(({ reason, from }) => [
        'stopped',
        `${say(locale, `reason.${reason}`)} from ${from}`,
      ]),
      ['state', say(locale, `state.${task.state}`)],
    ],
  )
}
