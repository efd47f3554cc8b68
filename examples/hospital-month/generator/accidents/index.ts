import type { AccidentKind } from '../planted.ts'
import type { Accident } from '../story.ts'
import {
  cancelledAdmissions,
  cancelledReadmissions,
  inpatients,
  readmissions,
  transfers,
  withoutAdmission,
} from './admissions.ts'
import {
  attendingChanges,
  cancelledDischarges,
  corrections,
  earlyCancellations,
  earlyCorrections,
  missing,
  reenteredDischarges,
  replayedDischarges,
  reusedControlIds,
  withoutDischarge,
} from './discharges.ts'
import { deathsInHospital, deathsLearned, deathsRevoked, merges } from './lives.ts'

/** Everything that can befall a visit, in the order in which it is told. */
export const accidents: Readonly<Record<AccidentKind, Accident>> = {
  corrections,
  earlyCorrections,
  reenteredDischarges,
  cancelledDischarges,
  replayedDischarges,
  earlyCancellations,
  cancelledAdmissions,
  cancelledReadmissions,
  readmissions,
  deathsInHospital,
  deathsLearned,
  deathsRevoked,
  merges,
  transfers,
  attendingChanges,
  withoutAdmission,
  withoutDischarge,
  reusedControlIds,
  missing,
  inpatients,
}
