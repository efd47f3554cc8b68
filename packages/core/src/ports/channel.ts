/**
 * A message ready to leave. `id` names it among all hospitals' and stays the same over every attempt: give
 * it, with `to`, to the provider as its idempotency key. A number may change between two attempts, and then the
 * message goes to the new one, whatever became of the old one.
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
  /** The id of an accepted message by which the outside tells of it later. */
  readonly providerId?: string
}

/** What the outside tells later: what became of a message, or what somebody answered. */
export type Heard =
  | {
      readonly type: 'receipt'
      /** The same for the same receipt, however often it comes. */
      readonly key: string
      /** The id of the message as `send` gave it. */
      readonly providerId: string
      /** Whether it reached its addressee; absent while it is on its way. */
      readonly arrived?: boolean
      /** The outside's own word, e.g. `DELIVERED`. */
      readonly code?: string
    }
  | {
      readonly type: 'reply'
      readonly key: string
      /** Who answered, in every form in which records may hold that address: personal data. */
      readonly from: readonly string[]
      readonly text: string
      /** Whether the answer says that nothing more is wanted. */
      readonly stop: boolean
    }

/** What the outside told in one request. Commit `heard` first, then give back `response`: else it is told again. */
export interface Received {
  readonly heard: readonly Heard[]
  readonly response: Response
}

/** A way out: SMS, e-mail, print, a host's own inbox. Its test is `channelContract(create)`. */
export interface Channel {
  /** The name by which preferences and messages choose it, e.g. `sms`. */
  readonly name: string

  /** Sends messages and answers for each, in order. Must not throw for what one message or the provider does. */
  send(messages: readonly OutgoingMessage[]): Promise<readonly Delivery[]>

  /**
   * Takes what the outside posts, as it came. Absent: the outside never reports back. Refuses whom it cannot
   * trust (`channel.not-authentic`), what it cannot read (`channel.unreadable`) and more than a megabyte
   * (`channel.too-large`); then nothing was heard. Remembers nothing: the same may come again, under its key.
   */
  receive?(request: Request): Promise<Received>
}
