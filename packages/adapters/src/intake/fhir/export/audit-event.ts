import type { LoggedEvent } from '@hospital-crm/core'
import { type FhirExportOptions, idFor, systemOf } from './names.ts'

const actionOf = ({ key, type, version }: LoggedEvent) => {
  if (key.kind === 'access') return 'R' as const
  if (type.endsWith('.erased')) return 'D' as const
  return version <= 1 ? ('C' as const) : ('U' as const)
}

/** The same by ISO 21089. */
const lifecycle = { R: 'access', C: 'originate', U: 'amend', D: 'destroy' } as const

/** Whose data were read stands in the id of an access as `kind/id`. */
const subjectOf = ({ kind, id }: LoggedEvent['key']) => {
  const [of = '', ...rest] = kind === 'access' ? id.split('/') : [kind, id]
  return { of, own: rest.join('/') }
}

const entityOf = ({ key }: LoggedEvent, options: FhirExportOptions) => {
  const { of, own } = subjectOf(key)
  return {
    what:
      of === 'patient'
        ? { reference: `Patient/${own}` }
        : { identifier: { system: `${systemOf(options)}/${of}`, value: own } },
  }
}

/**
 * An entry of the log (`crm.door.log`) as a FHIR R4 AuditEvent: who did what to which record, or read whose personal
 * data. Holds nothing of what was written or read.
 */
export const toFhirAuditEvent = (event: LoggedEvent, options: FhirExportOptions = {}) => ({
  resourceType: 'AuditEvent' as const,
  id: idFor('event', `${event.cause}#${event.place}`),
  type: {
    system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
    code: lifecycle[actionOf(event)],
  },
  subtype: [{ system: `${systemOf(options)}/event`, code: event.type }],
  action: actionOf(event),
  recorded: event.at,
  outcome: '0' as const,
  agent: [
    {
      who: { identifier: { system: `${systemOf(options)}/actor`, value: event.actor } },
      requestor: true,
    },
  ],
  source: { observer: { identifier: { system: systemOf(options), value: 'hospital-crm' } } },
  entity: [entityOf(event, options)],
})
