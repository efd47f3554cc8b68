import { csvOf, writeAmount } from '@hospital-crm/rules'
import type { Opened } from '../../kernel/opening.ts'
import type { Payout, PayoutKind, Withheld } from '../../slices/settlements/schema.ts'

/** A payout as a file: the same bytes whenever it is asked for by somebody with the same rights. */
export interface PayoutFile {
  readonly payout: string | null
  readonly kind: PayoutKind
  readonly rows: Opened<Payout>['rows']
  /** What does not leave for now, by the last export, and on which ground. */
  readonly withheld: readonly Withheld[]
  readonly paid: Payout['paid'] | null
  readonly csv: string
}

const columns = {
  payroll: ['payout', 'month', 'payee', 'amount', 'currency'],
  bank: ['payout', 'month', 'payee', 'account', 'amount', 'currency'],
} as const

export const payoutFile = (
  kind: PayoutKind,
  { month, currency }: { readonly month: string; readonly currency: string },
  payout: Opened<Payout> | undefined,
  withheld: readonly Withheld[],
): PayoutFile => {
  const { payout: id = '', rows = [], paid } = payout ?? {}
  const sheet = {
    columns: columns[kind],
    rows: rows.map(({ payee, account, amount }) => [
      ...[id, month, payee],
      ...(kind === 'bank' ? [account ?? null] : []),
      ...[writeAmount(amount, currency), currency],
    ]),
  }
  return {
    payout: payout?.payout ?? null,
    ...{ kind, rows, withheld },
    paid: paid ?? null,
    csv: csvOf(sheet),
  }
}
