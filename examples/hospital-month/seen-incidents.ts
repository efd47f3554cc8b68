import type { Crm } from '@hospital-crm/core'
import type { HospitalMonth } from './generator/index.ts'
import { checksOf, departureOf, outage, outageDays, visitedDay } from './incidents.ts'

const tasksOf = async (crm: Crm, visit: string) => {
  const seen = await crm.encounters.get(visit)
  if (!seen || seen.state.status === 'none') return []
  const followed = await crm.followUps.of(seen.state.patient)
  const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
  return tasks.filter((task) => task.visit === visit)
}

/** Each check that somebody made, what it did to the call, and how that stands since. */
const checked = async (crm: Crm) => {
  const found = []
  for (const check of (await checksOf(crm)).slice(0, 3)) {
    const seen = await crm.spotChecks.get(check)
    if (seen?.state.status !== 'recorded') continue
    const { patient, visit, performer, auditor, finding } = seen.state
    const [call] = await tasksOf(crm, visit)
    const why = call && (await crm.followUps.explain(patient, call.key))
    const isVoid = why?.evidence.some(({ verdict }) => verdict === 'voided-by-spot-check') ?? false
    found.push({ visit, performer, auditor, finding, isVoid, now: call?.state ?? 'cancelled' })
  }
  return found
}

/** The rounds of the day, and whom the first of them visits in which order. */
const visited = async (crm: Crm) => {
  const { items } = await crm.rounds.list({ from: visitedDay, to: visitedDay })
  const rounds = items.flatMap(({ state }) => (state.status === 'planned' ? [state] : []))
  const stops = []
  for (const { patient, visit, task: key } of rounds[0]?.stops ?? []) {
    const person = (await crm.patients.get(patient))?.state
    const name = person?.status === 'person' ? String(person.name ?? '') : ''
    const task = (await tasksOf(crm, visit)).find((each) => each.key === key)
    stops.push({ name, visit, due: task?.due ?? '', now: task?.state ?? 'cancelled' })
  }
  return { rounds, stops }
}

/** The messages of one doctor that the outage kept back: what is stale of them, and the one that says it all. */
const caughtUp = async (crm: Crm, { staff }: HospitalMonth) => {
  for (const { id } of staff.filter(({ role }) => role === 'attending')) {
    const digests = []
    for (const day of outageDays) {
      const seen = await crm.messages.get(`overdue:staff:${id}:${day}:1`)
      if (!seen || seen.state.status === 'none') continue
      const { askedAt, status, reason = '' } = seen.state
      if (askedAt === outage.until) digests.push({ day, status, reason })
    }
    if (digests.length > 1) return { staff: id, digests }
  }
  return undefined
}

/** The first call of the last patient discharged before the new plan, and of the first after. */
const replanned = async (crm: Crm, { visits }: HospitalMonth) => {
  const standing = visits.filter(({ fate, kind }) => fate === 'standing' && kind === 'plain')
  const dated = standing.flatMap(({ visit, dischargedAt }) =>
    dischargedAt === undefined ? [] : [{ visit, dischargedAt }],
  )
  const byTime = dated.toSorted((a, b) => (a.dischargedAt < b.dischargedAt ? -1 : 1))
  const before = byTime.findLast(({ dischargedAt }) => dischargedAt < '2026-03-15T16:00:00.000Z')
  const after = byTime.find(({ dischargedAt }) => dischargedAt >= '2026-03-16T16:00:00.000Z')
  const found = []
  for (const each of [before, after]) {
    const [call] = each ? await tasksOf(crm, each.visit) : []
    if (each && call)
      found.push({ ...each, plan: `${call.plan}@${call.planVersion}`, due: call.due })
  }
  return found
}

/** Who left, to whom the work went, and what both were told. */
const handedOver = async (crm: Crm, month: HospitalMonth) => {
  const { from, to } = departureOf(month)
  const told = []
  for (const staff of [from, to]) {
    const { items } = await crm.messages.to(`staff/${staff}`, { limit: 500 })
    const templates = ['follow-up.given-away', 'follow-up.taken-over']
    for (const { state } of items) {
      if (state.status !== 'none' && templates.includes(state.template)) {
        told.push({ staff, template: state.template, params: state.params })
      }
    }
  }
  const owed = await crm.views.dayList({ day: '2026-03-31', of: { owners: [from] } })
  return { from, to, told, left: owed.items.length }
}

/** What came of the month's incidents, read from the crm alone. */
export const seenIncidents = async (crm: Crm, month: HospitalMonth) => ({
  checks: await checked(crm),
  visits: await visited(crm),
  caughtUp: await caughtUp(crm, month),
  plans: await replanned(crm, month),
  handOver: await handedOver(crm, month),
})
export type SeenIncidents = Awaited<ReturnType<typeof seenIncidents>>
