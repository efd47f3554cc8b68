import type { Trace } from '../condition/trace.ts'
import { compileRules } from '../engine/evaluate.ts'
import type { Explanation } from '../engine/explain.ts'
import { valueInWords } from '../engine/in-words.ts'
import type { ExitCode, Outside } from './outside.ts'
import { readFacts } from './read-facts.ts'
import { rulesOf, setCalled, setsOn } from './rule-sets.ts'
import { readSource, within } from './source.ts'

export interface ExplainOptions {
  readonly json?: boolean
  readonly set?: string
  readonly at?: string
  readonly facts: string
}

/** Prints what a set decides for facts and why: each rule looked at, each condition and what was there. */
export const explainFile = (
  file: string,
  { json = false, set: name, at, facts }: ExplainOptions,
  outside: Outside,
): ExitCode => {
  const source = readSource(file, outside)
  const { book } = within(source, rulesOf)
  const set = within(source, () => setCalled(book, name, at))
  const others = setsOn(book, at).filter(({ id }) => id !== set.id)
  const { explain } = compileRules(set, book.vocabulary, { among: others })
  const records = readFacts(facts, book.vocabulary.facts, outside)
  const explained = within(source, () =>
    records.map((record) => ({ name: record.name, ...explain(record.facts) })),
  )
  if (json) outside.print(JSON.stringify(explained))
  else for (const one of explained) told(one.name, one, '').forEach(outside.print)
  return 0
}

const told = (name: string, one: Explanation<unknown>, indent: string): readonly string[] =>
  [
    `${name}: ${one.set}@${one.version} says ${valueInWords(one.outcome)}${by(one)}`,
    ...one.lines.map(({ id, base, amount }) => `  ${id}: ${amount} on ${base}`),
    ...one.looked.flatMap(({ ruleId, ok, note, trace }) => [
      `  ${ok ? '✓' : '✗'} ${ruleId}${note === undefined ? '' : ` — ${note}`}`,
      ...traced(trace, '    '),
    ]),
    ...Object.entries(one.chained).flatMap(([fact, other]) => told(fact, other, '  ')),
  ].map((line) => indent + line)

const by = ({ ruleId, how }: Explanation<unknown>) => {
  if (ruleId !== null) return `, by ${ruleId}`
  return how === 'rule' ? '' : ` (${how === 'otherwise' ? 'otherwise' : how})`
}

const traced = (trace: Trace, indent: string): readonly string[] => {
  const mark = `${indent}${trace.ok ? '✓' : '✗'} `
  const note = trace.note === undefined ? '' : ` — ${trace.note}`
  if (trace.kind === 'test') {
    const { label = trace.of, op, expected, actual } = trace
    return [`${mark}${label} ${op} ${valueInWords(expected)}: is ${valueInWords(actual)}${note}`]
  }
  const title = trace.kind === 'use' ? trace.name : trace.kind
  return [`${mark}${title}${note}`, ...trace.parts.flatMap((part) => traced(part, `${indent}  `))]
}
