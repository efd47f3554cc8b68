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
] as const
export type Meaning = (typeof meanings)[number]

interface Service {
  readonly meaning: Meaning
  /** What it means when its message says that it was cancelled. */
  readonly cancelled?: Meaning
}

const services: Readonly<Record<string, Service>> = {
  PatientInfoRegister: { meaning: 'person-updated' },
  PatientInfoUpdate: { meaning: 'person-updated' },
  PatientInfoMerge: { meaning: 'merged' },
  EncounterCardInfoAdd: { meaning: 'person-updated' },
  EncounterCardInfoUpdate: { meaning: 'person-updated' },
  OutPatientInfoAdd: { meaning: 'registered', cancelled: 'admission-cancelled' },
  OutPatientInfoUpdate: { meaning: 'visit-updated', cancelled: 'admission-cancelled' },
  InPatientInfoAdd: { meaning: 'admitted', cancelled: 'admission-cancelled' },
  InPatientInfoUpdate: { meaning: 'visit-updated', cancelled: 'admission-cancelled' },
  TransferInfoAdd: { meaning: 'transferred' },
  TransferInfoUpdate: { meaning: 'transferred' },
  DischargeInfoAdd: { meaning: 'discharged', cancelled: 'discharge-cancelled' },
  DischargeInfoUpdate: { meaning: 'discharged', cancelled: 'discharge-cancelled' },
}

/** The codes under which the same services are called. */
const codes: Readonly<Record<string, string>> = {
  S0001: 'PatientInfoRegister',
  S0002: 'PatientInfoUpdate',
  S0003: 'PatientInfoMerge',
  S0017: 'EncounterCardInfoAdd',
  S0018: 'EncounterCardInfoUpdate',
  S0023: 'OutPatientInfoAdd',
  S0024: 'OutPatientInfoUpdate',
  S0026: 'InPatientInfoAdd',
  S0027: 'InPatientInfoUpdate',
  S0029: 'TransferInfoAdd',
  S0030: 'TransferInfoUpdate',
  S0032: 'DischargeInfoAdd',
  S0033: 'DischargeInfoUpdate',
}

/** ActStatus of what is not to count. */
const cancelledStatuses = new Set(['cancelled', 'aborted', 'nullified', 'obsolete'])

/** What a service means, by its name, its code, or what the hospital has settled for a vendor's own code. */
export const meaningOf = (
  service: string,
  status: string | undefined,
  own: Readonly<Record<string, Meaning>>,
): Meaning | undefined => {
  if (Object.hasOwn(own, service)) return own[service]
  const name = codes[service.toUpperCase()] ?? service
  const found = Object.hasOwn(services, name) ? services[name] : undefined
  const isCancelled = cancelledStatuses.has(status?.toLowerCase() ?? '')
  return (isCancelled ? found?.cancelled : undefined) ?? found?.meaning
}
