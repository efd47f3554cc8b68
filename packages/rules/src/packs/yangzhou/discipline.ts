import type { Day } from '../../calendar/day.ts'
import type { Claim } from '../../compliance/wage-deduction.ts'
import { type Minor, readAmount } from '../../money/amount.ts'

/** A duty of the rule book, what one breach costs, and what follows so many breaches running. */
export interface DisciplineRule {
  readonly id: string
  readonly text: string
  readonly fine: Minor
  readonly measures: Readonly<Record<number, Measure>>
}

/** What the rule book asks for; a dismissal is a proposal to be heard. */
export type Measure = 'named-at-the-meeting' | 'told-to-the-leader' | 'dismissal-to-be-heard'

export const yangzhouDiscipline: readonly DisciplineRule[] = [
  {
    id: 'morning-meeting',
    text: '每日早8:00准时到市场部报到;一次不到者点名批评,连续两次不到者上报分管领导',
    fine: 0,
    measures: { 1: 'named-at-the-meeting', 2: 'told-to-the-leader' },
  },
  {
    id: 'breakfast-before-work',
    text: '上班时间在外就餐者扣20元,连续3次给予辞退',
    fine: readAmount('20.00', 'CNY'),
    measures: { 3: 'dismissal-to-be-heard' },
  },
  {
    id: 'no-private-business',
    text: '工作时间在外做与工作无关的事发现一次扣30元,连续3次给予辞退',
    fine: readAmount('30.00', 'CNY'),
    measures: { 3: 'dismissal-to-be-heard' },
  },
]

/** Whether a duty was kept on a day; leave that was granted is a duty kept. */
export interface Observation {
  readonly id: string
  readonly rule: string
  readonly on: Day
  readonly isKept: boolean
}

export interface DisciplineOutcome {
  /** Open claims of fines, in fen. None is a deduction: the wage rules decide that. */
  readonly claims: readonly Claim[]
  readonly measures: readonly { readonly observation: string; readonly measure: Measure }[]
}

/** What one person's observations come to, in order of days. */
export const disciplineOf = (
  rules: readonly DisciplineRule[],
  observations: readonly Observation[],
): DisciplineOutcome => {
  const running = new Map<string, number>()
  const claims: Claim[] = []
  const measures: { observation: string; measure: Measure }[] = []
  const inTime = observations.toSorted((a, b) =>
    a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1,
  )
  for (const { id, rule: name, isKept } of inTime) {
    const rule = rules.find((one) => one.id === name)
    const times = isKept ? 0 : (running.get(name) ?? 0) + 1
    running.set(name, times)
    if (!rule || isKept) continue
    const { fine, text } = rule
    if (fine > 0) claims.push({ id, kind: 'fine', amount: fine, standing: 'open', because: text })
    const measure = rule.measures[times]
    if (measure) measures.push({ observation: id, measure })
  }
  return { claims, measures }
}
