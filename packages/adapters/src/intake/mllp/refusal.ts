/** Why a frame was not taken as a message; MSA-3 of the answer says it, beside the codes of HL7 itself. */
export const refusals = {
  'mllp.unknown-sender':
    'the host has no profile for this sender; the message is kept in quarantine',
  'mllp.not-taken':
    'the store failed before the message was taken; the sender has to send it again',
} as const

/** Why a client could not send a message, or had no answer to it. */
export const clientRefusals = {
  'mllp.no-control-id':
    'the message has no MSH-10, so its answer could not be recognised; not sent',
  'mllp.no-connection': 'the other side could not be reached in time; not sent',
  'mllp.no-answer': 'it may or may not have been taken: the same message is to be sent again',
  'mllp.closed': 'the client was closed before; not sent',
} as const

/** What a server tells of its connections besides its answers; a host logs them. */
export const notices = {
  'mllp.noise': 'bytes that stood in no frame were passed over',
  'mllp.cut-frame':
    'a frame was begun anew, or not finished when the connection ended; it was not taken',
  'mllp.key-reused':
    'a message of the same key came with another content; it was taken as another message',
  'mllp.slow-frame': 'a frame was not finished in time, and the connection was closed',
  'mllp.idle': 'nothing came for too long, and the connection was closed',
  'mllp.too-many-connections': 'a connection beyond the limit was closed',
  'mllp.broken-connection': 'a connection failed, or its TLS handshake did',
  'mllp.not-taken': 'the store failed, and the sender was told to send again',
} as const

export type MllpNoticeCode = keyof typeof notices

/** Something a host may want to log. Never holds a value of a message but its control id. */
export interface MllpNotice {
  readonly code: MllpNoticeCode
  /** The address of the other side. */
  readonly peer: string
  /** The feed and its message, where it is about one. */
  readonly source?: string | undefined
  readonly key?: string | undefined
  readonly cause?: unknown
}
