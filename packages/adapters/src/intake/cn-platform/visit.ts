import type { IntakeVisit } from '@hospital-crm/core'
import { at, attribute, children, descendants } from '../../xml.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import {
  codedAt,
  findIn,
  instantAt,
  nameAt,
  numberAt,
  oids,
  type Reading,
  refuse,
} from './elements.ts'

/** The kinds of patients. */
const classes: Readonly<Record<string, IntakeVisit['class']>> = {
  '1': 'outpatient',
  '2': 'emergency',
  '3': 'inpatient',
}

/** What an encounter says about a visit; undefined, and refused, when nothing numbers it. */
export const visitOf = (reading: Reading, encounter: unknown): IntakeVisit | undefined => {
  const number = visitNumber(encounter)
  if (number === undefined) {
    return refuse(reading, 'cn-platform.no-visit-number', 'encounterEvent/id')
  }
  const during = at(encounter, 'effectiveTime')
  return valued({
    number,
    class: classes[attribute(at(encounter, 'code'), 'code') ?? ''],
    ...placesOf(encounter),
    attending: attendingOf(encounter),
    admittedAt: instantAt(reading, at(during, 'low'), 'encounterEvent/effectiveTime/low'),
    dischargedAt: instantAt(reading, at(during, 'high'), 'encounterEvent/effectiveTime/high'),
    disposition: codedAt(at(encounter, 'dischargeDispositionCode')).code,
    diagnoses: diagnosesOf(encounter),
  })
}

/** An inpatient number may stay through several stays, so it counts with the number of the stay. */
const visitNumber = (encounter: unknown): string | undefined => {
  const visit = numberAt(encounter, oids.visit)
  if (visit !== undefined) return visit
  const number = numberAt(encounter, oids.inpatient) ?? numberAt(encounter, oids.outpatient)
  const count = numberAt(encounter, oids.visitCount)
  return number === undefined || count === undefined ? number : `${number}-${count}`
}

/** Where the patient is: after a transfer the place transferred to (location1), at a discharge the one left. */
const placesOf = (encounter: unknown) => {
  const place =
    at(encounter, 'location1') ?? at(encounter, 'location') ?? at(encounter, 'departedBy')
  const found = (root: string) => {
    for (const element of descendants(place)) {
      const code = numberAt(element, root)
      if (code !== undefined) return valued({ code, name: nameAt(element) })
    }
    return undefined
  }
  const called = (root: string) => {
    const own = found(root)
    return own?.name ?? own?.code
  }
  return {
    department: found(oids.department),
    ward: called(oids.ward),
    room: called(oids.room),
    bed: called(oids.bed),
  }
}

/** The responsible doctor stands as the one who admits; who registered a discharge is a clerk. */
const attendingOf = (encounter: unknown): IntakeVisit['attending'] => {
  const doctor = at(encounter, 'admitter', 'assignedPerson')
  const name = nameAt(at(doctor, 'assignedPerson'))
  const code = numberAt(doctor, oids.staff) ?? name
  return code === undefined ? undefined : valued({ code, name })
}

const diagnosesOf = (encounter: unknown): IntakeVisit['diagnoses'] =>
  children(encounter, 'reason')
    .map((reason) => valued(codedAt(findIn(reason, 'value'))))
    .filter((diagnosis) => Object.keys(diagnosis).length > 0)
