import { refuse } from '@hospital-crm/core'
import type { Columns } from './mapping.ts'

/** Where the columns of a mapping stand in one header. */
export interface Header {
  readonly names: readonly string[]
  /** The places of a column and of those that stand in for it; empty, and noted as missing, when there is none. */
  placesOf(columns: Columns): readonly number[]
  /** Refuses when a column was looked for in vain (`columns.no-column`) or stands there twice (`columns.repeated-column`). */
  check(): void
}

/** Databases and spreadsheets differ in capitals and widths of the same name. */
const plain = (name: string) => name.normalize('NFKC').trim().toLowerCase()

/** Looks columns up in a header by name, or by their place in it. */
export const headerOf = (names: readonly string[]): Header => {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  for (const [place, name] of names.entries()) {
    const own = plain(name)
    if (places.has(own)) repeated.add(own)
    else places.set(own, place)
  }
  const missing: string[] = []
  const twice: string[] = []

  const placeOf = (column: string | number): number | undefined => {
    if (typeof column === 'number') return column <= names.length ? column - 1 : undefined
    if (repeated.has(plain(column))) twice.push(column)
    return places.get(plain(column))
  }

  return {
    names,
    placesOf: (columns) => {
      const wanted = Array.isArray(columns) ? columns : [columns]
      const found = wanted.map(placeOf).filter((place) => place !== undefined)
      if (found.length === 0) missing.push(wanted.join(' / '))
      return found
    },
    check: () => {
      if (missing.length > 0) refuse('columns.no-column', { columns: [...new Set(missing)] })
      if (twice.length > 0) refuse('columns.repeated-column', { columns: [...new Set(twice)] })
    },
  }
}
