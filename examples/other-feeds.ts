// Bills, appointments and a platform's services: docs/how-to/take-a-feed.md
import {
  answerTo,
  type CnPlatformProfile,
  type CnPlatformRequest,
  encodeCnPlatformAnswer,
  readCnPlatform,
} from '@hospital-crm/adapters/intake/cn-platform'
import type { ColumnMapping } from '@hospital-crm/adapters/intake/columns'
import { readCsv } from '@hospital-crm/adapters/intake/csv'
import { type FhirProfile, readFhir } from '@hospital-crm/adapters/intake/fhir'
import { type Hl7Profile, readHl7 } from '@hospital-crm/adapters/intake/hl7v2'
import { type Crm, createCrm, timedIds } from '@hospital-crm/core'
import { Schedule, xuzhouPack } from '@hospital-crm/rules'
import { setClock } from './hospital-month/set-clock.ts'

// #region settled
const profile: Hl7Profile = {
  zone: 'Asia/Shanghai',
  charges: {
    currency: 'CNY',
    category: { field: 'FT1-7', codes: { BED: 'bed', CT: 'check-up' }, otherwise: 'treatment' },
    payer: { field: 'PV1-20', codes: { 自费: 'self-pay', 医保: 'public-insurance' } },
  },
  appointments: { schedule: { field: 'AIS-3', codes: { CARD: 'cardiology' } } },
}
// #endregion settled

// #region rows
const bills: ColumnMapping = {
  source: 'csv:bills',
  zone: 'Asia/Shanghai',
  event: 'charges-posted',
  visit: { number: '住院号' },
  charge: {
    id: '流水号',
    occurredOn: '收费日期',
    amount: '金额',
    category: '费用类别',
    payer: { column: '费别', codes: { 自费: 'self-pay', 医保: 'public-insurance' } },
    refundOf: '冲销流水号',
  },
}
// #endregion rows

// #region portal
const portal: FhirProfile = {
  source: 'fhir:portal',
  zone: 'Asia/Shanghai',
  appointments: { schedules: { '394579002': 'cardiology' }, channel: 'web' },
  referrals: { kind: 'slip', partners: { 'ORG-7': 'clinic' } },
  responses: { mode: 'link' },
}
// #endregion portal

// #region platform
/** Takes one call of a platform's service, and answers it when it is kept. */
const answer = async (crm: Crm, request: CnPlatformRequest, settled: CnPlatformProfile) => {
  const outcome = readCnPlatform(request, settled)
  const told = { ...answerTo(outcome), id: timedIds.next(), at: new Date() }
  try {
    await crm.intakes.take([outcome])
    return encodeCnPlatformAnswer(told)
  } catch {
    return encodeCnPlatformAnswer({ ...told, code: 'AE', because: undefined })
  }
}
// #endregion platform

const bytes = (text: string) => new TextEncoder().encode(text)

const registration = `<PRPA_IN201311UV02 xmlns="urn:hl7-org:v3"><id extension="M-1"/>
  <creationTime value="20260302090000"/><controlActProcess><subject><registrationRequest><subject1>
  <patient><id><item root="2.16.156.10011.2.5.1.4" extension="P-1"/></id></patient>
  </subject1></registrationRequest></subject></controlActProcess></PRPA_IN201311UV02>`

const hl7 = (type: string, number: number, ...segments: string[]) =>
  [
    `MSH|^~\\&|HIS|XZCH|||202603021000||${type}|HIS-${number}|P|2.5`,
    'PID|||P-1^^^XZCH^MR',
    ...segments,
    '',
  ].join('\r')

const appointment = {
  ...{ resourceType: 'Appointment', id: 'a1', status: 'booked' },
  serviceType: [{ coding: [{ system: 'http://snomed.info/sct', code: '394579002' }] }],
  start: '2026-03-10T09:00:00+08:00',
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }],
}

const visit = 'PV1||I|||||||||||||||||I1|自费'

const csv =
  '住院号,流水号,收费日期,金额,费用类别,费别,冲销流水号\nI1,F-3,2026-03-02,-45.00,bed,自费,F-1\n'

/** A morning with what else comes. Answers what was made of it. */
export const main = async () => {
  const crm = createCrm({ clock: setClock('2026-03-02T05:00:00Z') })
  await crm.hospitals.open({ name: 'Other feeds', zone: 'Asia/Shanghai', pack: xuzhouPack })
  await crm.schedules.define(
    'cardiology',
    Schedule.parse({
      ...{ title: '心内科', recurrence: 'FREQ=DAILY', start: '2026-03-02' },
      slots: [{ at: '09:00', minutes: 30, places: { his: 1, any: 1 } }],
    }),
  )
  const feed = [
    hl7('ADT^A01', 1, visit),
    hl7(
      'DFT^P03',
      2,
      visit,
      'FT1||F-1||20260302||CG|BED|||||45.00',
      'FT1||F-2||20260302||CG|CT|||2||480',
    ),
    hl7('SIU^S12', 3, 'SCH|7|9', 'AIS|1||CARD|20260309090000'),
  ].join('')
  const taken = await crm.intakes.take(readHl7(bytes(feed), profile))
  await crm.intakes.take(readCsv(bytes(csv), bills))
  const receivedAt = '2026-03-02T05:00:00Z'
  await crm.intakes.take(readFhir(bytes(JSON.stringify(appointment)), portal, { receivedAt }))
  const settled = { source: 'cn-platform:esb', zone: 'Asia/Shanghai' }
  const request = { body: bytes(registration), soapAction: 'urn:hl7-org:v3/PatientInfoRegister' }
  const answered = await answer(crm, request, settled)

  const bill = (await crm.charges.of('I1'))?.state
  const ids = ['hl7v2:HIS|XZCH|9', 'fhir:portal|a1']
  const booked = await Promise.all(ids.map((id) => crm.appointments.get(id)))
  await crm.close()
  const lines = bill?.status === 'charged' ? bill.lines : []
  return {
    taken,
    lines: lines.map(({ id, amount }) => [id, amount]),
    booked: booked.map((seen) => seen?.state),
    answered,
  }
}
