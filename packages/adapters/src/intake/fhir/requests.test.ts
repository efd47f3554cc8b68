import { createCrm, IntakeEvent } from '@hospital-crm/core'
import {
  AttributionRules,
  dischargeSatisfaction,
  RulePack,
  Schedule,
  xuzhouPack,
} from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { type FhirOutcome, type FhirProfile, readFhir } from './index.ts'

const profile: FhirProfile = {
  source: 'fhir:portal',
  zone: 'Asia/Shanghai',
  appointments: { schedules: { '394579002': 'cardiology' } },
  referrals: { kind: 'slip', partners: { 'ORG-7': 'clinic' } },
  responses: { mode: 'link' },
}

const meta = { lastUpdated: '2026-03-01T00:00:00Z' }
const patient = {
  ...{ resourceType: 'Patient', id: 'p1', meta },
  identifier: [{ system: 'H', value: '1' }],
}

const appointment = {
  ...{ resourceType: 'Appointment', id: 'a1', meta, status: 'booked' },
  serviceType: [{ coding: [{ code: '394579002', display: 'Cardiology' }] }],
  start: '2099-03-09T09:00:00+08:00',
  participant: [
    { actor: { reference: 'Practitioner/d1' }, status: 'accepted' },
    { actor: { reference: 'Patient/p1' }, status: 'accepted' },
  ],
}

const request = {
  ...{ resourceType: 'ServiceRequest', id: 's1', meta, status: 'active', intent: 'order' },
  identifier: [{ value: 'S-1' }],
  category: [{ coding: [{ system: 'http://snomed.info/sct', code: '3457005' }] }],
  subject: { reference: 'Patient/p1' },
  authoredOn: '2026-02-28T08:00:00+08:00',
  requester: { reference: '#role' },
  contained: [
    {
      ...{ resourceType: 'PractitionerRole', id: 'role' },
      organization: { identifier: { value: 'ORG-7' }, display: '桥头诊所' },
    },
  ],
}

const response = {
  ...{ resourceType: 'QuestionnaireResponse', id: 'q1', meta, status: 'completed' },
  questionnaire: 'https://portal.example/Questionnaire/discharge-satisfaction|1',
  encounter: { identifier: { value: 'V1' } },
  authored: '2026-03-01T09:00:00+08:00',
  item: [
    { linkId: 'doctors', answer: [{ valueCoding: { code: 'satisfied' } }] },
    {
      linkId: 'more',
      item: [
        { linkId: 'nurses', answer: [{ valueCoding: { code: 'satisfied' } }] },
        { linkId: 'recommend', answer: [{ valueInteger: 9 }] },
        { linkId: 'worse', answer: [{ valueBoolean: false }] },
      ],
    },
  ],
}

const bytesOf = (...resources: object[]) =>
  new TextEncoder().encode(
    JSON.stringify({
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: resources.map((resource) => ({ resource })),
    }),
  )

/** What the last resource of a bundle comes to. */
const read = (resource: object, by = profile): FhirOutcome => {
  const outcome = readFhir(bytesOf(patient, resource), by).at(-1)
  if (!outcome) throw new Error('nothing was read')
  return outcome
}
const said = (resource: object, by = profile): string => {
  const outcome = read(resource, by)
  if (outcome.kind === 'event') return outcome.event.type
  if (outcome.kind === 'ignored') return `ignored ${outcome.type}`
  return [outcome.code, outcome.field].filter(Boolean).join(' ')
}
const eventOf = (resource: object, by = profile): IntakeEvent => {
  const outcome = read(resource, by)
  if (outcome.kind !== 'event') throw new Error(said(resource, by))
  expect(IntakeEvent.parse(outcome.event)).toEqual(outcome.event)
  return outcome.event
}

describe('what a profile does not settle', () => {
  it('is ignored', () => {
    const plain = { source: 'fhir:portal', zone: 'Asia/Shanghai' }
    expect([appointment, request, response].map((each) => said(each, plain))).toEqual([
      'ignored Appointment',
      'ignored ServiceRequest',
      'ignored QuestionnaireResponse',
    ])
  })
})

describe('an Appointment', () => {
  it('tells of what is booked, when and for whom', () => {
    expect(eventOf(appointment)).toMatchObject({
      ...{ type: 'appointment-booked', key: 'Appointment/a1' },
      ...{ occurredAt: '2026-03-01T00:00:00.000Z', recordedAt: '2026-03-01T00:00:00.000Z' },
      person: { identifiers: [{ value: '1' }, { value: 'p1', type: 'RI' }] },
      appointment: {
        ...{ number: 'a1', schedule: 'cardiology', day: '2099-03-09', at: '09:00' },
        channel: 'web',
      },
    })
  })

  it.each([
    ['booked', 'appointment-booked'],
    ['arrived', 'appointment-attended'],
    ['fulfilled', 'appointment-attended'],
    ['cancelled', 'appointment-cancelled'],
    ['entered-in-error', 'appointment-cancelled'],
    ['noshow', 'appointment-missed'],
    ['proposed', 'ignored Appointment'],
    ['waitlist', 'ignored Appointment'],
    ['constructor', 'ignored Appointment'],
  ])('that is %s says %s', (status, told) => {
    expect(said({ ...appointment, status })).toBe(told)
  })

  it.each<[string, object]>([
    ['fhir.no-patient Appointment.participant', { participant: [] }],
    ['fhir.no-appointment Appointment.identifier', { id: undefined }],
    ['fhir.no-appointment Appointment.start', { start: undefined }],
    ['fhir.bad-time Appointment.start', { start: '2099-02-31T09:00:00Z' }],
    ['fhir.no-appointment Appointment.serviceType', { serviceType: [] }],
    [
      'fhir.unknown-code Appointment.serviceType',
      { serviceType: [{ coding: [{ code: 'constructor' }] }] },
    ],
  ])('is refused by %s', (refusal, change) => {
    expect(said({ ...appointment, ...change })).toBe(refusal)
  })

  it('goes by its service as it is written where the profile names no schedules', () => {
    const by = { ...profile, appointments: { channel: 'wechat' } }
    const specialty = [{ text: 'eye' }]
    expect(eventOf({ ...appointment, serviceType: [], specialty }, by)).toMatchObject({
      appointment: { schedule: 'eye', channel: 'wechat' },
    })
  })
})

describe('a ServiceRequest', () => {
  it('that refers somebody names the partner whose organisation asks', () => {
    expect(eventOf(request)).toMatchObject({
      ...{ type: 'referred', occurredAt: '2026-02-28T00:00:00.000Z' },
      referral: { number: 'S-1', kind: 'slip', partner: 'clinic' },
    })
  })

  it.each<[string, object]>([
    ['referral-withdrawn', { status: 'revoked' }],
    ['ignored ServiceRequest', { status: 'draft' }],
    ['ignored ServiceRequest', { category: [{ coding: [{ code: '108252007' }] }] }],
    ['fhir.no-patient ServiceRequest.subject', { subject: undefined }],
    ['fhir.no-referral ServiceRequest.identifier', { id: undefined, identifier: [] }],
    ['fhir.no-referral ServiceRequest.requester', { requester: undefined }],
    ['fhir.unknown-code ServiceRequest.requester', { requester: { identifier: { value: 'X' } } }],
    ['fhir.bad-time ServiceRequest.authoredOn', { authoredOn: '2026-02' }],
  ])('may say %s', (told, change) => {
    expect(said({ ...request, ...change })).toBe(told)
  })
})

describe('a QuestionnaireResponse', () => {
  it('tells of the answers by question, also within groups', () => {
    expect(eventOf(response)).toMatchObject({
      type: 'survey-answered',
      about: { visit: 'V1', questionnaire: 'discharge-satisfaction@1' },
      response: {
        answers: { doctors: 'satisfied', nurses: 'satisfied', recommend: 9, worse: 'no' },
        ...{ texts: {}, mode: 'link' },
      },
    })
  })

  it('may name the survey, answer with several options, and hold what was written', () => {
    const event = eventOf({
      ...{ ...response, identifier: { value: 'V1#1/three/2' } },
      item: [
        { linkId: 'why', answer: [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'b' } }] },
        { linkId: 'words', answer: [{ valueString: '谢谢' }] },
        { nothing: true },
      ],
    })
    expect(event).toMatchObject({
      about: { survey: 'V1#1/three/2' },
      response: { answers: { why: ['a', 'b'] }, texts: { words: '谢谢' } },
    })
  })

  it.each<[string, object]>([
    ['ignored QuestionnaireResponse', { status: 'in-progress' }],
    ['fhir.no-response QuestionnaireResponse.identifier', { encounter: undefined }],
    ['fhir.no-response QuestionnaireResponse.identifier', { questionnaire: undefined }],
  ])('may come to %s', (told, change) => {
    expect(said({ ...response, ...change })).toBe(told)
  })
})

describe('what a portal sends', () => {
  it('is taken once: an appointment, a referral and answers', async () => {
    const slip = { kind: 'slip', class: 1, timing: 'at-visit', windowDays: 30 }
    const attribution = { id: 'evidence', version: 1, evidence: [slip], bindMonths: 3 }
    const pack = RulePack.parse({
      ...xuzhouPack,
      attribution: AttributionRules.parse(attribution),
      surveys: { questionnaires: [dischargeSatisfaction] },
    })
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack })
    await crm.staff.enrol('chen', { roles: ['marketing'] })
    await crm.partners.register('clinic', {
      ...{ kind: 'clinic', name: '桥头诊所', channel: 'clinics', owner: 'chen' },
      payeeClass: 'institution-elsewhere',
    })
    const schedule = Schedule.parse({
      ...{ title: '心内科', recurrence: 'FREQ=DAILY', start: '2026-03-02' },
      slots: [{ at: '09:00', minutes: 30, places: { any: 1 } }],
    })
    await crm.schedules.define('cardiology', schedule)
    const bundle = readFhir(bytesOf(patient, appointment, request, response), profile)
    expect(await crm.intakes.take(bundle)).toMatchObject({
      ...{ taken: 3, quarantined: { 'survey.unknown-visit': 1 } },
    })
    const encounter = {
      ...{ resourceType: 'Encounter', id: 'e1', meta, status: 'in-progress' },
      ...{ class: { code: 'IMP' }, identifier: [{ value: 'V1' }] },
      subject: { reference: 'Patient/p1' },
    }
    await crm.intakes.take(readFhir(bytesOf(patient, encounter), profile))
    const replayed = await crm.intakes.replay((raw) => readFhir(raw, profile))
    expect(replayed).toMatchObject({ taken: 1, quarantined: {} })
    expect(await crm.intakes.take(bundle)).toMatchObject({ taken: 0, known: 4 })
    const later = { ...request, meta: { lastUpdated: '2026-03-02T00:00:00Z', versionId: '2' } }
    await crm.intakes.take(readFhir(bytesOf({ ...later, status: 'completed' }), profile))

    expect((await crm.appointments.get('fhir:portal|a1'))?.state.status).toBe('booked')
    const touches = await crm.referrals.list({ partner: 'clinic' })
    expect(touches.items.map(({ id }) => id)).toEqual(['fhir:portal|S-1'])
    expect((await crm.surveys.ofVisit('V1')).items.map(({ state }) => state)).toMatchObject([
      { status: 'answered', responses: [{ mode: 'link', answers: { recommend: 9 } }] },
    ])
    await crm.intakes.take(readFhir(bytesOf({ ...later, status: 'revoked' }), profile))
    const { state } = (await crm.referrals.get('fhir:portal|S-1')) ?? {}
    expect(state).toMatchObject({ withdrawn: { because: 'mistaken' } })
  })
})
