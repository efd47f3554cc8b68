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
        if (known.has(message.id)) return { outcome: 'sent' as const }
        const delivery = answer(message)
        if (delivery.outcome !== 'sent') return delivery
        known.add(message.id)
        sent.push(message)
        return delivery
      }),
  }
}
