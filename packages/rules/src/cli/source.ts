import type { Issue } from '../engine/finding.ts'
import { Refusal } from '../refusal.ts'
import { lineFinder } from './line-of.ts'
import type { Outside } from './outside.ts'
import { parseCaseText } from './parse-case-text.ts'

/** A file as it was read. */
export interface Source {
  readonly file: string
  readonly data: unknown
  readonly lineOf: (path: string) => number
}

/** Lines are looked up only where something is wrong. Refuses what cannot be read (`RefusedFile`). */
export const readSource = (file: string, { read }: Pick<Outside, 'read'>): Source => {
  const text = readable(file, read)
  let find: ((path: string) => number) | null = null
  const lineOf = (path: string) => {
    find ??= lineFinder(text)
    return find(path)
  }
  const unparsed: Source = { file, data: null, lineOf }
  return { ...unparsed, data: within(unparsed, () => parseCaseText(file, text)) }
}

const readable = (file: string, read: Outside['read']): string => {
  try {
    return read(file)
  } catch (error) {
    const isUnreadable = error instanceof Error && 'syscall' in error
    throw isUnreadable ? new RefusedFile([`${file}: ${error.message}`]) : error
  }
}

/** A file that is not looked at any further, and what to say of it. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

/** `file:line: path: reason`, one line for each issue. */
const located = (
  { file, lineOf }: Pick<Source, 'file' | 'lineOf'>,
  issues: readonly Issue[],
): readonly string[] =>
  issues.map(
    ({ path, reason }) => `${file}:${lineOf(path)}: ${path === '' ? '' : `${path}: `}${reason}`,
  )

/** The issues that a refusal carries, or its code alone. */
const issuesOf = (error: Refusal): readonly Issue[] => {
  const { issues } = error.details
  return Array.isArray(issues) ? issues : [{ path: '', reason: error.message }]
}

/** Does something with a source; what is refused about it becomes a `RefusedFile`. */
export const within = <Result>(source: Source, work: (source: Source) => Result): Result => {
  try {
    return work(source)
  } catch (error) {
    throw error instanceof Refusal ? new RefusedFile(located(source, issuesOf(error))) : error
  }
}

/** Reads a file and does something with it. */
export const withSource = <Result>(
  file: string,
  outside: Pick<Outside, 'read'>,
  work: (source: Source) => Result,
): Result => within(readSource(file, outside), work)
