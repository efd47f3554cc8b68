import { type FeedMessage, generateMonth } from './generator/index.ts'
import { zone } from './job.ts'

const batch = 10

/** A small month, message by message. */
export const crashMonth = (): readonly FeedMessage[] => [
  ...generateMonth({ seed: 7, month: '2026-03', discharges: 80, zone }).messages,
]

export const steps = (month: readonly FeedMessage[]) => Math.ceil(month.length / batch)

/** The messages of a step, and the instant at which they are read: noon of the day of the last of them. */
export const stepOf = (month: readonly FeedMessage[], step: number) => {
  const messages = month.slice(step * batch, (step + 1) * batch)
  const last = messages.at(-1)?.sentAt ?? '2026-04-01T00:00:00.000Z'
  return { messages, instant: new Date(Date.parse(last) + 1000).toISOString() }
}
