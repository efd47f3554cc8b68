import type { Crm, Say } from '@hospital-crm/core'
import { readDay, writeDay, writeInstant, zoneOf } from '@hospital-crm/rules'
import { digestOf } from './digest.ts'
import { generateMonth, type HospitalMonth } from './generator/index.ts'
import { runMonth, zone } from './job.ts'
import { progressBar } from './progress.ts'
import { coverageReport } from './report/coverage.ts'
import { dashboardReport } from './report/dashboard.ts'
import { feedReport, reconciliationReport } from './report/feed.ts'
import { happenedReport } from './report/happened.ts'
import { incidentsReport } from './report/incidents.ts'
import { plantedReport } from './report/planted.ts'
import { explanationReport, timelineReport, worklistReport } from './report/work.ts'
import { seenIncidents } from './seen-incidents.ts'
import type { SetClock } from './set-clock.ts'
import { settleMonth } from './settle-month.ts'

export interface Showing {
  readonly crm: Crm
  readonly clock: SetClock
  readonly say: Say
  readonly locale: string
}

/** The first instant after a local day. */
export const endOf = (day: string, name: string) =>
  writeInstant(zoneOf(name).startOf(readDay(day) + 1))

const daysOf = (month: string) => {
  const first = readDay(`${month}-01`)
  const days = Array.from({ length: 31 }, (_, n) => writeDay(first + n))
  return days.filter((day) => day.startsWith(month))
}

const namesOf = ({ departments }: HospitalMonth) =>
  Object.fromEntries(departments.map(({ code, name }) => [code, name]))

/** Invents a month, runs it through the crm and prints what came of it. */
export const showMonth = async (
  options: Showing & {
    readonly seed: number
    readonly discharges: number
    readonly asOf: string
    /** Where the month's figures go as a page. */
    readonly page: string
  },
) => {
  const { crm, clock, say, locale, seed, discharges, asOf, page } = options
  const month = generateMonth({ seed, month: '2026-03', discharges, zone })
  const until = endOf(asOf, zone)
  const total = month.expected.messages
  const messages = Object.values(total).reduce((sum, count) => sum + count, 0)
  const entered = month.contacts.filter(({ recordedAt }) => recordedAt <= until).length
  const bar = progressBar(messages + entered, 'messages and contacts')
  const days = daysOf('2026-03')
  const ran = await runMonth({ crm, clock, month, days, until, onProgress: bar.update })
  bar.stop()
  const { walked, reconciled, reported } = ran
  console.log(feedReport(walked.taken))
  console.log(plantedReport(month, walked.taken, reported, reconciled))
  console.log(reconciliationReport(reconciled))
  console.log(await worklistReport(crm, asOf, say, locale))
  const { digest, events, counts } = await digestOf(crm)
  console.log(happenedReport(counts))
  const from = writeInstant(zoneOf(zone).startOf(readDay(days[0] ?? asOf)))
  const to = endOf(days.at(-1) ?? asOf, zone)
  console.log(coverageReport(await crm.views.coverage({ from, to }), say, locale))
  console.log(await dashboardReport(crm, { month: '2026-03', page, labels: namesOf(month) }))
  console.log(incidentsReport(await seenIncidents(crm, month), { say, locale, zone }))
  await showOne(options, month)
  await settleMonth(console.log)
  console.log(`${events} events, digest ${digest}`)
}

/** One patient's timeline and one of their tasks explained: a visit on which much has happened. */
const showOne = async ({ crm, say, locale }: Showing, { visits, contacts }: HospitalMonth) => {
  const attempts = new Map<string, number>()
  for (const { visit } of contacts) attempts.set(visit, (attempts.get(visit) ?? 0) + 1)
  const standing = visits.filter(({ fate, kind }) => fate === 'standing' && kind === 'corrections')
  const [chosen] = standing.sort(
    (a, b) => (attempts.get(b.visit) ?? 0) - (attempts.get(a.visit) ?? 0),
  )
  const seen = chosen && (await crm.encounters.get(chosen.visit))
  if (!seen || seen.state.status === 'none') return
  const { patient } = seen.state
  console.log(timelineReport(await crm.views.timeline({ patient }), say, { locale, zone }))
  const followed = await crm.followUps.of(patient)
  const [task] = followed?.state.status === 'followed' ? followed.state.tasks : []
  const explained = task && (await crm.followUps.explain(patient, task.key))
  if (explained) console.log(explanationReport(explained, say, locale))
}
