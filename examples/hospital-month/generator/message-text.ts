import { hl7Time } from './china-time.ts'
import type { Draft } from './drafts.ts'
import type { Registration } from './people.ts'
import { components, repetitions, segment } from './segments.ts'
import type { Stay } from './stays.ts'

const hospital = 'XZCH'

const msh = ({ type, writtenAt }: Draft, controlId: string, charset: string) =>
  // MSH-1 is the separator itself, so every field stands one place before its number.
  segment('MSH', {
    1: '^~\\&',
    2: 'HIS',
    3: hospital,
    4: 'CRM',
    5: hospital,
    6: hl7Time(writtenAt),
    8: type.includes('^') ? type : `ADT^${type}`,
    9: controlId,
    10: 'P',
    11: '2.4',
    16: 'CHN',
    17: charset,
  })

const evn = ({ type, recordedAt, occurredAt }: Draft) =>
  segment('EVN', { 1: type.slice(-3), 2: hl7Time(recordedAt), 6: hl7Time(occurredAt) })

/** The record number first; the card and the identity card as Chinese systems type them, empty where unknown. */
const numbersOf = ({ number, card, papers, person }: Registration) =>
  repetitions(
    components(number, '', '', hospital, 'MR'),
    components(card, '', '', hospital, 'IDCard'),
    components(papers ? person.identityNumber : '', '', '', 'PSB', 'NI'),
  )

const deathOf = (died: Draft['died']): Record<number, string> => {
  if (died === undefined) return {}
  return died === 'revoked' ? { 29: '""', 30: 'N' } : { 29: hl7Time(died), 30: 'Y' }
}

/** Street, city, province, and at the ninth place the county by its code. */
const addressFieldOf = ({ place, street }: Registration['person']) => {
  const { province, city, county, code } = place
  return [county + street, '', city, province, '', 'CHN', 'H', '', code]
}

const pid = ({ stay: { registration }, died }: Draft) => {
  const { name, sex, birthDate, phone } = registration.person
  return segment('PID', {
    1: '1',
    3: numbersOf(registration),
    5: components(name),
    7: birthDate.replaceAll('-', ''),
    8: sex,
    11: components(...addressFieldOf(registration.person)),
    13: phone === undefined ? '无' : components(phone, 'PRN', 'CP'),
    ...deathOf(died),
  })
}

const locationOf = ({ department, room, bed }: Stay) => components(department.ward, room, bed)

const pv1 = ({ type, stay, left, before }: Draft) => {
  const isClinic = type === 'A04'
  const { department, attending, visit, admittedAt } = stay
  return segment('PV1', {
    1: '1',
    2: isClinic ? 'O' : 'I',
    3: isClinic ? components(`${department.code}M`) : locationOf(stay),
    ...(before && { 6: locationOf(before) }),
    7: components(attending.id, attending.name),
    10: components(department.code, department.name),
    19: components(visit, '', '', hospital, 'VN'),
    ...(left && { 36: stay.disposition }),
    44: hl7Time(admittedAt),
    ...(left && { 45: hl7Time(stay.dischargedAt) }),
  })
}

const dg1 = ({ stay: { diagnosis }, left }: Draft) =>
  segment('DG1', {
    1: '1',
    3: components(diagnosis.code, diagnosis.name, 'ICD-10'),
    6: left ? 'F' : 'A',
  })

/** What only messages of one kind carry. */
const particulars = (draft: Draft): readonly string[] => {
  const { type, stay, retired } = draft
  const at = hl7Time(draft.occurredAt)
  switch (type) {
    case 'A31':
      return []
    case 'A40': {
      const former = components(retired?.number, '', '', hospital, 'MR')
      return [segment('MRG', { 1: former })]
    }
    case 'ORU^R01':
      return [
        pv1(draft),
        segment('OBR', { 1: '1', 4: components('CBC', '血常规'), 7: at, 25: 'F' }),
        segment('OBX', {
          1: '1',
          2: 'NM',
          3: components('WBC', '白细胞'),
          5: '6.3',
          6: components('10^9/L'),
          11: 'F',
        }),
      ]
    case 'MDM^T02':
      return [
        pv1(draft),
        segment('TXA', { 1: '1', 2: components('DS', '出院小结'), 4: at, 17: 'AU' }),
        segment('OBX', { 1: '1', 2: 'TX', 5: components(`诊断:${stay.diagnosis.name}`), 11: 'F' }),
      ]
    case 'DFT^P03':
      return [
        pv1(draft),
        segment('FT1', { 1: '1', 4: at, 6: 'CG', 7: components('BED', '床位费'), 11: '45.00' }),
      ]
    default:
      return [pv1(draft), dg1(draft)]
  }
}

/** A message as text, every segment ended by a carriage return. */
export const messageText = (draft: Draft, controlId: string, charset: string): string =>
  [msh(draft, controlId, charset), evn(draft), pid(draft), ...particulars(draft), ''].join('\r')
