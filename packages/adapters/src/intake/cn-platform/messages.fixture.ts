import { oids } from './elements.ts'

/** Messages of invented people as platforms send them, for the tests of this folder. */

const item = (root: string, extension: string) => `<item root="${root}" extension="${extension}"/>`
const ids = (numbers: Readonly<Record<string, string>>) =>
  `<id>${Object.entries(numbers)
    .map(([name, value]) => item(oids[name as keyof typeof oids], value))
    .join('')}</id>`
const name = (text: string) =>
  `<name xsi:type="DSET_EN"><item><part value="${text}"/></item></name>`

const message = (root: string, id: string, content: string) =>
  `<${root} ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><id root="2.16.156.10011.2.5.1.1" extension="${id}"/><creationTime value="20260301101500"/><interactionId extension="${root}"/><controlActProcess classCode="CACT"><subject typeCode="SUBJ">${content}</subject></controlActProcess></${root}>`

/** What a message says beyond the least it must say. */
export interface Said {
  readonly root?: string
  readonly id?: string
  readonly numbers?: Readonly<Record<string, string>>
  readonly nationalId?: string
  readonly name?: string
  readonly status?: string
  readonly time?: string
  readonly visit?: Readonly<Record<string, string>>
  readonly more?: string
}

/** A patient is registered, updated or, with a retired number, merged. */
export const registration = (said: Said = {}, retired?: string): string => {
  const { numbers = { patient: 'P-1' }, nationalId = '11010519491231002X' } = said
  const prior =
    retired === undefined
      ? ''
      : `<replacementOf><priorRegistration><subject1><priorRegisteredRole>${ids({ patient: retired })}</priorRegisteredRole></subject1></priorRegistration></replacementOf>`
  const kind = retired === undefined ? 'registrationRequest' : 'registrationEvent'
  const person = `<patientPerson>${ids({ nationalId })}${name(said.name ?? '王秀英')}<telecom><item value="15400000001"/><item value="无"/></telecom><administrativeGenderCode code="2"/><birthTime value="19491231"/><addr><item><part type="SAL" value=""/><part type="STA" value="江苏省"/><part type="CTY" value="徐州市"/><part type="CNT" value="云龙区"/><part type="BNR" value="1号"/></item></addr>${said.more ?? ''}<personalRelationship><telecom><item value="15400000009"/></telecom></personalRelationship></patientPerson>`
  return message(
    said.root ?? 'PRPA_IN201311UV02',
    said.id ?? 'M-1',
    `<${kind}><statusCode code="active"/><subject1><patient>${ids(numbers)}${person}</patient></subject1>${prior}</${kind}>`,
  )
}

const place = (root: string, code: string, called: string, inner = '') =>
  `<locatedEntityHasParts><locatedPlace><id>${item(root, code)}</id>${name(called)}${inner}</locatedPlace></locatedEntityHasParts>`

const where = (department: string, called: string) =>
  `<serviceDeliveryLocation><location><id>${item(oids.department, department)}</id>${name(called)}${place(oids.ward, '9505', '九病区', place(oids.room, '12', '12室', place(oids.bed, '03', '3床')))}</location></serviceDeliveryLocation>`

/** A visit: the same root for a registration, an admission and, with some vendors, a discharge. */
export const encounter = (said: Said = {}): string => {
  const numbers = said.visit ?? { inpatient: 'ZY001', visitCount: '2', visit: 'V-1' }
  const patient = `<subject typeCode="SBJ"><patient>${ids(said.numbers ?? { patient: 'P-1' })}<patientPerson>${ids({ nationalId: said.nationalId ?? '11010519491231002X' })}${name(said.name ?? '王秀英')}</patientPerson></patient></subject>`
  const doctor = `<admitter><assignedPerson>${ids({ staff: '3109' })}<assignedPerson>${name('李明')}</assignedPerson></assignedPerson></admitter>`
  const diagnosis = `<reason><observationDx><code/><value code="I63.9"><displayName value="脑梗死"/></value></observationDx></reason>`
  return message(
    said.root ?? 'PRPA_IN400001UV',
    said.id ?? 'M-1',
    `<encounterEvent>${ids(numbers)}<code code="3"/><statusCode code="${said.status ?? ''}"/><effectiveTime>${said.time ?? '<low value="20260220170100"/>'}</effectiveTime>${patient}${doctor}<location>${where('4506', '心内科')}</location>${diagnosis}${said.more ?? ''}</encounterEvent>`,
  )
}

/** A transfer says where from and where to. */
export const transfer = (): string =>
  message(
    'PRPA_IN302011UV',
    'M-2',
    `<encounterEvent>${ids({ inpatient: 'ZY001', visit: 'V-1' })}<subject><patient>${ids({ patient: 'P-1' })}</patient></subject><location1><time><low value="202602250900"/></time>${where('4601', '神经内科')}</location1><location2><time><low value="202602250850"/></time>${where('4506', '心内科')}</location2></encounterEvent>`,
  )

/** A discharge names the place that was left in another way. */
export const discharge = (said: Said = {}): string =>
  message(
    said.root ?? 'PRPA_IN400003UV',
    said.id ?? 'M-3',
    `<encounterEvent>${ids({ inpatient: 'ZY001', visit: 'V-1' })}<code code="3"/><statusCode code="${said.status ?? ''}"/><effectiveTime>${said.time ?? '<high value="20260301101000"/>'}</effectiveTime><subject><patient>${ids({ patient: 'P-1' })}</patient></subject><discharger><assignedPerson>${ids({ staff: '7777' })}</assignedPerson></discharger><departedBy><transportationEvent><location><locatedEntity><location>${item(oids.department, '4506')}${name('心内科')}</location></locatedEntity></location></transportationEvent></departedBy></encounterEvent>`,
  )

/** What an appointment says beyond the least it must say; '' leaves a number or a time out. */
export interface SaidOfAppointment {
  readonly root?: string
  readonly id?: string
  readonly created?: string
  readonly number?: string
  readonly act?: string
  readonly status?: string
  readonly statusName?: string
  readonly system?: string
  readonly resource?: string
  readonly staff?: string
  readonly from?: string
  readonly at?: string
}

/** An appointment with an outpatient clinic, as the schemas of S0053 and S0054 have it. */
export const appointment = (said: SaidOfAppointment = {}): string => {
  const numbered = (root: string, value: string) => `<id>${item(root, value)}</id>`
  const low = (value: string) => `<low value="${value}"/>`
  const patient = `<subject><patient classCode="PAT">${ids({ patient: 'P-1' })}<patientPerson>${ids({ nationalId: '11010519491231002X' })}${name('王秀英')}</patientPerson></patient></subject>`
  const system = `<reusableDevice><time>${low('20260228090000')}</time><assignedDevice classCode="ASSIGNED">${numbered('2.16.156.10011.2.5.1.3', said.system ?? 'HIS')}<code code="${said.status ?? '0'}" codeSystem="2.16.156.10011.2.5.1.30" codeSystemName="门诊预约状态代码表"><displayName value="${said.statusName ?? '预约成功'}"/></code></assignedDevice></reusableDevice>`
  const staff = `<performer typeCode="PRF"><time>${low('20990309093000')}</time><assignedPerson classCode="ASSIGNED">${numbered(oids.staff, said.staff ?? '3109')}</assignedPerson></performer>`
  const resource = `<arrivedBy><transportationIntent moodCode="PRP">${numbered('2.16.156.10011.2.5.1.20', said.resource ?? 'R-12')}<code/><effectiveTime>${low(said.from ?? '20990309090000')}<high value="20990309120000"/></effectiveTime></transportationIntent></arrivedBy>`
  const text = message(
    said.root ?? 'PRPA_IN410001UV',
    said.id ?? 'M-5',
    `<encounterAppointment>${numbered('2.16.156.10011.2.5.1.29', said.number ?? 'Y-22')}<code/><statusCode code="${said.act ?? 'active'}"/><effectiveTime>${low(said.at ?? '20990309093000')}</effectiveTime>${patient}${system}${staff}${resource}</encounterAppointment>`,
  )
  return text.replace('20260301101500', said.created ?? '20260301101500')
}

/** A message of any other service: an order, a request, a query. */
export const other = (root: string, id = 'M-6'): string =>
  message(root, id, `<observationRequest>${ids({ visit: 'V-1' })}</observationRequest>`)

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The call of a service in an envelope, its message escaped, in a CDATA section or as elements. */
export const soap = (
  service: string,
  text: string,
  how: 'escaped' | 'cdata' | 'elements' = 'cdata',
): string => {
  const passed = how === 'escaped' ? escaped(text) : how === 'cdata' ? `<![CDATA[${text}]]>` : text
  const call =
    how === 'elements'
      ? passed
      : `<hip:HIPMessageServer xmlns:hip="urn:hl7-org:v3"><action>${service}</action><message>${passed}</message></hip:HIPMessageServer>`
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>${call}</soap:Body></soap:Envelope>`
}
