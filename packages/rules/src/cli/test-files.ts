import type { CaseResult } from '../cases/difference.ts'
import { runCaseFile } from '../cases/run-case-file.ts'
import type { ExitCode, Outside } from './outside.ts'
import { RefusedFile, withSource } from './source.ts'

/**
 * Runs each file and prints what differed, then `N passed, N failed`. Gives the exit code: 0 when
 * all passed, 1 when a case failed, 2 when a file was refused; the other files still run.
 */
export const testFiles = (
  files: readonly string[],
  { json = false }: { readonly json?: boolean },
  outside: Outside,
): ExitCode => {
  const failing: (CaseResult & { readonly file: string })[] = []
  const refused: string[] = []
  let passed = 0
  for (const file of files) {
    try {
      for (const result of withSource(file, outside, ({ data }) => runCaseFile(data))) {
        if (result.differences.length === 0) passed += 1
        else failing.push({ file, ...result })
      }
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error
      refused.push(...error.lines)
    }
  }
  const failed = failing.length
  if (json) outside.print(JSON.stringify({ passed, failed, failing, refused }))
  else {
    for (const one of failing) report(one, outside)
    for (const line of refused) outside.complain(line)
    outside.print(`${passed} passed, ${failed} failed`)
  }
  if (refused.length > 0) return 2
  return failed > 0 ? 1 : 0
}

const report = (
  { file, scenario, id, differences }: CaseResult & { readonly file: string },
  { print }: Outside,
) => {
  print(`${file}: ${scenario === undefined ? '' : `${scenario} `}${id}`)
  for (const { where, expected, actual } of differences) {
    print(`  ${where}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)
  }
}
