import type { Reconciliation, Taken } from '@hospital-crm/core'
import type { HospitalMonth } from '../generator/index.ts'
import type { Reported } from '../reported.ts'
import { table } from './table.ts'

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What the generator planted under a name, and what the crm says of it; the two must be equal. */
export const comparisonsOf = (
  { planted, expected }: HospitalMonth,
  taken: Taken,
  reported: Reported,
  reconciled: readonly Reconciliation[],
): readonly (readonly [name: string, planted: number, reported: number])[] => {
  const { fates } = expected
  const cancelledAdmissions = planted.cancelledAdmissions + planted.cancelledReadmissions
  const stillIn = fates['in-hospital'] + fates['discharge-cancelled'] + fates.unheard
  const missing = reconciled.reduce((sum, day) => sum + day.missing.length, 0)
  return [
    ['duplicate messages', planted.duplicates, taken.known],
    ['ignored messages', planted.ignored, total(taken.ignored)],
    ['garbage', total(expected.quarantined as Record<string, number>), total(taken.quarantined)],
    ['patients, after merges', expected.patients, reported.patients],
    ['merges', planted.merges, reported.merges],
    ['live discharges', expected.liveDischarges, reported.liveDischarges],
    ['discharges missing from the feed', planted.missing, missing],
    ['corrected discharges', planted.corrections, reported.corrections],
    ['changes of attending', planted.attendingChanges, reported.attendingChanges],
    ['cancelled discharges', planted.cancellations, reported.cancellations],
    ['of these entered again', planted.reenteredDischarges, reported.reenteredDischarges],
    ['cancelled admissions', cancelledAdmissions, reported.cancelledAdmissions],
    ['readmissions', planted.readmissions, reported.readmissions],
    ['deaths in hospital', planted.deathsInHospital, reported.deathsInHospital],
    ['deaths told later', planted.deathsLearned + planted.deathsRevoked, reported.deathsTold],
    ['of these revoked', planted.deathsRevoked, reported.deathsRevoked],
    ['transfers', planted.transfers, reported.transfers],
    ['clinic visits', planted.outpatients, reported.outpatients],
    ['still in hospital', stillIn, reported.inpatients],
  ]
}

/** Planted beside reported, line by line. */
export const plantedReport = (...of: Parameters<typeof comparisonsOf>) =>
  table(
    'Planted by the generator, reported by the crm',
    ['what', 'planted', 'reported', ''],
    comparisonsOf(...of).map(([name, planted, reported]) => {
      return [name, planted, reported, planted === reported ? '=' : 'DIFFERS']
    }),
  )
