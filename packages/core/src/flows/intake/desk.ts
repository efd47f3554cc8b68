import type { Door } from '../../kernel/door.ts'
import { Refusal, refuse } from '../../kernel/refusal.ts'
import type { Request } from '../../kernel/request.ts'
import { IntakeEvent, type IntakeOutcome } from '../../ports/intake-event.ts'
import { intake } from '../../slices/intakes/index.ts'
import { asksOf } from './asks.ts'
import { bytesOf } from './base64.ts'
import { quarantine } from './quarantine.ts'
import { type ListedDischarge, reconcile } from './reconcile.ts'

/** What became of a feed, or of a part of it. */
export interface Taken {
  readonly read: number
  /** Messages that changed something, or found everything as they tell it. */
  readonly taken: number
  /** Messages taken before: the same key and content. Nothing was written for them. */
  readonly known: number
  /** Messages of kinds that concern nothing here, by kind, e.g. `ORU^R01`. */
  readonly ignored: Readonly<Record<string, number>>
  /** Messages that could not be taken, by the code of the reason; each is kept in quarantine. */
  readonly quarantined: Readonly<Record<string, number>>
}

export interface TakeOptions {
  /** Told after each batch, with the sums so far. */
  readonly onProgress?: (sofar: Taken) => void
  /** Messages of one round trip. */
  readonly batch?: number
}

const nothing: Taken = { read: 0, taken: 0, known: 0, ignored: {}, quarantined: {} }

const one = (counts: Readonly<Record<string, number>>, name: string) => {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 }
}

const refusedIn = ({ quarantined }: Taken) =>
  Object.values(quarantined).reduce((sum, count) => sum + count, 0)

const kinds: readonly unknown[] = [
  'event',
  'ignored',
  'unreadable',
] satisfies IntakeOutcome['kind'][]

/** Whatever else an adapter hands in is taken for an event that is none, so that it is kept like any other. */
const asOutcome = (said: IntakeOutcome): IntakeOutcome =>
  typeof said === 'object' && said !== null && kinds.includes(said.kind)
    ? said
    : { kind: 'event', event: said as never }

/** What keeps a message from quarantine because it has been there: settled before, or kept under another reason. */
const wasKept = ({ code }: Refusal) => code === 'cause.reused' || code === 'subject.erased'

type Readable = Extract<IntakeOutcome, { kind: 'event' }>

const requestOf = ({ event }: Readable): Omit<Request, 'actor'> => ({
  asks: asksOf(event),
  cause: `intake:${event.source}|${event.key}|${event.hash}`,
  payloadHash: event.hash,
})

const latestBySource = (readable: readonly Readable[]) => {
  const latest = new Map<string, string>()
  for (const { event } of readable) {
    // History is read once, and nobody waits for more of it.
    if ('imported' in event && event.imported) continue
    const { source, occurredAt } = event
    const at = new Date(occurredAt).toISOString()
    if (at > (latest.get(source) ?? '')) latest.set(source, at)
  }
  return [...latest]
}

/** The desk where feeds come in: takes what adapters read, keeps what cannot be taken, and never stops for it. */
export const intakeDesk = (door: Door) => {
  const takeBatch = async (
    read: readonly IntakeOutcome[],
    sofar: Taken,
    isKept = false,
  ): Promise<Taken> => {
    const outcomes = read.map(asOutcome)
    const told = outcomes.map((outcome): Readable | Refusal | undefined => {
      if (outcome.kind !== 'event') return undefined
      return IntakeEvent.safeParse(outcome.event).success
        ? outcome
        : new Refusal('intake.malformed-event')
    })
    const readable = told.filter(
      (each): each is Readable => each !== undefined && !(each instanceof Refusal),
    )
    const answers = await door.runMany(readable.map(requestOf))
    let sum: Taken = { ...sofar, read: sofar.read + outcomes.length }
    const refused: Omit<Request, 'actor'>[] = []
    let taken = 0
    const contended = answers.find(
      (each) => each instanceof Refusal && each.code === 'store.contended',
    )
    if (contended instanceof Refusal) throw contended
    for (const [at, outcome] of outcomes.entries()) {
      const each = told[at]
      const answer = each === undefined || each instanceof Refusal ? each : answers[taken++]
      if (outcome.kind === 'ignored') sum = { ...sum, ignored: one(sum.ignored, outcome.type) }
      else if (answer && !(answer instanceof Refusal)) {
        sum = answer.known ? { ...sum, known: sum.known + 1 } : { ...sum, taken: sum.taken + 1 }
      } else {
        const code = answer?.code ?? ('code' in outcome ? outcome.code : 'unknown')
        if (!isKept) refused.push(...quarantine(outcome, answer))
        sum = { ...sum, quarantined: one(sum.quarantined, code) }
      }
    }
    const heard = latestBySource(readable).map(([source, at]) => ({
      asks: [{ slice: intake, input: { type: 'hear', source, at } }],
      cause: `hear:${source}:${at}`,
    }))
    const kept = await door.runMany([...refused, ...heard])
    const lost = kept
      .slice(0, refused.length)
      .find((each) => each instanceof Refusal && !wasKept(each))
    if (lost instanceof Refusal) throw lost
    return sum
  }

  const take = async (
    outcomes: AsyncIterable<IntakeOutcome> | Iterable<IntakeOutcome>,
    { onProgress, batch = 500 }: TakeOptions = {},
  ): Promise<Taken> => {
    let sum = nothing
    let waiting: IntakeOutcome[] = []
    const flush = async () => {
      sum = await takeBatch(waiting, sum)
      waiting = []
      onProgress?.(sum)
    }
    for await (const outcome of outcomes) {
      waiting.push(outcome)
      if (waiting.length >= batch) await flush()
    }
    if (waiting.length > 0) await flush()
    return sum
  }

  return {
    /**
     * Takes messages as an adapter reads them, in their order and each once for its source, key and
     * content. What cannot be taken is kept in quarantine with the reason, and the feed goes on.
     */
    take,

    /**
     * Compares a source's own list of the discharges of a local day with what is known here: who is
     * missing, by department. Without it nobody can say that all were followed up.
     */
    reconcile: (source: string, day: string, discharges: readonly ListedDischarge[]) =>
      reconcile(door, source, day, discharges),

    /**
     * Tries every quarantined message again, read anew by the adapter that read it; what goes through,
     * or is by now of no use, is settled; the rest stays as it was. Refuses an actor who may not open what was quarantined.
     */
    replay: async (
      read: (raw: Uint8Array) => Iterable<IntakeOutcome>,
      { batch = 100 }: { batch?: number } = {},
    ): Promise<Taken> => {
      let sum = nothing
      for (let after: string | undefined; ; ) {
        const query = { index: 'quarantine', equals: [], limit: batch, ...(after && { after }) }
        const { items, next } = await door.list(intake, query, { open: true })
        for (const { state } of items) {
          if (state.status !== 'quarantined' || typeof state.raw !== 'string') continue
          const raw = bytesOf(state.raw) ?? refuse('access.denied')
          const before = refusedIn(sum)
          const outcomes = [...read(raw)]
          sum = await takeBatch(outcomes, sum, true)
          if (outcomes.length === 0 || refusedIn(sum) > before) continue
          await door.run(intake, { type: 'settle', hash: state.hash, how: 'replayed' })
        }
        if (next === undefined) return sum
        after = next
      }
    },
  }
}

export type IntakeDesk = ReturnType<typeof intakeDesk>
