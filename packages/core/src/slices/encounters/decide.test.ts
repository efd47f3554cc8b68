import { describe, it } from 'vitest'
import {
  admissionCancelled,
  admit,
  admitted,
  at,
  cancelAdmission,
  cancelDischarge,
  changed,
  discharge,
  dischargeCancelled,
  discharged,
  given,
  leftAtTwelve,
  opened,
  stay,
  transfer,
  update,
} from './encounters.fixture.ts'

const verbs = [
  admit(8),
  transfer(9, { ward: 'W1' }),
  update({ ward: 'W1' }),
  discharge(12),
  cancelDischarge(13),
  cancelAdmission(13),
]

describe('a visit', () => {
  it.each(verbs)('is of somebody known: $type', (command) => {
    for (const patient of ['nobody', 'gone'])
      given()
        .when({ ...command, patient })
        .refuses('patient.unknown')
  })

  it.each(verbs)('never goes over to another person: $type', (command) => {
    given(opened())
      .when({ ...command, patient: 'x' })
      .refuses('encounter.other-patient')
  })

  it('is of whoever the named person has become, through any chain', () => {
    given()
      .when({ ...admit(8), patient: 'old' })
      .gives(opened({ admittedAt: at(8) }), admitted(8))
    given(opened({ patient: 'old' }))
      .when(admit(8))
      .gives(changed({ admittedAt: at(8) }), admitted(8))
    given(opened({ patient: 'older' }))
      .when({ ...admit(8), patient: 'old' })
      .gives(changed({ admittedAt: at(8) }), admitted(8))
  })

  it('is opened by whichever message comes first', () => {
    given()
      .when(admit(8))
      .gives(opened({ admittedAt: at(8) }), admitted(8))
    given().when(discharge(12)).gives(opened(), discharged(12))
    given()
      .when(update({ ward: 'W1' }))
      .gives(opened({ ward: 'W1' }))
    given()
      .when(transfer(9, { ward: 'W1' }))
      .gives(opened({ ward: 'W1' }), {
        type: 'encounter.transferred',
        ...stay,
        at: at(9),
        ward: 'W1',
      })
    given().when(cancelDischarge(13)).gives(opened(), dischargeCancelled(13))
    given().when(cancelAdmission(13)).gives(opened(), admissionCancelled(13))
  })
})

describe('an admission', () => {
  const inProgress = [opened({ admittedAt: at(8) }), admitted(8)]

  it('told again changes nothing', () => {
    given(...inProgress)
      .when(admit(8))
      .givesNothing()
    given(...leftAtTwelve)
      .when(admit(8))
      .givesNothing()
  })

  it('told otherwise is told on, for readmissions are judged by it', () => {
    given(...inProgress)
      .when(admit(7))
      .gives(changed({ admittedAt: at(7) }), admitted(7))
  })

  it('is told by an update or a discharge that speaks of it first', () => {
    given(opened({ class: 'inpatient' }))
      .when(update({ admittedAt: at(8) }))
      .gives(changed({ admittedAt: at(8) }), admitted(8))
    given()
      .when(discharge(12, { admittedAt: at(8) }))
      .gives(opened({ admittedAt: at(8) }), admitted(8), discharged(12))
  })

  it('of which no class is known yet waits for it', () => {
    const first = opened({ admittedAt: at(8) })
    given()
      .when(update({ admittedAt: at(8) }))
      .gives(first)
    given(first).when(admit(8)).gives(admitted(8))
    given(first)
      .when(update({ class: 'outpatient' }))
      .gives(changed({ class: 'outpatient' }), admitted(8, { class: 'outpatient' }))
  })

  it('of an emergency that turns into a stay is told as one', () => {
    const emergency = { class: 'emergency' }
    given(opened({ ...emergency, admittedAt: at(8) }), admitted(8, emergency))
      .when(update({ class: 'inpatient' }))
      .gives(changed({ class: 'inpatient' }), admitted(8))
  })

  it('lies before the discharge', () => {
    given(...leftAtTwelve)
      .when(admit(13))
      .refuses('encounter.discharged-before-admitted')
    given(...leftAtTwelve)
      .when(update({ admittedAt: at(13) }))
      .refuses('encounter.discharged-before-admitted')
  })

  it('that was cancelled stays so when an old message comes again', () => {
    given(...inProgress, admissionCancelled(9))
      .when(admit(8))
      .givesNothing()
    given(...inProgress, admissionCancelled(9))
      .when(cancelAdmission(10))
      .givesNothing()
    given(...inProgress, admissionCancelled(9))
      .when(discharge(9))
      .givesNothing()
  })

  it('that was cancelled may be followed by another', () => {
    given(...inProgress, admissionCancelled(9))
      .when(admit(10))
      .gives(changed({ admittedAt: at(10) }), admitted(10))
  })

  it('whose cancellation came first is cancelled when it arrives', () => {
    const first = [opened(), admissionCancelled(9)]
    given(...first)
      .when(admit(8))
      .gives(changed({ admittedAt: at(8) }))
    given(...first)
      .when(discharge(8))
      .givesNothing()
    given(...first)
      .when(admit(10))
      .gives(changed({ admittedAt: at(10) }), admitted(10))
  })

  it('takes the discharge along when it is cancelled', () => {
    given(...leftAtTwelve)
      .when(cancelAdmission(13))
      .gives(dischargeCancelled(13, 12), admissionCancelled(13))
  })
})

describe('a transfer', () => {
  const inA = opened({ department: 'A', ward: 'A1' })

  it('changes where the patient is', () => {
    given(inA)
      .when(transfer(9, { department: 'B', ward: 'A1' }))
      .gives(changed({ department: 'B' }), {
        type: 'encounter.transferred',
        ...stay,
        at: at(9),
        department: 'B',
      })
  })

  it('to where the patient is already is none', () => {
    given(inA)
      .when(transfer(9, { department: 'A' }))
      .givesNothing()
  })
})

describe('diagnoses', () => {
  it('are equal whatever order a store keeps their fields in', () => {
    given(opened({ diagnoses: [{ name: '肺炎', code: 'J18.9' }] }))
      .when(update({ diagnoses: [{ code: 'J18.9', name: '肺炎' }] }))
      .givesNothing()
  })
})
