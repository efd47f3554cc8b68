/**
 * A message ready to leave. `id` names it among all hospitals' and stays the same over every attempt:
 * give it to the provider as its idempotency key.
 */
export interface OutgoingMessage {
  readonly id: string
  /** Where to: a phone number, an e-mail address, an account name. */
  readonly to: string
  readonly subject?: string
  readonly text: string
  /** What the text was made of, for providers that keep the templates themselves. */
  readonly template?: string
  readonly params?: Readonly<Record<string, string | number>>
  /** BCP 47. */
  readonly locale?: string
}

/**
 * How one attempt ended. `rejected`: it can never arrive there. `try-later`: a passing fault, nothing was
 * accepted. `unknown`: it may have been accepted and the answer was lost; it is sent again under the same id.
 */
export interface Delivery {
  readonly outcome: 'sent' | 'rejected' | 'try-later' | 'unknown'
  /** The provider's own id of an accepted message. */
  readonly providerId?: string
}

/** A way out: SMS, e-mail, print, a host's own inbox. Its test is `channelContract(create)`. */
export interface Channel {
  /** The name by which preferences and messages choose it, e.g. `sms`. */
  readonly name: string

  /** Sends messages and answers for each, in order. Must not throw for what one message or the provider does. */
  send(messages: readonly OutgoingMessage[]): Promise<readonly Delivery[]>
}
