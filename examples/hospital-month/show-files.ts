import { createReadStream } from 'node:fs'
import { readHl7Stream } from '@hospital-crm/adapters/intake/hl7v2'
import type { IntakeOutcome } from '@hospital-crm/core'
import { writeDay, writeInstant, zoneOf } from '@hospital-crm/rules'
import { digestOf } from './digest.ts'
import { openHospital } from './open-hospital.ts'
import { progressBar } from './progress.ts'
import { coverageReport } from './report/coverage.ts'
import { feedReport } from './report/feed.ts'
import { happenedReport } from './report/happened.ts'
import { explanationReport, timelineReport, worklistReport } from './report/work.ts'
import { endOf, type Showing } from './show-month.ts'

export interface FilesToShow extends Showing {
  readonly files: readonly string[]
  readonly zone: string
  readonly asOf?: string
}

async function* outcomesOf(
  files: readonly string[],
  zone: string,
): AsyncGenerator<IntakeOutcome, void> {
  for (const file of files) yield* readHl7Stream(createReadStream(file), { zone })
}

/** How many messages there are, and when the newest of them happened. */
const survey = async (files: readonly string[], zone: string) => {
  let count = 0
  let newest = ''
  for await (const outcome of outcomesOf(files, zone)) {
    count += 1
    if (outcome.kind !== 'event') continue
    const at = writeInstant(Date.parse(outcome.event.occurredAt))
    if (at > newest) newest = at
  }
  return { count, newest }
}

/** Reads the user's own files into the crm and prints what came of them. The same files again change nothing. */
export const showFiles = async ({ crm, clock, say, locale, files, zone, asOf }: FilesToShow) => {
  const { count, newest } = await survey(files, zone)
  const local = zoneOf(zone)
  const day = asOf ?? writeDay(local.dayOf(newest === '' ? Date.now() : Date.parse(newest)))
  clock.set(endOf(day, zone))
  await openHospital(crm, zone)
  const bar = progressBar(count, 'messages')
  const taken = await crm.intakes.take(outcomesOf(files, zone), {
    onProgress: ({ read }) => bar.update(read, endOf(day, zone)),
  })
  await crm.work()
  bar.stop()
  console.log(`It is the end of ${day} in ${zone}.\n`)
  console.log(feedReport(taken))
  console.log(await worklistReport(crm, day, say, locale))
  const { digest, events, counts } = await digestOf(crm)
  console.log(happenedReport(counts))
  const everything = { from: '0001-01-01T00:00:00.000Z', to: '9999-12-31T00:00:00.000Z' }
  console.log(coverageReport(await crm.views.coverage(everything), say, locale))
  await showFirst({ crm, clock, say, locale }, zone)
  console.log(`${events} events, digest ${digest}`)
}

/** The timeline and a task of the first patient that has one. */
const showFirst = async ({ crm, say, locale }: Showing, zone: string) => {
  const { items } = await crm.followUps.list({ limit: 1 })
  const [first] = items
  if (first?.state.status !== 'followed') return
  console.log(
    timelineReport(await crm.views.timeline({ patient: first.id }), say, { locale, zone }),
  )
  const [task] = first.state.tasks
  const explained = task && (await crm.followUps.explain(first.id, task.key))
  if (explained) console.log(explanationReport(explained, say, locale))
}
