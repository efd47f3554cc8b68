import { writeFile } from 'node:fs/promises'
import type { Crm } from '@hospital-crm/core'
import type { Report } from '@hospital-crm/rules'
import { drawn } from './chart.ts'
import { type Cell, table } from './table.ts'

type Board = Awaited<ReturnType<Crm['views']['dashboard']>>

/** What each figure is called on the page and in the table, and its unit. */
const figures = {
  coverage: ['Follow-ups tried', 'tried', '%'],
  onTime: ['Follow-ups done in time', 'in time', '%'],
  connect: ['Patients reached, of those tried', 'reached', '%'],
  completion: ['Follow-ups done', 'done', '%'],
  response: ['Surveys answered', 'answered', '%'],
  satisfaction: ['Satisfied', 'satisfied', '%'],
  satisfactionScore: ['Mean satisfaction', 'score', '0–100'],
  recommendation: ['Would recommend (NPS)', 'NPS', '−100…100'],
  complaints: ['Complaints', 'complaints', 'per 1,000 discharges'],
  noShow: ['Appointments not kept', 'no-show', '%'],
} satisfies Record<keyof Board, readonly [title: string, short: string, unit: string]>

const figuresIn = (board: Board) =>
  Object.entries(figures).map(([name, [title, short, unit]]) => {
    return { title, short, unit, report: board[name as keyof Board] as Report }
  })

const shown = (field: unknown): Cell =>
  typeof field === 'number'
    ? field.toLocaleString('en', { maximumFractionDigits: 1 })
    : `${field ?? '–'}`

/** The figures of departments, and those of the whole hospital as a last row of each. */
const together = (departments: Board, whole: Board): Board => {
  const board: Record<string, Report> = {}
  for (const [name, { data, ...report }] of Object.entries(departments)) {
    const { rows } = whole[name as keyof Board].data
    board[name] = { ...report, data: { ...data, rows: [...data.rows, ...rows] } }
  }
  return board as Board
}

/** A row for each department, a column for each figure. */
const boardTable = (month: string, board: Board) => {
  const all = figuresIn(board)
  const names = [...new Set(all.flatMap(({ report }) => report.data.rows.map(([name]) => name)))]
  const valueFor = ({ data }: Report, name: unknown) =>
    data.rows.find(([each]) => each === name)?.[1]
  return table(
    `The month's figures by department, ${month}`,
    ['', ...all.map(({ short }) => short)],
    names.map((name) => [shown(name), ...all.map(({ report }) => shown(valueFor(report, name)))]),
  )
}

const escaped = (field: Cell) =>
  `${field}`.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
const row = (tag: 'td' | 'th', fields: readonly Cell[]) =>
  `<tr>${fields.map((field) => `<${tag}>${escaped(field)}</${tag}>`).join('')}</tr>`

const section = ({
  title,
  unit,
  report: { data, chart },
}: ReturnType<typeof figuresIn>[number]) => `
<section><h2>${escaped(title)} <small>${escaped(unit)}</small></h2>
${drawn(chart)}
<table>${row('th', ['Department', 'Value', '95 % from', 'to', 'of', 'among'])}
${data.rows.map((fields) => row('td', fields.map(shown))).join('\n')}</table></section>`

/** A month's figures as one page that needs nothing else: its charts are drawn already. */
export const dashboardPage = (month: string, board: Board): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(month)}</title><style>
body { font: 14px sans-serif; margin: 2em; color: #222 }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(640px, 1fr)); gap: 2em }
table { border-collapse: collapse } td, th { padding: 2px 10px; text-align: right }
td:first-child, th:first-child { text-align: left } h2 { font-size: 16px } small { color: #777 }
</style></head><body><h1>${escaped(month)}</h1><main>${figuresIn(board).map(section).join('')}
</main></body></html>
`

/** Writes a month's page into a file, and answers its figures as a plain table. */
export const dashboardReport = async (
  crm: Crm,
  { month, page, labels = {} }: { month: string; page: string; labels?: Record<string, string> },
): Promise<string> => {
  const query = { labels: { '': '*', ...labels } }
  const departments = await crm.views.dashboard(month, query)
  const board = together(departments, await crm.views.dashboard(month, { ...query, by: undefined }))
  await writeFile(page, dashboardPage(month, board))
  return `${boardTable(month, board)}The same with charts: ${page}\n`
}
