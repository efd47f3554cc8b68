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

/** Decides units one after the other, a later one on what earlier ones have come to. */
export const judge = (known: Known, units: readonly Unit[]) => {
  const kept = new Map(known.kept)
  const changed = new Map<string, Change>()
  const events: LoggedEvent[] = []
  const causes: { cause: string; kept: KeptAnswer }[] = []
  const versionOf = (address: string) => {
    const change = changed.get(address)
    return change ? change.version + 1 : (known.versions.get(address) ?? 0)
  }
  const holds = ({ key, version }: Expectation) => versionOf(addressOf(key)) === version

  const outcomes = units.map((unit): UnitOutcome => {
    const answered = unit.kept && kept.get(unit.cause)
    if (answered) return { duplicateOf: answered }
    if (!unit.reads.every(holds) || !unit.changes.every(holds)) return 'conflict'
    for (const change of unit.changes) changed.set(addressOf(change.key), change)
    for (const [place, event] of unit.events.entries()) {
      events.push({ ...event, position: events.length + 1, cause: unit.cause, place })
    }
    if (unit.kept) {
      kept.set(unit.cause, unit.kept)
      causes.push({ cause: unit.cause, kept: unit.kept })
    }
    return 'done'
  })

  const expected = [...changed.values()].map(({ key }) => {
    return { key, version: known.versions.get(addressOf(key)) ?? 0 }
  })
  const ofVersion = (isNew: boolean) =>
    [...changed.entries()].flatMap(([address, change]) =>
      isNew === !known.versions.get(address) ? [change] : [],
    )
  const writing: Writing = {
    expected,
    ...{ created: ofVersion(true), changed: ofVersion(false) },
    ...{ events, causes },
  }
  const isAnything = expected.length + events.length + causes.length > 0
  return { outcomes, writing: isAnything ? writing : undefined }
}

/**
 * What units come to where all stands as they expect, and no cause is known yet; `undefined` where they
 * cannot all be done even so.
 */
export const judgeHopefully = (units: readonly Unit[]): Writing | undefined => {
  const first = new Map(
    namedIn(units)
      .toReversed()
      .map((each) => [addressOf(each.key), each]),
  )
  const versions = new Map([...first].map(([address, { version }]) => [address, version]))
  const { outcomes, writing } = judge({ versions, kept: new Map() }, units)
  const expected = [...first.values()].map(({ key, version }) => ({ key, version }))
  return writing && outcomes.every((outcome) => outcome === 'done')
    ? { ...writing, expected }
    : undefined
}
