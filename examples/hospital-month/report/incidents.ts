import type { Say } from '@hospital-crm/core'
import { outage, visitedDay } from '../incidents.ts'
import type { SeenIncidents } from '../seen-incidents.ts'
import { local } from './local.ts'
import { table } from './table.ts'

interface Words {
  readonly say: Say
  readonly locale: string
  readonly zone: string
}

const visitsReport = ({ rounds, stops }: SeenIncidents['visits'], { say, locale }: Words) => [
  table(
    `Home visits of ${visitedDay}`,
    ['team', 'vehicle', 'region', 'visits'],
    rounds.map(({ team, vehicle = '', region, stops: all }) => [team, vehicle, region, all.length]),
  ),
  table(
    `The day list of ${rounds[0]?.team ?? 'a team'}`,
    ['label.patient', 'label.visit', 'label.due', 'label.state'].map((code) => say(locale, code)),
    stops.map(({ name, visit, due, now }) => [name, visit, due, say(locale, `state.${now}`)]),
  ),
]

/** A table for each of the month's incidents. */
export const incidentsReport = (seen: SeenIncidents, words: Words) => {
  const { checks, visits, caughtUp, plans, handOver } = seen
  const { say, locale, zone } = words
  return [
    table(
      'Calls that were checked by asking the patient again',
      ['visit', 'called by', 'checked by', 'found', 'the call', 'it is now'],
      checks.map(({ visit, performer = '', auditor, finding, isVoid, now }) => [
        ...[visit, performer, auditor, finding],
        ...[isVoid ? 'does not count' : 'counts', say(locale, `state.${now}`)],
      ]),
    ),
    ...visitsReport(visits, words),
    table(
      `What ${handOver.from} left behind, ${handOver.left} still theirs`,
      ['told', 'words'],
      handOver.told.map(({ staff, template, params }) => [
        staff,
        say(locale, `template.${template}`, params),
      ]),
    ),
    table(
      `After the outage from ${local(outage.from, zone)} to ${local(outage.until, zone)}, ${caughtUp?.staff ?? 'nobody'} is told`,
      ['overdue since', 'message', 'because'],
      (caughtUp?.digests ?? []).map(({ day, status, reason }) => [day, status, reason]),
    ),
    table(
      'The first call before and after the new plan of 2026-03-16',
      ['visit', 'discharged', 'plan', 'due'],
      plans.map(({ visit, dischargedAt, plan, due }) => [
        ...[visit, local(dischargedAt, zone), plan, due],
      ]),
    ),
  ].join('\n')
}
