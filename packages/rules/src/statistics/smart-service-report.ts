import { type Cell, type Selection, tally } from './cell.ts'
import { axisChart, type Labels, labelled, type Report, reportOf } from './chart.ts'

/** One item of the grading, with the measures its ratio of electronic use is made of. */
export interface SmartServiceItem {
  readonly item: number
  readonly name: string
  readonly electronic: string
  readonly all: string
}

/**
 * The items that a CRM gives evidence for, of 《医院智慧服务分级评估标准体系（试行）》 (国卫办医函
 * 〔2019〕236号). The count of an item is what is done electronically among all that is done.
 */
export const smartServiceItems: readonly SmartServiceItem[] = [
  { item: 3, name: '转诊服务', electronic: 'referral.electronic', all: 'referral.registered' },
  { item: 7, name: '患者反馈', electronic: 'survey.electronic', all: 'survey.answered' },
  { item: 8, name: '患者管理', electronic: 'follow-up.electronic', all: 'follow-up.completed' },
  { item: 10, name: '家庭服务', electronic: 'family.electronic', all: 'family.served' },
]

export interface SmartServiceQuery extends Omit<Selection, 'by'> {
  readonly items?: readonly SmartServiceItem[] | undefined
  /** By item: the function level, 0 to 5, that the assessors granted. */
  readonly levels?: Readonly<Record<number, number>> | undefined
  readonly labels?: Labels | undefined
}

/** A basic item counts from 80 % of real use, an optional one from 50 %. */
const required = { basic: 80, optional: 50 }

const columns = [
  'item',
  'name',
  'electronic',
  'all',
  'percent',
  'basic',
  'optional',
  'level',
  'score',
]

/**
 * The evidence of electronic use, item by item: both numbers, their ratio, whether it suffices for a
 * basic and for an optional item, and the score, level × ratio, where a level is given.
 */
export const smartServiceReport = (
  cells: readonly Cell[],
  query: SmartServiceQuery = {},
): Report => {
  const { items = smartServiceItems, levels = {}, labels = {}, ...selection } = query
  const [all] = tally(cells, selection)
  const rows = items.map(({ item, name, ...measures }) => {
    const [electronic, total] = [all?.sum(measures.electronic) ?? 0, all?.sum(measures.all) ?? 0]
    const percent = total <= 0 ? null : (100 * electronic) / total
    const level = levels[item] ?? null
    const suffices = (kind: keyof typeof required) => (percent ?? 0) >= required[kind]
    return {
      ...{ item, name, electronic, total, percent, level },
      basic: suffices('basic') ? 'yes' : 'no',
      optional: suffices('optional') ? 'yes' : 'no',
      score: level === null || percent === null ? null : (level * percent) / 100,
    }
  })
  return reportOf(
    {
      columns: columns.map((id) => labelled(labels, id)),
      rows: rows.map((row) => [
        ...[row.item, labelled(labels, row.name), row.electronic, row.total, row.percent],
        ...[labelled(labels, row.basic), labelled(labels, row.optional), row.level, row.score],
      ]),
    },
    axisChart(
      rows.map(({ name }) => labelled(labels, name)),
      [
        {
          type: 'bar',
          name: labelled(labels, 'percent'),
          data: rows.map(({ percent }) => percent),
        },
      ],
    ),
  )
}
