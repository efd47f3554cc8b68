import { randomUUID } from 'node:crypto'
import type { Clock, IntakeOutcome } from '@hospital-crm/core'
import { encodeAck, type Hl7Message } from '../hl7v2/index.ts'
import type { MllpPiece } from './framer.ts'
import type { Verdict } from './group-commit.ts'
import { type ProfileOf, type Received, receive } from './receive.ts'
import type { MllpNotice } from './refusal.ts'

/** The answer to a frame, once it is settled. Never rejects. */
export type Answer = (
  piece: Extract<MllpPiece, { bytes: Uint8Array }>,
  peer: string,
) => Promise<Uint8Array>

interface Answering {
  readonly profile: ProfileOf
  readonly commit: (outcomes: readonly IntakeOutcome[]) => Promise<Verdict>
  /** Whether a key was last seen with another content. */
  readonly isReused: (outcome: IntakeOutcome) => boolean
  readonly clock: Clock
  readonly onNotice: (notice: MllpNotice) => void
}

/** Answers frames: what they come to is committed first. */
export const answering = ({ profile, commit, isReused, clock, onNotice }: Answering): Answer => {
  const prefix = randomUUID().slice(0, 8)
  let answers = 0

  const settled = async ({ outcomes }: Received, peer: string): Promise<Verdict> => {
    if (outcomes.length === 0) return { code: 'AR', because: { code: 'hl7.no-message' } }
    for (const outcome of outcomes) {
      if (outcome.kind !== 'event' || !isReused(outcome)) continue
      const { source, key } = outcome.event
      onNotice({ code: 'mllp.key-reused', peer, source, key })
    }
    const verdict = await commit(outcomes)
    if (verdict.code === 'AE') onNotice({ code: 'mllp.not-taken', peer, cause: verdict.cause })
    return verdict
  }

  const written = (verdict: Verdict, message: Hl7Message | undefined): Uint8Array => {
    answers += 1
    return new TextEncoder().encode(
      encodeAck(message, {
        code: verdict.code,
        at: clock.now(),
        controlId: `${prefix}${answers}`,
        ...(verdict.code !== 'AA' && { because: verdict.because }),
      }),
    )
  }

  return async (piece, peer) => {
    try {
      const received = receive(piece, peer, profile)
      return written(await settled(received, peer), received.message)
    } catch (cause) {
      // Only a profile that cannot be used gets here; the sender keeps its message until it is put right.
      onNotice({ code: 'mllp.not-taken', peer, cause })
      return written({ code: 'AE', because: { code: 'mllp.not-taken' }, cause }, undefined)
    }
  }
}
