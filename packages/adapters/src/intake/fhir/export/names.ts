import { hash } from 'node:crypto'

/** Where exported resources come from, as the host wants it named. */
export interface FhirExportOptions {
  /** The start of the systems of identifiers; `urn:hospital-crm` unless told. */
  readonly system?: string
}

/** The start of the systems of our identifiers. */
export const systemOf = ({ system = 'urn:hospital-crm' }: FhirExportOptions) => system

/** Ids of FHIR hold few characters, so an id of ours becomes its digest; the identifier says it in full. */
export const idFor = (kind: string, own: string) => hash('sha256', `${kind}/${own}`).slice(0, 32)

/** What a word of ours is in FHIR. */
export const concept = (text: string) => ({ text })

export const patientReference = (patient: string) => ({ reference: `Patient/${patient}` })

/** A visit is known to others by its number, whatever id their server gave it. */
export const visitReference = (visit: string, options: FhirExportOptions) => ({
  type: 'Encounter',
  identifier: { system: `${systemOf(options)}/visit`, value: visit },
})

export const staffReference = (staff: string, options: FhirExportOptions) => ({
  type: 'Practitioner',
  identifier: { system: `${systemOf(options)}/staff`, value: staff },
})
