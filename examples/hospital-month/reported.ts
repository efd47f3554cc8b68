import type { Crm, Encounter, Json, LoggedEvent } from '@hospital-crm/core'

/** What the crm itself says happened, counted from its log under the generator's names. */
export interface Reported {
  readonly patients: number
  readonly liveDischarges: number
  readonly corrections: number
  readonly attendingChanges: number
  readonly cancellations: number
  readonly reenteredDischarges: number
  readonly cancelledAdmissions: number
  readonly readmissions: number
  readonly deathsInHospital: number
  readonly deathsTold: number
  readonly deathsRevoked: number
  readonly merges: number
  readonly transfers: number
  readonly outpatients: number
  readonly inpatients: number
}

type Known = Exclude<Encounter, { status: 'none' }>

/** The log, whole, a page at a time. */
export async function* logOf(crm: Crm): AsyncGenerator<LoggedEvent, void> {
  for (let after = 0; ; ) {
    const page = await crm.door.log({ after, limit: 2000 })
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.position
  }
}

const field = (data: Json, name: string) => (data as Record<string, Json>)[name]

/** What the log tells of visits and persons. */
const readLog = async (crm: Crm) => {
  const visits = new Set<string>()
  const of: Record<string, Set<string>> = {}
  const intoOf = new Map<string, string>()
  const put = (name: string, id: string) => {
    of[name] ??= new Set()
    of[name].add(id)
  }
  for await (const { key, type, data } of logOf(crm)) {
    if (key.kind === 'encounter') visits.add(key.id)
    if (type === 'encounter.discharge-corrected') {
      put(field(data, 'at') === field(data, 'before') ? 'restated' : 'corrected', key.id)
    } else if (type === 'patient.merged-into') intoOf.set(key.id, String(field(data, 'into')))
    put(type, key.id)
  }
  const size = (name: string) => of[name]?.size ?? 0
  return { visits: [...visits], of, size, intoOf }
}

const readVisits = async (crm: Crm, ids: readonly string[]) => {
  const found: (Known & { readonly visit: string })[] = []
  for (let at = 0; at < ids.length; at += 500) {
    const page = await crm.encounters.getMany(ids.slice(at, at + 500))
    for (const seen of page) {
      if (seen && seen.state.status !== 'none') found.push({ ...seen.state, visit: seen.id })
    }
  }
  return found
}

/** Discharged stays after which the same person was admitted as an inpatient again. */
const readmissionsOf = (stays: readonly Known[], personOf: (id: string) => string) => {
  const byPerson = Map.groupBy(stays, ({ patient }) => personOf(patient))
  return stays.filter(
    ({ status, patient, dischargedAt }) =>
      status === 'discharged' &&
      dischargedAt !== undefined &&
      byPerson.get(personOf(patient))?.some(({ admittedAt, status: state }) => {
        return state !== 'cancelled' && admittedAt !== undefined && admittedAt >= dischargedAt
      }),
  )
}

/** Counts what happened, by the crm's log and records alone. */
export const reportedOf = async (crm: Crm): Promise<Reported> => {
  const { visits, of, size, intoOf } = await readLog(crm)
  const known = await readVisits(crm, visits)
  const stays = known.filter((visit) => (visit.class ?? 'inpatient') === 'inpatient')
  const live = stays.filter(({ status }) => status === 'discharged')
  const personOf = (id: string): string => {
    const into = intoOf.get(id)
    return into === undefined ? id : personOf(into)
  }
  return {
    patients: size('patient.registered') - size('patient.merged-into'),
    liveDischarges: live.length,
    corrections: size('corrected'),
    attendingChanges: size('restated'),
    cancellations: size('encounter.discharge-cancelled'),
    reenteredDischarges: live.filter(({ visit }) => of['encounter.discharge-cancelled']?.has(visit))
      .length,
    cancelledAdmissions: size('encounter.admission-cancelled'),
    readmissions: readmissionsOf(stays, personOf).length,
    deathsInHospital: live.filter(({ disposition }) => disposition === '5').length,
    deathsTold: size('patient.died'),
    deathsRevoked: size('patient.death-revoked'),
    merges: size('patient.merged-into'),
    transfers: size('encounter.transferred'),
    outpatients: known.filter((visit) => visit.class === 'outpatient').length,
    inpatients: stays.filter(({ status }) => status === 'in-progress').length,
  }
}
