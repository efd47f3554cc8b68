import type { Month } from '@hospital-crm/rules'
import { partOfId } from '../../../kernel/fields.ts'
import type { Seen } from '../../../kernel/slice.ts'
import type { Key } from '../../../ports/store.ts'
import type { Settlement, SettlementCommand } from '../schema.ts'

export const runId = (month: Month) => `${month}/run`
export const payoutsId = (month: Month) => `${month}/payouts`

export const monthBefore = (month: Month): Month => {
  const [year = 0, nth = 0] = month.split('-').map(Number)
  const [y, m] = nth === 1 ? [year - 1, 12] : [year, nth - 1]
  return `${`${y}`.padStart(4, '0')}-${`${m}`.padStart(2, '0')}`
}

export const accountKey = (id: string): Key => ({ kind: 'account', id })
export const releaseKey = (id: string): Key => ({ kind: 'release', id })

interface Whose {
  readonly role: 'rep' | 'partner'
  readonly payee: string
}

const whoseId = ({ role, payee }: Whose) => `${role}/${partOfId(payee)}`

export const statementKey = (month: Month, whose: Whose): Key => {
  return { kind: 'statement', id: `${month}/${whoseId(whose)}` }
}

/** The record that says what a payee is to the law: the member's or the partner's. */
export const personKey = ({ role, payee }: Whose): Key => {
  return { kind: role === 'rep' ? 'staff' : 'partner', id: payee }
}

/** Where a payee's money goes. */
export const payeeKey = (whose: Whose): Key => ({ kind: 'payee', id: whoseId(whose) })

export const keys = (command: SettlementCommand): readonly string[] => {
  const { type, month } = command
  if (type === 'draft' || type === 'approve' || type === 'dispute') return [month, runId(month)]
  return type === 'export' || type === 'pay' ? [month, payoutsId(month), runId(month)] : [month]
}

export const needs = (command: SettlementCommand, { own }: Seen<Settlement>): readonly Key[] => {
  if (command.type === 'draft') {
    const before: Key = { kind: 'settlement', id: monthBefore(command.month) }
    return [before, ...command.accounts.map(({ account }) => accountKey(account))]
  }
  const { month } = command
  if (command.type === 'pay') {
    const run = own(runId(month))
    return run?.status === 'run' ? run.statements.map((one) => statementKey(month, one)) : []
  }
  if (command.type !== 'export') return []
  return [
    ...command.payees.flatMap((whose) => [
      statementKey(month, whose),
      personKey(whose),
      payeeKey(whose),
    ]),
    ...command.releases.map(releaseKey),
  ]
}
