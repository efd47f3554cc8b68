import type { Path } from '../condition/fold.ts'
import { quoted } from './check-conditions.ts'
import type { Report } from './finding.ts'

/** Two rules of one id could not be told apart in an answer. */
export const checkIds = (rules: readonly { readonly id: string }[], path: Path, report: Report) => {
  const seen = new Set<string>()
  rules.forEach(({ id }, place) => {
    if (seen.has(id)) {
      report('error', 'duplicate', [...path, place, 'id'], `${quoted(id)} stands here twice`)
    }
    seen.add(id)
  })
}
