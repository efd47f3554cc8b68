import { hash } from 'node:crypto'
import type { IntakeIdentifier, IntakeVisit } from '@hospital-crm/core'
import type { Hl7Segment } from '../codec/message.ts'
import { familyAt, writtenName } from './name.ts'
import { placeOf } from './place.ts'
import { instantAt, numberOf, type Reading, textOf, valued } from './reading.ts'

/** What PV1, PID-18 and the DG1 segments say about a visit; undefined, and refused, when nothing numbers it. */
export const visitOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
  patient: IntakeIdentifier | undefined,
): IntakeVisit | undefined => {
  const pv1 = reading.message.segment('PV1')
  const admittedAt = instantAt(reading, pv1, 44)
  const number = visitNumberOf(reading, pid, patient, admittedAt)
  if (number === undefined) return undefined
  return valued({
    number,
    class: classOf(textOf(pv1, 2)),
    ...placeOf(pv1, reading.chinese),
    attending: attendingOf(pv1, reading.chinese),
    admittedAt,
    dischargedAt: instantAt(reading, pv1, 45),
    disposition: textOf(pv1, 36),
    diagnoses: diagnosesOf(reading),
  })
}

/** The visit's number: PV1-19, else PID-18, else one derived; undefined, and refused, when nothing numbers it. */
export const visitNumberOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
  patient: IntakeIdentifier | undefined,
  admittedAt: string | undefined,
): string | undefined => {
  const number =
    numberOf(reading.message.segment('PV1'), 19) ??
    numberOf(pid, 18) ??
    derivedNumber(reading.source, patient, admittedAt)
  if (number === undefined) reading.refusals.push({ code: 'hl7.no-visit-number', field: 'PV1-19' })
  return number
}

/**
 * A patient is admitted once at one time, so both stand for a number where a source has none, and its A03, A08, A11
 * and A13 repeat both. A digest, because a patient's number may be a national one and visit numbers are not sealed.
 */
const derivedNumber = (
  source: string,
  patient: IntakeIdentifier | undefined,
  admittedAt: string | undefined,
): string | undefined =>
  patient && admittedAt
    ? `derived-${hash('sha256', JSON.stringify([source, patient.value, admittedAt])).slice(0, 32)}`
    : undefined

/** Table 0004. A pre-admission (P) is no stay yet, and of C, N and U nothing is known. */
const classes: Readonly<Record<string, IntakeVisit['class']>> = {
  I: 'inpatient',
  B: 'inpatient',
  E: 'emergency',
  O: 'outpatient',
  R: 'outpatient',
  住院: 'inpatient',
  急诊: 'emergency',
  门诊: 'outpatient',
}

const classOf = (code: string | undefined) => classes[code?.toUpperCase() ?? '']

/** The first valued repetition of PV1-7; Chinese systems leave it empty and put the doctor into PV1-17. */
const attendingOf = (pv1: Hl7Segment | undefined, chinese: boolean): IntakeVisit['attending'] => {
  for (const field of chinese ? [7, 17] : [7]) {
    const count = pv1?.count(field) ?? 0
    for (let repetition = 1; pv1 && repetition <= count; repetition += 1) {
      const code = numberOf(pv1, field, 1, undefined, repetition)
      const given = textOf(pv1, field, 3, undefined, repetition)
      const name = writtenName(familyAt(pv1, field, 2, repetition), given)
      const known = code ?? name
      if (known !== undefined) return valued({ code: known, name })
    }
  }
  return undefined
}

const diagnosesOf = (reading: Reading): IntakeVisit['diagnoses'] =>
  reading.message
    .segments('DG1')
    .map((dg1) => valued({ code: textOf(dg1, 3, 1), name: textOf(dg1, 3, 2) ?? textOf(dg1, 4, 1) }))
    .filter((diagnosis) => Object.keys(diagnosis).length > 0)
