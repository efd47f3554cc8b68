import type { Hl7Profile } from '@hospital-crm/adapters/intake/hl7v2'
import type { Crm, Reconciliation } from '@hospital-crm/core'
import type { HospitalMonth } from './generator/index.ts'
import { incidentsOf, outage } from './incidents.ts'
import { enrolStaff, openHospital } from './open-hospital.ts'
import { type Reported, reportedOf } from './reported.ts'
import type { SetClock } from './set-clock.ts'
import { voicesOf } from './voices.ts'
import { type Walked, walk } from './walk.ts'

export const zone = 'Asia/Shanghai'
export const profile: Hl7Profile = { zone }

export interface MonthJob {
  readonly crm: Crm
  readonly clock: SetClock
  readonly month: HospitalMonth
  /** The local days of the month. */
  readonly days: readonly string[]
  /** The instant at which the walk ends. */
  readonly until: string
  readonly onProgress?: (done: number, instant: string) => void
}

/** Runs a whole month through a crm: opens the hospital, walks the days, reconciles each day, and counts. */
export const runMonth = async ({
  crm,
  clock,
  month,
  days,
  until,
  onProgress,
}: MonthJob): Promise<{ walked: Walked; reconciled: Reconciliation[]; reported: Reported }> => {
  const { messages, contacts, staff, departments } = month
  await openHospital(crm, zone)
  await enrolStaff(crm, staff, departments)
  const incidents = [...incidentsOf(month), ...voicesOf(month)].sort((one, other) =>
    one.at < other.at ? -1 : 1,
  )
  const walked = await walk({
    ...{ crm, clock, profile, messages, contacts, until, incidents, outage },
    ...(onProgress && { onProgress }),
  })
  const reconciled: Reconciliation[] = []
  for (const day of days) {
    const listed = month.discharges(day).map(({ visit, department }) => ({ visit, department }))
    reconciled.push(await crm.intakes.reconcile('his-list', day, listed))
  }
  return { walked, reconciled, reported: await reportedOf(crm) }
}
