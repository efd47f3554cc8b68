import { escaped } from '../../xml.ts'
import type { CnPlatformOutcome } from './read.ts'

/** What the platform is told about its message. */
export interface CnPlatformAnswer {
  /** AA: taken, passed over, or kept for somebody to look at; AE: to be sent again, or never where it says `because`. */
  readonly code: 'AA' | 'AE'
  /** The id of the message it answers; empty when that had none. */
  readonly messageId: string
  /** The answer's own id. */
  readonly id: string
  /** When it is given; written in UTC. */
  readonly at: Date
  /** Why not, as a code without personal data. */
  readonly because?: string | undefined
}

/**
 * What a sender is told of an outcome that was taken; the same for the same message. AA with the reason where it was
 * kept in quarantine, and AE to a query, since an AA would tell of an empty result.
 */
export const answerTo = (
  outcome: CnPlatformOutcome,
): Pick<CnPlatformAnswer, 'code' | 'messageId' | 'because'> => {
  const { key = '' } = outcome.kind === 'event' ? outcome.event : outcome
  if (outcome.kind === 'unreadable') return { code: 'AA', messageId: key, because: outcome.code }
  const because = outcome.kind === 'ignored' ? outcome.because : undefined
  return { code: because === undefined ? 'AA' : 'AE', messageId: key, because }
}

/** Writes the acknowledgement MCCI_IN000002UV01, which the host puts where its SOAP operation returns text. */
export const encodeCnPlatformAnswer = ({
  code,
  messageId,
  id,
  at,
  because,
}: CnPlatformAnswer): string => {
  const time = at.toISOString().slice(0, 19).replace(/\D/g, '')
  const detail =
    because === undefined
      ? ''
      : `<acknowledgementDetail><text value="${escaped(because)}"/></acknowledgementDetail>`
  return [
    '<MCCI_IN000002UV01 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">',
    `<id root="2.16.156.10011.2.5.1.1" extension="${escaped(id)}"/>`,
    `<creationTime value="${time}+0000"/>`,
    '<interactionId root="2.16.156.10011.2.5.1.2" extension="MCCI_IN000002UV01"/>',
    '<processingCode code="P"/><processingModeCode/><acceptAckCode code="NE"/>',
    `<acknowledgement typeCode="${code}">`,
    `<targetMessage><id root="2.16.156.10011.2.5.1.1" extension="${escaped(messageId)}"/></targetMessage>`,
    `${detail}</acknowledgement></MCCI_IN000002UV01>`,
  ].join('')
}
