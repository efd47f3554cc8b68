import type { CaseResult } from '../cases/difference.ts'
import { runCaseFile } from '../cases/run-case-file.ts'
import { Refusal } from '../refusal.ts'
import { parseCaseText } from './parse-case-text.ts'

/** What the command needs of the outside. */
export interface Outside {
  readonly read: (file: string) => string
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

/**
 * Runs each file and prints what differed, then `N passed, N failed`. Gives the exit code: 0 when
 * all passed, 1 when a case failed, 2 when a file was refused; the other files still run.
 */
export const testFiles = (files: readonly string[], outside: Outside): 0 | 1 | 2 => {
  let [passed, failed, isRefused] = [0, 0, false]
  for (const file of files) {
    try {
      for (const result of runCaseFile(parseCaseText(file, outside.read(file)))) {
        if (result.differences.length === 0) passed += 1
        else {
          failed += 1
          report(file, result, outside)
        }
      }
    } catch (error) {
      isRefused = true
      for (const { path, reason } of issuesOf(error)) {
        outside.complain(`${file}: ${path === '' ? '' : `${path}: `}${reason}`)
      }
    }
  }
  outside.print(`${passed} passed, ${failed} failed`)
  if (isRefused) return 2
  return failed > 0 ? 1 : 0
}

const report = (file: string, { scenario, id, differences }: CaseResult, { print }: Outside) => {
  print(`${file}: ${scenario === undefined ? '' : `${scenario} `}${id}`)
  for (const { where, expected, actual } of differences) {
    print(`  ${where}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)
  }
}

const issuesOf = (error: unknown): readonly { path: string; reason: string }[] => {
  if (error instanceof Refusal) {
    const { issues } = error.details
    return Array.isArray(issues) ? issues : [{ path: '', reason: error.message }]
  }
  if (error instanceof Error && 'syscall' in error) return [{ path: '', reason: error.message }]
  throw error
}
