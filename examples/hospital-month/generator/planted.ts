/**
 * Visits by what befell them. A visit carries at most one of these, though its messages may be sent twice.
 * Each count is exact; what a right CRM must make of it is said beside it.
 */
export interface PlantedVisits {
  /** Visits whose discharge time changed (A08 with another PV1-45) after it was first known: as many corrected discharges, no new ones. */
  readonly corrections: number
  /** Visits whose correction came before the discharge it corrects. EVN-2 says which was recorded last: the discharge time is the A08's, and is first known as that. */
  readonly earlyCorrections: number
  /** Visits whose discharge was cancelled (A13) and entered again with another time (A03): one cancelled discharge each, and a new live one. */
  readonly reenteredDischarges: number
  /** Visits whose discharge was cancelled, the patient staying beyond the month: one cancelled discharge each, no live one, no plan. */
  readonly cancelledDischarges: number
  /** As `cancelledDischarges`, and the old A03 came once more afterwards under a new MSH-10: the replay must change nothing. */
  readonly replayedDischarges: number
  /** As `cancelledDischarges`, but the A13 came before the A03 that it cancels: no discharge may be live, no plan left. */
  readonly earlyCancellations: number
  /** Visits whose admission was cancelled (A11), of persons with no other stay: cancelled visits, no plan; the person is known. */
  readonly cancelledAdmissions: number
  /** Discharged visits after which the patient was admitted again by mistake (A01, A11): the plan stands with its dates. The mistaken visit is cancelled too, on top of `cancelledAdmissions`. */
  readonly cancelledReadmissions: number
  /** Discharged visits whose patient was admitted again as an inpatient within the month: what was open of their plan ends as readmitted. */
  readonly readmissions: number
  /** Discharges with 离院方式 5, which is all that tells the death: live discharges that never start a plan. */
  readonly deathsInHospital: number
  /** Discharged visits whose patient died afterwards, told by A31 or A08 with PID-29 and PID-30: what was due after the death ends. */
  readonly deathsLearned: number
  /** Discharged visits whose patient was told dead (A31) and then not (A31 with PID-30 N): the plan stands. */
  readonly deathsRevoked: number
  /** Pairs of registrations that an A40 says are one person, with one inpatient visit between them: one person and one plan each, the survivor's in the end. */
  readonly merges: number
  /** Visits moved (A02) once, to another department that then discharges them: one transfer each. */
  readonly transfers: number
  /** Visits whose attending doctor changed by an A08 after the discharge, its time unchanged: another owner, and no other discharge time. */
  readonly attendingChanges: number
  /** Discharges whose A01 never came: live discharges like any other. */
  readonly withoutAdmission: number
  /** Discharges whose A03 never came, told by an A08 with PV1-45: live discharges like any other. */
  readonly withoutDischarge: number
  /** Visits whose A03 carries the MSH-10 of an earlier message of another visit: messages of their own, discharges like any other. */
  readonly reusedControlIds: number
  /** Discharges of which no message came after the A01: on the HIS's list and not in the CRM, to be found by reconciliation. */
  readonly missing: number
  /** Visits admitted in the month and still there at its end, with nothing wrong about them. */
  readonly inpatients: number
}

export type AccidentKind = keyof PlantedVisits

/** Numbers by name; a name that never occurs is left out. */
export type Counts = Readonly<Partial<Record<string, number>>>

/** Messages by what is odd about them. */
interface PlantedMessages {
  /** Messages sent again byte for byte, all of them events: known already, nothing is written. */
  readonly duplicates: number
  /** A01 and A03 sent again under a new MSH-10 with nothing else changed: taken, and nothing changes. */
  readonly resends: number
  /** Pieces that are no message or none that can be true: each is quarantined. */
  readonly garbage: number
  readonly garbageByCause: Counts
  /** Messages of kinds that concern no CRM, by MSH-9. */
  readonly ignored: number
  readonly ignoredByType: Counts
  /** Visits to the clinics (A04), those of merged persons included: persons and visits, no plans, and the end of none. */
  readonly outpatients: number
  /** Those of them by patients discharged before, whose plan must go on. */
  readonly outpatientReturns: number
}

/** Parts of the counts above, and of the contacts. */
interface PlantedParts {
  /** Visits whose discharge was cancelled, in whichever of the four ways; each visit once, however often it was told. */
  readonly cancellations: number
  /** Of `readmissions`: no attending doctor had reached the patient before the next stay. */
  readonly readmissionsBeforeTier1: number
  /** Of `readmissions`: the next stay ended within the month too, with a plan of its own. */
  readonly readmissionsDischargedAgain: number
  /** Of `merges`: the discharge was known under the number that was retired afterwards. */
  readonly mergesWithOpenFollowUp: number
  /** `missing` by the code of the department. */
  readonly missingByDepartment: Counts
  /** Contacts that happened before the discharge, though entered after it: they count for nothing. */
  readonly contactsBeforeDischarge: number
  /** Contacts of the call centre on the second to fifth day after the discharge: too early for their tier. */
  readonly contactsTooEarly: number
  /** Contacts entered more than a day after they happened: judged by when they happened. */
  readonly contactsRecordedLate: number
}

/** What was planted in a month, exactly. */
export interface Planted extends PlantedVisits, PlantedMessages, PlantedParts {}
