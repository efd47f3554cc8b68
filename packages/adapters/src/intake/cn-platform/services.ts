/** What a call of a service can mean here. */
export const meanings = [
  'person-updated',
  'merged',
  'registered',
  'admitted',
  'visit-updated',
  'transferred',
  'discharged',
  'admission-cancelled',
  'discharge-cancelled',
  'appointment',
] as const
export type Meaning = (typeof meanings)[number]

/** What becomes of a call: what it means, `ignored` as nothing that concerns us, or a `query` that others answer. */
export const treatments = [...meanings, 'ignored', 'query'] as const
export type Treatment = (typeof treatments)[number]

/** A service of the platform: its number and name, the roots its messages have been seen with, what becomes of it. */
export interface Service {
  readonly code: string
  readonly name: string
  readonly roots: readonly string[]
  readonly treatment: Treatment
}

const service = (code: string, name: string, roots: string, treatment: Treatment): Service => ({
  code,
  name,
  roots: roots.split(' '),
  treatment,
})

/** Every standard service from S0001 to S0054; docs/reference/cn-platform.md says why each is treated so. */
export const services: readonly Service[] = [
  service('S0001', 'PatientInfoRegister', 'PRPA_IN201311UV02', 'person-updated'),
  service('S0002', 'PatientInfoUpdate', 'PRPA_IN201314UV02', 'person-updated'),
  service('S0003', 'PatientInfoMerge', 'PRPA_IN201304UV02', 'merged'),
  service('S0004', 'PatientInfoQuery', 'PRPA_IN201305UV02', 'query'),
  service('S0005', 'OrganizationInfoRegister', 'PRPM_IN401030UV01', 'ignored'),
  service('S0006', 'OrganizationInfoUpdate', 'PRPM_IN403010UV01', 'ignored'),
  service('S0007', 'OrganizationInfoQuery', 'PRPM_IN406010UV01', 'query'),
  service('S0008', 'ProviderInfoRegister', 'PRPM_IN301010UV01', 'ignored'),
  service('S0009', 'ProviderInfoUpdate', 'PRPM_IN303010UV01', 'ignored'),
  service('S0010', 'ProviderInfoQuery', 'PRPM_IN306010UV01', 'query'),
  service('S0011', 'TerminologyRegister', 'PRVS_IN000001UV01', 'ignored'),
  service('S0012', 'TerminologyUpdate', 'PRVS_IN000002UV01', 'ignored'),
  service('S0013', 'TerminologyQuery', 'PRVS_IN000003UV01', 'query'),
  service('S0014', 'DocumentRegister', 'ProvideAndRegisterDocumentSetRequest', 'ignored'),
  service('S0015', 'DocumentAccess', 'RetrieveDocumentSetRequest', 'query'),
  service('S0016', 'DocumentRetrieve', 'GetDocumentStroedInfoRequest', 'query'),
  service('S0017', 'EncounterCardInfoAdd', 'PRPA_IN201311UV02', 'person-updated'),
  service('S0018', 'EncounterCardInfoUpdate', 'PRPA_IN201314UV02', 'person-updated'),
  service('S0019', 'EncounterCardInfoQuery', 'PRPA_IN201305UV02', 'query'),
  service('S0020', 'SourceAndScheduleInfoAdd', 'PRSC_IN030101UV', 'ignored'),
  service('S0021', 'SourceAndScheduleInfoUpdate', 'PRSC_IN030102UV', 'ignored'),
  service('S0022', 'SourceAndScheduleInfoQuery', 'PRSC_IN100000UV', 'query'),
  service('S0023', 'OutPatientInfoAdd', 'PRPA_IN400001UV', 'registered'),
  service('S0024', 'OutPatientInfoUpdate', 'PRPA_IN400002UV', 'visit-updated'),
  service('S0025', 'OutPatientInfoQuery', 'PRPA_IN900300UV', 'query'),
  service('S0026', 'InPatientInfoAdd', 'PRPA_IN400001UV PRPA_IN402001UV02', 'admitted'),
  service('S0027', 'InPatientInfoUpdate', 'PRPA_IN400002UV PRPA_IN402001UV02', 'visit-updated'),
  service('S0028', 'InPatientInfoQuery', 'PRPA_IN900300UV PRPA_IN900300UV02', 'query'),
  service('S0029', 'TransferInfoAdd', 'PRPA_IN302011UV', 'transferred'),
  service('S0030', 'TransferInfoUpdate', 'PRPA_IN302012UV', 'transferred'),
  service('S0031', 'TransferInfoQuery', 'PRPA_IN900300UV', 'query'),
  service(
    'S0032',
    'DischargeInfoAdd',
    'PRPA_IN400003UV PRPA_IN400001UV PRPA_IN402003UV02',
    'discharged',
  ),
  service('S0033', 'DischargeInfoUpdate', 'PRPA_IN400002UV PRPA_IN402003UV02', 'discharged'),
  service('S0034', 'DischargeInfoQuery', 'PRPA_IN900300UV PRPA_IN900300UV02', 'query'),
  service('S0035', 'OrderInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0036', 'OrderInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0037', 'OrderInfoQuery', 'QUMT_IN020030UV01 QUMT_IN020030PL', 'query'),
  service('S0038', 'ExamAppInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0039', 'ExamAppInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0040', 'ExamAppInfoQuery', 'QUMT_IN020030UV01 QUMT_IN020030PL', 'query'),
  service('S0041', 'CheckAppInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0042', 'CheckAppInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0043', 'CheckAppInfoQuery', 'QUMT_IN020030UV01', 'query'),
  service('S0044', 'PathologyAppInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0045', 'PathologyAppInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0046', 'PathologyAppInfoQuery', 'QUMT_IN020030UV01', 'query'),
  service('S0047', 'BloodTransAppInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0048', 'BloodTransAppInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0049', 'BloodTransAppInfoQuery', 'QUMT_IN020030UV01', 'query'),
  service('S0050', 'OperationAppInfoAdd', 'POOR_IN200901UV', 'ignored'),
  service('S0051', 'OperationAppInfoUpdate', 'POOR_IN200902UV', 'ignored'),
  service('S0052', 'OperationAppInfoQuery', 'QUMT_IN020030UV01', 'query'),
  service('S0053', 'OutPatientAppointStatusInfoAdd', 'PRPA_IN410001UV', 'appointment'),
  service('S0054', 'OutPatientAppointStatusInfoUpdate', 'PRPA_IN410002UV', 'appointment'),
]
