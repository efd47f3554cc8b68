import type { Attempt } from '../lanes.ts'

/** What a failed step of the dialogue tells. */
export interface SmtpFault {
  /** The server's answer, and which command it answered. */
  readonly responseCode?: number | undefined
  readonly response?: string | undefined
  readonly command?: string | undefined
  readonly code?: string | undefined
}

/** Answers that are about us (log in, use TLS), whatever they are given to. */
const aboutUs = new Set([421, 454, 530, 534, 535, 538])

const codeOf = ({ responseCode, response, code }: SmtpFault): string => {
  if (!responseCode) return code ?? 'broken'
  // RFC 3463: the enhanced status stands right behind the answer's number.
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '') ?? []
  return enhanced === undefined ? String(responseCode) : `${responseCode}-${enhanced}`
}

/**
 * How an attempt ended that failed. `begun`: the server had asked for the text and some of it may have gone,
 * so that without an answer nobody knows. A refusal for good (5yz) counts where it is given to the
 * recipient or to the text; to anything else it is about us and may be put right.
 */
export const outcomeOf = (fault: SmtpFault, begun: boolean): Attempt => {
  const code = codeOf(fault)
  const { responseCode, command } = fault
  if (!responseCode) {
    if (fault.code === 'EENVELOPE') return { outcome: 'rejected', code }
    return { outcome: begun ? 'unknown' : 'try-later', code }
  }
  const forGood = responseCode >= 500 && !aboutUs.has(responseCode)
  const aboutIt = command === 'RCPT TO' || command === 'DATA'
  return { outcome: forGood && aboutIt ? 'rejected' : 'try-later', code }
}
