import { checkRuleFile } from '../cases/rule-file.ts'
import type { Finding } from '../engine/finding.ts'
import { valueInWords } from '../engine/in-words.ts'
import { checkPackFile, isPack } from '../pack/check-pack.ts'
import type { ExitCode, Outside } from './outside.ts'
import { RefusedFile, type Source, withSource } from './source.ts'

type Found = Finding & { readonly file: string; readonly line: number }

/** Prints every finding with file, line and path. 1 where there is an error among them. */
export const checkFiles = (
  files: readonly string[],
  { json = false }: { readonly json?: boolean },
  outside: Outside,
): ExitCode => {
  const found: Found[] = []
  const refused: string[] = []
  for (const file of files) {
    try {
      found.push(...withSource(file, outside, findingsIn))
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error
      refused.push(...error.lines)
    }
  }
  const errors = found.filter(({ level }) => level === 'error').length
  const warnings = found.length - errors
  if (json) outside.print(JSON.stringify({ errors, warnings, findings: found, refused }))
  else {
    for (const one of found) outside.print(lineFor(one))
    for (const line of refused) outside.complain(line)
    outside.print(`${errors} errors, ${warnings} warnings`)
  }
  if (refused.length > 0) return 2
  return errors > 0 ? 1 : 0
}

const findingsIn = ({ file, data, lineOf }: Source): readonly Found[] => {
  const { findings } = isPack(data) ? checkPackFile(data) : checkRuleFile(data)
  return findings.map((one) => ({ file, line: lineOf(one.path), ...one }))
}

const lineFor = ({ file, line, level, code, path, message, example }: Found) => {
  const facts = Object.entries(example ?? {}).map(([id, value]) => `${id} ${valueInWords(value)}`)
  const shown = facts.length === 0 ? '' : `; for example ${facts.join(', ')}`
  return `${file}:${line}: ${level} ${code} ${path}: ${message}${shown}`
}
