import type { Path } from '../condition/fold.ts'
import type { DeadlineSet, Span } from '../table/rule-set.ts'
import { knownFact, quoted, type Words } from './check-conditions.ts'
import type { Report } from './finding.ts'

export const checkDeadlines = (set: DeadlineSet, words: Words, report: Report): void => {
  set.rules.forEach(({ from, plus, calendar, escalate = [] }, place) => {
    const path: Path = ['rules', place]
    if (calendar !== undefined && !Object.hasOwn(words.vocabulary.calendars ?? {}, calendar)) {
      const message = `no calendar is called ${quoted(calendar)}`
      report('error', 'unknown-calendar', [...path, 'calendar'], message)
    }
    const fact = knownFact(from, words, [...path, 'from'], report)
    if (!fact) return
    if (fact.type !== 'date' && fact.type !== 'instant') {
      report(
        'error',
        'type',
        [...path, 'from'],
        `a date or an instant expected, not a ${fact.type}`,
      )
    }
    const checkSpan = (span: Span, at: Path) => {
      if ('hours' in span !== (fact.type === 'instant')) {
        report('error', 'type', at, 'hours for an instant, and only for one')
      }
    }
    checkSpan(plus, [...path, 'plus'])
    escalate.forEach(({ after }, step) => {
      checkSpan(after, [...path, 'escalate', step, 'after'])
    })
  })
}
