import type { Heard, OutgoingMessage } from '@hospital-crm/core'
import type { HttpRequest } from '../exchange.ts'
import type { Attempt } from '../lanes.ts'
import type { Told } from '../told.ts'

/** A message to a telephone. */
export interface Sms extends OutgoingMessage {
  /** The number as E.164. */
  readonly number: string
  /** The message's key for the provider: 32 hexadecimal digits, the same over every attempt. */
  readonly key: string
}

/** What is heard of somebody, still as the provider writes it. */
export type Saying =
  | Extract<Heard, { type: 'receipt' }>
  | {
      readonly type: 'reply'
      readonly key: string
      readonly from: string
      readonly text: string
    }

/** How one provider is spoken to. All members are pure but for the nonce of a signature. */
export interface SmsProvider {
  /** The signed request that sends a message, as of an instant; `undefined` when there are no words for it. */
  request(sms: Sms, at: Date): HttpRequest | undefined
  /** What an answer means. */
  read(status: number, body: string): Attempt
  /** Whether a request comes from the provider. */
  authentic(told: Told): boolean
  /** What the provider told. Throws for what it would never write. */
  hear(told: Told): readonly Saying[]
  /** The answer by which the provider knows that it was heard. */
  readonly thanks: { readonly type: string; readonly body: string }
}
