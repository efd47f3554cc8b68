import type { Crm, PayoutFile, StatementSeen } from '@hospital-crm/core'
import { writeAmount } from '@hospital-crm/rules'
import { table } from './table.ts'

type Statement = StatementSeen['statement']

const money = (amount: number, { currency }: Pick<Statement, 'currency'>) =>
  writeAmount(amount, currency)

/** One line a payee: what is paid, what waits or is refused, and why. */
export const statementsReport = (month: string, statements: readonly Statement[]) =>
  table(
    `Statements of ${month}`,
    ['payee', 'due', 'carried in', 'paid now', 'stays owing', 'waits', 'refused', 'because'],
    statements.map((one) => [
      one.payee,
      ...[one.due, one.carriedIn, one.payable, one.carriedOut, one.heldTotal].map((amount) =>
        money(amount, one),
      ),
      money(one.refusedTotal, one),
      one.reasons.join(', '),
    ]),
  )

const isMoving = ({ rating, due }: Statement['sections'][number]) =>
  rating.base !== 0 || due.total !== 0

/** How a payee's figures come about: each month and meter, tier by tier. */
export const tiersReport = (statement: Statement) =>
  table(
    `How ${statement.payee} earned ${money(statement.due, statement)}`,
    ['month', 'terms', 'of', 'rate', 'gives'],
    statement.sections
      .filter(isMoving)
      .flatMap(({ month, terms, rating, settled, due }) => [
        ...rating.lines.map(({ base, rate, amount }) => [
          ...[month, terms, money(base, statement), rate, money(amount, statement)],
        ]),
        ...(rating.reward > 0
          ? [[month, terms, '', 'reward', money(rating.reward, statement)]]
          : []),
        ...(settled ? [[month, terms, '', 'settled', money(-settled.total, statement)]] : []),
        [month, terms, money(rating.base, statement), 'due', money(due.total, statement)],
      ]),
  )

/** Every charge of a statement down to the touch, with what became of it. */
export const linesReport = (statement: Statement) =>
  table(
    `Charges of ${statement.payee}`,
    ['month', 'charge', 'touch', 'amount', 'standing', 'because', 'law'],
    statement.sections.flatMap(({ month, lines }) =>
      lines.map(({ charge, touch, amount, standing, because, gate }) => [
        ...[month, charge, touch.slice(-4), money(amount, statement), standing, because ?? ''],
        gate ? `${gate.judgement}: ${gate.rule}` : '',
      ]),
    ),
  )

export const payoutReport = ({ payout, csv, withheld }: PayoutFile) =>
  [
    `Payout ${payout ?? '(none)'}`,
    csv.replaceAll('\r\n', '\n'),
    ...withheld.map(({ payee, amount, rule, because }) => {
      return `withheld from ${payee}: ${amount} (${rule}: ${because})`
    }),
  ].join('\n')

type Released = NonNullable<Awaited<ReturnType<Crm['releases']['get']>>>['state']

/** Which two persons let pay leave that waits, on whose opinion and until when. */
export const releaseReport = (record: Released) => {
  if (record.status !== 'given') return 'Nothing is released'
  const { rule, by, opinion, validUntil } = record.release
  const [first, second] = by.map(({ person, role }) => `${person} (${role})`)
  return `Released: ${rule}, by ${first} and ${second}, on ${opinion.document} of ${opinion.author}, until ${validUntil}\n`
}
