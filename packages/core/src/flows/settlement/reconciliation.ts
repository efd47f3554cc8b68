import { csvOf, type Statement, type StatementLine, writeAmount } from '@hospital-crm/rules'

/** A visit on a partner's statement, under a name that means nothing outside. */
export interface ReconciledVisit {
  readonly visit: string
  /** Minor units: what was charged less what was taken back, and what the partner earned by it. */
  readonly amount: number
  readonly earned: number
  /** Whether its lines count, wait, are refused or earn nothing; each word once. */
  readonly standings: readonly StatementLine['standing'][]
  readonly because: readonly string[]
}

/** What passed between the hospital and a partner in a month. Nobody can be recognised by it. */
export interface Reconciliation {
  readonly partner: string
  readonly month: string
  readonly currency: string
  readonly visits: readonly ReconciledVisit[]
  readonly due: number
  readonly carriedIn: number
  readonly payable: number
  readonly carriedOut: number
  readonly csv: string
}

const linesOf = ({ sections, excluded }: Statement) => [
  ...sections.flatMap(({ lines }) => lines),
  ...excluded,
]

export const visitsOn = (statement: Statement): readonly string[] => [
  ...new Set(linesOf(statement).map(({ visit }) => visit)),
]

/** A partner's statement by visits, each under the name that `nameOf` gives it. */
export const reconciliationOf = (
  statement: Statement,
  nameOf: (visit: string) => string,
): Reconciliation => {
  const { payee: partner, month, currency, due, carriedIn, payable, carriedOut } = statement
  const visits = [...Map.groupBy(linesOf(statement), ({ visit }) => visit)]
    .map(([visit, lines]): ReconciledVisit => {
      return {
        visit: nameOf(visit),
        amount: lines.reduce((sum, line) => sum + line.amount, 0),
        earned: lines.reduce((sum, line) => sum + line.contribution.total, 0),
        standings: [...new Set(lines.map(({ standing }) => standing))].sort(),
        because: [...new Set(lines.flatMap((line) => line.because ?? []))].sort(),
      }
    })
    .sort((a, b) => (a.visit < b.visit ? -1 : 1))
  const money = (amount: number) => writeAmount(amount, currency)
  const sheet = {
    columns: ['month', 'visit', 'amount', 'earned', 'standing', 'because'],
    rows: visits.map(({ visit, amount, earned, standings, because }) => [
      ...[month, visit, money(amount), money(earned)],
      ...[standings.join(' '), because.join('; ')],
    ]),
  }
  const sums = { due, carriedIn, payable, carriedOut }
  return { partner, month, currency, visits, ...sums, csv: csvOf(sheet) }
}
