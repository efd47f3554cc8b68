import type { Channel, Delivery, OutgoingMessage } from '../ports/channel.ts'

/** A channel that keeps what it sent, for tests and trials; `answer` decides how an attempt ends. */
export const memoryChannel = (
  name = 'memory',
  answer: (message: OutgoingMessage) => Delivery = () => ({ outcome: 'sent' }),
): Channel & { readonly sent: readonly OutgoingMessage[] } => {
  const sent: OutgoingMessage[] = []
  const known = new Set<string>()
  return {
    name,
    sent,
    send: async (messages) =>
      messages.map((message) => {
        const key = JSON.stringify([message.id, message.to])
        if (known.has(key)) return { outcome: 'sent' as const }
        const delivery = answer(message)
        if (delivery.outcome !== 'sent') return delivery
        known.add(key)
        sent.push(message)
        return delivery
      }),
  }
}
