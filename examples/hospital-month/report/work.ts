import type { Crm, DayListItem, Say, Timeline } from '@hospital-crm/core'
import type { TaskExplanation } from '@hospital-crm/rules'
import { local } from './local.ts'
import { table } from './table.ts'

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

/** A patient's timeline, personal data covered, in the hospital's time. */
export const timelineReport = (
  { person, entries }: Timeline,
  say: Say,
  { locale, zone }: { readonly locale: string; readonly zone: string },
) =>
  table(
    `The timeline of ${String(person?.name ?? 'a patient')}`,
    [`when (${zone})`, 'what'],
    entries
      .slice(0, 30)
      .map(({ at, code, params }) => [local(at, zone), say(locale, code, params)]),
  )

/** Why one task exists and why its dates are what they are. */
export const explanationReport = (explained: TaskExplanation, say: Say, locale: string) => {
  const { task, trigger, zone, day0, plan, opens, due, horizon, evidence, stops, selection } =
    explained
  const said = evidence.map(({ fact, verdict }) => {
    const result = say(locale, `result.${fact.result}`)
    const counted = [`verdict.${verdict}`, `rejection.${verdict}`]
      .map((code) => [code, say(locale, code)] as const)
      .find(([code, word]) => word !== code)
    return [`contact of ${local(fact.effective, zone)}`, `${result}: ${counted?.[1] ?? verdict}`]
  })
  return table(
    `Why task ${task.key} exists`,
    ['', ''],
    [
      ['begun by', `${trigger.type}, known ${local(trigger.at, zone)}`],
      ['day 0', `${day0} (${zone})`],
      ['plan', `${plan.id}@${plan.version}`],
      ['opens', `${opens.day} (day 0 + ${JSON.stringify(opens.offset)})`],
      ['due', `${due.day} (day 0 + ${JSON.stringify(due.offset)}, shift ${due.shift})`],
      ['counts until', horizon],
      ['drawn', selection.verdict],
      ...said,
      ...stops.map(({ reason, from }) => [
        'stopped',
        `${say(locale, `reason.${reason}`)} from ${local(from, zone)}`,
      ]),
      ['state', say(locale, `state.${task.state}`)],
    ],
  )
}
