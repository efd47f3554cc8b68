import type { Channel, Delivery, Logger, OutgoingMessage } from '@hospital-crm/core'
import { digest } from './digest.ts'

/** How one attempt ended; `code` is the provider's or our own word for it, for an operator's eyes. */
export interface Attempt extends Delivery {
  readonly code?: string
}

/** A way to the provider that takes one message after the other. */
export interface Lane {
  send(message: OutgoingMessage): Promise<Attempt>
  close?(): void
}

/** What every channel that goes over a network can be told. */
export interface LaneOptions {
  /** Hears of every message that did not leave: its id, the outcome and the provider's code. */
  readonly logger?: Logger
  /** How many messages may be on their way at once; 4 unless told. */
  readonly width?: number
  /** Milliseconds for one request; 10,000 unless told. */
  readonly timeout?: number
  /**
   * Milliseconds after which `send` begins no further message and says `try-later` of it; 40,000 unless
   * told. With `timeout` it has to stay below the minute for which the crm claims a message.
   */
  readonly within?: number
}

const remembered = 10_000

/** Nothing but a short code may reach a log: a long run of digits could be somebody's number. */
const isCode = (code: string) => /^[\w.:-]{1,64}$/.test(code) && !/\d{7}/.test(code)

/** Messages to one address stay together and in order; the addresses are dealt out over the lanes. */
const dealt = (messages: readonly OutgoingMessage[], width: number) => {
  const placed = messages.map((message, place) => ({ message, place }))
  const groups = [...Map.groupBy(placed, ({ message }) => message.to).values()]
  const lanes = Map.groupBy(groups, (_, at) => at % width)
  return [...lanes.values()].map((lane) => lane.flat())
}

/**
 * Sends over several lanes at once, each opened anew. A message that left is not sent again by this
 * process; one that is on its way is waited for. A lane that throws has told nothing: `unknown`.
 */
export const sendInLanes = (
  channel: string,
  open: () => Lane,
  { logger, width = 4, within = 40_000 }: LaneOptions,
): Channel['send'] => {
  const known = new Map<string, Promise<Delivery>>()

  const attempt = async (lane: Lane, message: OutgoingMessage): Promise<Delivery> => {
    const { code, ...delivery } = await lane
      .send(message)
      .catch((): Attempt => ({ outcome: 'unknown', code: 'broken' }))
    if (delivery.outcome !== 'sent') {
      const { outcome } = delivery
      const said = code !== undefined && isCode(code) ? code : 'unnamed'
      logger?.warn({ channel, message: message.id, outcome, code: said }, 'a message did not leave')
    }
    return delivery
  }

  const once = async (key: string, send: () => Promise<Delivery>): Promise<Delivery> => {
    const before = known.get(key)
    if (before) return before
    const delivery = send()
    known.set(key, delivery)
    const { outcome } = await delivery
    if (outcome !== 'sent') known.delete(key)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return delivery
  }

  return async (messages) => {
    const end = performance.now() + within
    const deliveries = messages.map((): Delivery => ({ outcome: 'try-later' }))
    await Promise.all(
      dealt(messages, width).map(async (share) => {
        const lane = open()
        for (const { message, place } of share) {
          if (performance.now() >= end) break
          deliveries[place] = await once(outsideKey(message), () => attempt(lane, message))
        }
        lane.close?.()
      }),
    )
    return deliveries
  }
}

/**
 * The key under which a message is known outside: the same over every attempt, 32 hexadecimal digits,
 * telling nothing of the id, which may name a visit. Two hospitals may use one id: address and text keep
 * their messages apart.
 */
export const outsideKey = ({ id, to, text }: OutgoingMessage): string =>
  digest(JSON.stringify([id, to, text]))
