import { factFault } from '../condition/value-kind.ts'
import { readCsv } from '../engine/csv.ts'
import { readFactText } from '../engine/csv-fixtures.ts'
import type { Issue } from '../engine/finding.ts'
import type { OpenBook } from '../engine/rule-book.ts'
import type { PastFacts } from '../engine/simulate.ts'
import { refuse } from '../refusal.ts'
import type { Outside } from './outside.ts'
import { withSource } from './source.ts'

type Words = OpenBook['vocabulary']['facts']

/**
 * Facts from a file: one record or a list of them as JSON or YAML, or CSV with a line of columns. A
 * record may be called by `name`, which then is no fact.
 */
export const readFacts = (file: string, words: Words, outside: Outside): readonly PastFacts[] => {
  if (/\.csv$/i.test(file)) {
    const [columns = [], ...rows] = readCsv(outside.read(file))
    return named(
      rows.map((row) => recordOf(columns, row, words)),
      words,
    )
  }
  return withSource(file, outside, ({ data }) => named(Array.isArray(data) ? data : [data], words))
}

const recordOf = (columns: readonly string[], row: readonly string[], words: Words) =>
  Object.fromEntries(
    columns.map((column, place) => {
      const text = row[place] ?? ''
      const type = Object.hasOwn(words, column) ? (words[column]?.type ?? 'string') : 'string'
      return [column, text === '' ? null : readFactText(text, type)]
    }),
  )

const named = (records: readonly unknown[], words: Words): readonly PastFacts[] => {
  const issues: Issue[] = []
  const all = records.map((record, place): PastFacts => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      issues.push({ path: `${place}`, reason: 'a record of facts expected' })
      return { name: '', facts: {} }
    }
    const { name, ...facts } = record as Record<string, never>
    for (const [id, value] of Object.entries(facts)) {
      const reason = factFault(words, id, value)
      if (reason !== null) issues.push({ path: records.length > 1 ? `${place}.${id}` : id, reason })
    }
    return { name: typeof name === 'string' ? name : `record ${place + 1}`, facts }
  })
  return issues.length === 0 ? all : refuse('cases.malformed', { issues })
}
