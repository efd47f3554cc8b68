import { type Hl7Profile, readHl7 } from '@hospital-crm/adapters/intake/hl7v2'
import type { Crm, IntakeOutcome, Taken } from '@hospital-crm/core'
import type { Contact, FeedMessage } from './generator/index.ts'
import type { Incident } from './incidents.ts'
import type { SetClock } from './set-clock.ts'

/** What came of a walk through the days. */
export interface Walked {
  readonly taken: Taken
  readonly contacts: number
  readonly sent: number
}

export interface WalkOptions {
  readonly crm: Crm
  readonly clock: SetClock
  readonly profile: Hl7Profile
  readonly messages: Iterable<FeedMessage>
  readonly contacts: readonly Contact[]
  /** What else somebody does, in order of time. */
  readonly incidents?: readonly Incident[]
  /** When nothing is worked on, though the feed is taken. */
  readonly outage?: { readonly from: string; readonly until: string }
  /** The instant at which the walk ends. */
  readonly until: string
  /** Told after each step: messages and contacts so far, and the instant reached. */
  readonly onProgress?: (done: number, instant: string) => void
}

const stepHours = 6

const sum = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]))
}

const together = (a: Taken, b: Taken): Taken => ({
  read: a.read + b.read,
  taken: a.taken + b.taken,
  known: a.known + b.known,
  ignored: sum(a.ignored, b.ignored),
  quarantined: sum(a.quarantined, b.quarantined),
})

/**
 * Walks from the first message to an instant in steps of six hours: what the HIS has sent and staff
 * have entered by then is taken, and the crm does what has become due. The clock only goes forward.
 */
export const walk = async (options: WalkOptions): Promise<Walked> => {
  const { crm, clock, profile, messages, contacts, incidents = [], until, onProgress } = options
  const isOut = (at: string) =>
    options.outage && options.outage.from < at && at < options.outage.until
  const coming = [...incidents]
  const feed = messages[Symbol.iterator]()
  let next = feed.next()
  let entered = 0
  let done = 0
  let taken: Taken = { read: 0, taken: 0, known: 0, ignored: {}, quarantined: {} }
  let sent = 0
  const start = next.done ? until : next.value.sentAt
  const step = stepHours * 3_600_000
  for (let at = Math.ceil(Date.parse(start) / step) * step; ; at += step) {
    const instant = new Date(Math.min(at, Date.parse(until))).toISOString()
    clock.set(instant)
    const outcomes: IntakeOutcome[] = []
    for (; !next.done && next.value.sentAt <= instant; next = feed.next()) {
      outcomes.push(...readHl7(next.value.bytes, profile))
      done += 1
    }
    if (outcomes.length > 0) taken = together(taken, await crm.intakes.take(outcomes))
    const from = entered
    while ((contacts[entered]?.recordedAt ?? '9') <= instant) entered += 1
    await enter(crm, contacts, from, entered)
    done += entered - from
    while ((coming[0]?.at ?? '9') <= instant) await coming.shift()?.does(crm)
    if (!isOut(instant)) sent += (await crm.work()).performed
    onProgress?.(done, instant)
    if (instant >= until) break
  }
  return { taken, contacts: entered, sent }
}

const enter = async (crm: Crm, contacts: readonly Contact[], from: number, to: number) => {
  const said = contacts.slice(from, to).map(({ recordedAt: _, ...contact }) => contact)
  await crm.followUps.recordContacts(
    said.map((contact, place) => ({ ...contact, cause: `contact:${from + place}` })),
  )
}
