import type { Mapped } from '../hl7v2/mapping/events.ts'
import { subjectOf } from './patient.ts'
import type { Settled } from './profile.ts'
import { instantAt, numberOf, type Reading, refuse } from './reading.ts'
import type { Reference, ServiceRequest } from './schema.ts'
import { codedOf, spokenOf } from './spoken.ts'

type Told = Omit<Extract<Mapped, { referral: object }>, 'occurredAt'> & {
  readonly occurredAt: string | undefined
}

/** RequestStatus; a draft refers nobody yet. */
const statuses = new Map<string, Told['type']>(
  Object.entries({
    active: 'referred',
    completed: 'referred',
    revoked: 'referral-withdrawn',
    'entered-in-error': 'referral-withdrawn',
  } as const),
)

/** What a ServiceRequest tells; `ignored` for one that refers nobody here, nothing when something is refused. */
export const referralEvent = (
  reading: Reading,
  request: ServiceRequest,
  { kind, partners, categories }: NonNullable<Settled['referrals']>,
): Told | 'ignored' | undefined => {
  const type = statuses.get(request.status ?? '')
  const codings = request.category.flatMap(({ coding }) => coding)
  const isReferral = codings.some(({ code }) => categories.includes(code ?? ''))
  if (type === undefined || !isReferral) return 'ignored'
  const person = subjectOf(reading, request.subject, 'ServiceRequest.subject')
  const number =
    numberOf(request) ?? refuse(reading, 'fhir.no-referral', 'ServiceRequest.identifier')
  const sender =
    senderOf(reading, request.requester) ??
    refuse(reading, 'fhir.no-referral', 'ServiceRequest.requester')
  const occurredAt = instantAt(reading, request.authoredOn, 'ServiceRequest.authoredOn')
  if (!person || number === undefined || sender === undefined) return undefined
  const partner = partners ? new Map(Object.entries(partners)).get(sender) : sender
  return partner === undefined
    ? refuse(reading, 'fhir.unknown-code', 'ServiceRequest.requester')
    : { type, person, referral: { number, kind, partner }, occurredAt }
}

/** Whose referral it is: the organisation that somebody asks for, where that is told, else whoever asks. */
const senderOf = (reading: Reading, requester: Reference | undefined): string | undefined =>
  codedOf(reading, spokenOf(reading, requester)?.organization ?? requester)?.code
