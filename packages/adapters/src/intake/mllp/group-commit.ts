import { type IntakeOutcome, Refusal, type Taken } from '@hospital-crm/core'

/** Takes messages and resolves when they are committed; rejects when the store fails. Mostly `crm.intakes.take`. */
export type Take = (outcomes: readonly IntakeOutcome[]) => Promise<Taken>

/** What became of one frame. */
export type Verdict =
  | { readonly code: 'AA' }
  /** Quarantined; it can never be taken as it is. */
  | { readonly code: 'AR'; readonly because: Reason }
  /** The store failed; sent again it may be taken. */
  | { readonly code: 'AE'; readonly because: Reason; readonly cause: unknown }

/** A refusal's code, and the field it is about. */
interface Reason {
  readonly code: string
  readonly field?: string | undefined
}

interface Waiting {
  readonly outcomes: readonly IntakeOutcome[]
  readonly settle: (verdict: Verdict) => void
}

/** Lines that belong to no message do not make the message beside them a bad one. */
const ofLines: ReadonlySet<string> = new Set(['hl7.no-segment', 'hl7.no-message'])

/**
 * Commits the frames that wait together in one go, in the order they came, and tells each what became of it. Only
 * when something of a group cannot be taken is it taken again frame by frame, which changes nothing of the rest.
 */
export const groupCommit = (take: Take, most: number) => {
  const waiting: Waiting[] = []
  let isRunning = false

  const single = async (outcomes: readonly IntakeOutcome[]): Promise<Verdict> => {
    try {
      return verdictOf(outcomes, await take(outcomes))
    } catch (cause) {
      const code = cause instanceof Refusal ? cause.code : 'mllp.not-taken'
      return { code: 'AE', because: { code }, cause }
    }
  }

  const isAllTaken = async (group: readonly Waiting[]): Promise<boolean> => {
    try {
      const { quarantined } = await take(group.flatMap(({ outcomes }) => outcomes))
      return Object.keys(quarantined).length === 0
    } catch {
      return false
    }
  }

  const run = async () => {
    isRunning = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, most)
      const isWhole = group.length > 1 && (await isAllTaken(group))
      for (const { outcomes, settle } of group) {
        settle(isWhole ? { code: 'AA' } : await single(outcomes))
      }
    }
    isRunning = false
  }

  /** What becomes of the outcomes of one frame, once they are committed. Never rejects. */
  return (outcomes: readonly IntakeOutcome[]): Promise<Verdict> =>
    new Promise((settle) => {
      waiting.push({ outcomes, settle })
      if (!isRunning) void run()
    })
}

const verdictOf = (outcomes: readonly IntakeOutcome[], { quarantined }: Taken): Verdict => {
  const codes = Object.keys(quarantined)
  const isNothingElse = outcomes.every(({ kind }) => kind === 'unreadable')
  const code = codes.find((each) => !ofLines.has(each)) ?? (isNothingElse ? codes[0] : undefined)
  if (code === undefined) return { code: 'AA' }
  const unread = outcomes.find((each) => each.kind === 'unreadable' && each.code === code)
  const field = unread?.kind === 'unreadable' ? unread.field : undefined
  return { code: 'AR', because: { code, field } }
}
