import { feedbackFlows } from './flows/feedback.ts'
import { surveyFlows } from './flows/surveys.ts'
import type { Door } from './kernel/door.ts'
import type { Extension } from './kernel/parts.ts'
import { feedbackEscalates, feedbacks } from './slices/feedback/index.ts'
import { surveys, surveysExpire } from './slices/surveys/index.ts'
import { tasks } from './slices/tasks/index.ts'
import {
  dashboard,
  type ReportName,
  type ReportQuery,
  report,
  reportForPublication,
} from './views/statistics.ts'
import { portraits } from './views/statistics-portraits.ts'

/** The supervision of services: what patients are asked and say, what follows from it, and the figures. */
export const supervision: Extension = {
  flows: [...surveyFlows, ...feedbackFlows],
  ticks: [surveysExpire, feedbackEscalates],
  portraits,
}

export const supervisionOf = (door: Door) => ({
  surveys: surveys(door),
  feedback: feedbacks(door),
  tasks: tasks(door),
})

export const statisticsOf = (door: Door) => ({
  /** A figure by group with its interval, chart and CSV, of what `rollUp` has added up. */
  report: (name: ReportName, query?: ReportQuery) => report(door, name, query),
  /** A share with small counts hidden, for readers outside. */
  reportForPublication: (name: ReportName, query?: ReportQuery) =>
    reportForPublication(door, name, query),
  /** The figures of a month (`YYYY-MM`) by department. */
  dashboard: (month: string, query?: Parameters<typeof dashboard>[2]) =>
    dashboard(door, month, query),
})
