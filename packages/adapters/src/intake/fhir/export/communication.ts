import type { Message } from '@hospital-crm/core'
import {
  concept,
  type FhirExportOptions,
  idFor,
  patientReference,
  staffReference,
  systemOf,
} from './names.ts'

type Told = Exclude<Message, { status: 'none' }>

const messageStatus = {
  asked: 'preparation',
  claimed: 'in-progress',
  sent: 'completed',
  failed: 'not-done',
  cancelled: 'not-done',
  skipped: 'not-done',
} as const satisfies Readonly<Record<Told['status'], string>>

/** A message by its id as a FHIR R4 Communication. What it says is told by its template, as its text is not kept. */
export const toFhirCommunication = (id: string, message: Told, options: FhirExportOptions = {}) => {
  const { to, status, about, claim, reason, closedAt } = message
  return {
    resourceType: 'Communication' as const,
    id: idFor('message', id),
    identifier: [{ system: `${systemOf(options)}/message`, value: id }],
    ...(about !== undefined && {
      about: [{ identifier: { system: systemOf(options), value: about } }],
    }),
    status: messageStatus[status],
    ...(reason !== undefined && { statusReason: concept(reason) }),
    category: [concept(message.purpose)],
    ...(claim && { medium: [concept(claim.channel)] }),
    ...('patient' in to && { subject: patientReference(to.patient) }),
    topic: concept(message.template),
    ...(status === 'sent' && closedAt !== undefined && { sent: closedAt }),
    recipient: [recipientOf(to, options)],
    payload: [{ contentString: message.template }],
  }
}

const recipientOf = (to: Told['to'], options: FhirExportOptions) => {
  if ('patient' in to) return patientReference(to.patient)
  if ('staff' in to) return staffReference(to.staff, options)
  const [kind, name] = 'headOf' in to ? ['head-of', to.headOf] : ['role', to.role]
  return {
    type: 'PractitionerRole',
    identifier: { system: `${systemOf(options)}/${kind}`, value: name },
  }
}
