import type {
  Change,
  Expectation,
  KeptAnswer,
  Key,
  LoggedEvent,
  Unit,
  UnitOutcome,
} from '@hospital-crm/core'

export const addressOf = ({ kind, id }: Key) => `${kind}\u0000${id}`

/** All that units name, in their order. */
export const namedIn = (units: readonly Unit[]): readonly Expectation[] =>
  units.flatMap(({ reads, changes }) => [...reads, ...changes])

/** What the store holds of all that the units name. */
export interface Known {
  /** The version at which a record stands, by its address; absent where there is none. */
  readonly versions: ReadonlyMap<string, number>
  readonly kept: ReadonlyMap<string, KeptAnswer>
}

/** What is left to write: of a record that changed more than once, only what it came to. */
export interface Writing {
  /** The versions it was decided on. */
  readonly expected: readonly Expectation[]
  /** Records that were not there before. */
  readonly created: readonly Change[]
  readonly changed: readonly Change[]
  /** Positions count from the end of the log. */
  readonly events: readonly LoggedEvent[]
  readonly causes: readonly { readonly cause: string; readonly kept: KeptAnswer }[]
}

/**
 * Decides units one after the other, a later one on what earlier ones have come to. In hope, what is not known
 * is taken to stand as the first that names it expects.
 */
const judgeBy = (known: Known, units: readonly Unit[], isHopeful: boolean) => {
  const kept = new Map(known.kept)
  const versions = new Map(known.versions)
  const hoped: Expectation[] = []
  const last = new Map<string, Change>()
  const events: LoggedEvent[] = []
  const causes: { cause: string; kept: KeptAnswer }[] = []
  const holds = (expectation: Expectation) => {
    const address = addressOf(expectation.key)
    const change = last.get(address)
    if (change) return change.version + 1 === expectation.version
    const version = versions.get(address)
    if (version !== undefined || !isHopeful) return (version ?? 0) === expectation.version
    versions.set(address, expectation.version)
    hoped.push(expectation)
    return true
  }

  const outcomes = units.map((unit): UnitOutcome => {
    const answered = unit.kept && kept.get(unit.cause)
    if (answered) return { duplicateOf: answered }
    if (!unit.reads.every(holds) || !unit.changes.every(holds)) return 'conflict'
    for (const change of unit.changes) last.set(addressOf(change.key), change)
    for (const [place, event] of unit.events.entries()) {
      events.push({ ...event, position: events.length + 1, cause: unit.cause, place })
    }
    if (unit.kept) {
      kept.set(unit.cause, unit.kept)
      causes.push({ cause: unit.cause, kept: unit.kept })
    }
    return 'done'
  })

  const created: Change[] = []
  const changed: Change[] = []
  const written: Expectation[] = []
  for (const [address, change] of last) {
    const version = versions.get(address) ?? 0
    written.push({ key: change.key, version })
    if (version === 0) created.push(change)
    else changed.push(change)
  }
  const expected = isHopeful ? hoped : written
  const writing: Writing = { expected, created, changed, events, causes }
  const isAnything = written.length + events.length + causes.length > 0
  return { outcomes, writing: isAnything ? writing : undefined }
}

export const judge = (known: Known, units: readonly Unit[]) => judgeBy(known, units, false)

/**
 * What units come to where all stands as they expect, and no cause is known yet; `undefined` where they
 * cannot all be done even so.
 */
export const judgeHopefully = (units: readonly Unit[]): Writing | undefined => {
  const { outcomes, writing } = judgeBy({ versions: new Map(), kept: new Map() }, units, true)
  return outcomes.every((outcome) => outcome === 'done') ? writing : undefined
}
