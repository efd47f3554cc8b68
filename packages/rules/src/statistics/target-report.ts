import { type Cell, type Selection, tally } from './cell.ts'
import { axisChart, type Labels, labelled, type Report, reportOf } from './chart.ts'

/** What is to be reached of one measure, in the period and by whom the selection says. */
export interface Target extends Omit<Selection, 'by' | 'knownOn'> {
  readonly id: string
  readonly measure: string
  readonly target: number
}

export interface TargetQuery {
  readonly targets: readonly Target[]
  readonly knownOn?: string | undefined
  readonly labels?: Labels | undefined
}

/** What was reached of each target, and how much of it in percent; `null` of a target of 0. */
export const targetReport = (cells: readonly Cell[], query: TargetQuery): Report => {
  const { targets, knownOn, labels = {} } = query
  const names = targets.map(({ id }) => labelled(labels, id))
  const reached = targets.map(
    ({ measure, from, to, where }) =>
      tally(cells, { from, to, where, knownOn })[0]?.sum(measure) ?? 0,
  )
  return reportOf(
    {
      columns: ['target', 'reached', 'aim', 'percent'].map((id) => labelled(labels, id)),
      rows: targets.map(({ target }, at) => {
        const found = reached[at] ?? 0
        return [names[at] ?? '', found, target, target === 0 ? null : (100 * found) / target]
      }),
    },
    axisChart(names, [
      { type: 'bar', name: labelled(labels, 'reached'), data: reached },
      { type: 'bar', name: labelled(labels, 'aim'), data: targets.map(({ target }) => target) },
    ]),
  )
}
