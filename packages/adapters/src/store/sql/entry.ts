import type { Entry } from '@hospital-crm/core'

/** The values of an entry as one text, a different one for different values. */
export const equalsText = (equals: readonly string[]): string => JSON.stringify(equals)

/** An entry as its record carries it and its row spells it. */
export type EntryRow = readonly [index: string, equals: string, order: string]

export const entryRow = ({ index, equals, order }: Entry): EntryRow => [
  index,
  equalsText(equals),
  order,
]

/** Entries under a name that is theirs alone, which also leaves out what is there twice. */
export const byName = (entries: readonly EntryRow[]): Map<string, EntryRow> =>
  new Map(entries.map((entry) => [JSON.stringify(entry), entry]))
