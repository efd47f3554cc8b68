import { emitRules } from '../engine/emit.ts'
import type { ExitCode, Outside } from './outside.ts'
import { rulesOf, setCalled } from './rule-sets.ts'
import { withSource } from './source.ts'

export interface EmitOptions {
  readonly set?: string
  readonly at?: string
}

/** Prints a set as the text of an ES module. */
export const emitFile = (file: string, { set, at }: EmitOptions, outside: Outside): ExitCode => {
  const text = withSource(file, outside, (source) => {
    const { book } = rulesOf(source)
    return emitRules(setCalled(book, set, at), book.vocabulary)
  })
  outside.print(text.trimEnd())
  return 0
}
