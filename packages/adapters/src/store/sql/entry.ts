import type { Entry } from '@hospital-crm/core'

/** The values of an entry as one text, a different one for different values. */
export const equalsText = (equals: readonly string[]): string => JSON.stringify(equals)

/** An entry as its record carries it and its row spells it. */
type EntryRow = readonly [index: string, equals: string, order: string]

const entryRow = ({ index, equals, order }: Entry): EntryRow => [index, equalsText(equals), order]

/** Entries as their record carries them, each once. */
export const entryRows = (entries: readonly Entry[]): readonly EntryRow[] => {
  const rows = entries.map(entryRow)
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
