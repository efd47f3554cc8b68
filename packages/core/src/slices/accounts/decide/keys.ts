import type { Month } from '@hospital-crm/rules'
import type { Seen } from '../../../kernel/slice.ts'
import type { Key } from '../../../ports/store.ts'
import { accountId, creditId, findingId } from '../ids.ts'
import type { AccountCommand, AccountRecord } from '../schema.ts'

export const settlementKey = (month: Month): Key => ({ kind: 'settlement', id: month })

const isClosed = (state: unknown) =>
  ['frozen', 'paid'].includes((state as { status?: string } | null)?.status ?? '')

const monthAfter = (month: Month): Month => {
  const [year = 0, nth = 0] = month.split('-').map(Number)
  const next = nth === 12 ? [year + 1, 1] : [year, nth + 1]
  return next.map((figure) => `${figure}`.padStart(2, '0')).join('-')
}

/** The settlements from a month on to the first that is not frozen, as far as they are loaded. */
export const openFrom = (month: Month, look: (key: Key) => unknown): readonly Month[] => {
  const months = [month]
  for (let last = month; isClosed(look(settlementKey(last))); ) {
    last = monthAfter(last)
    months.push(last)
  }
  return months
}

/** In which months lines may count, whichever of their days says so. */
const monthsOf = (lines: readonly { occurredOn: string; postedOn: string }[]): readonly Month[] => [
  ...new Set(
    lines.flatMap(({ occurredOn, postedOn }) => [occurredOn.slice(0, 7), postedOn.slice(0, 7)]),
  ),
]

/** A visit's record, and the accounts in which it stands or may. */
const creditKeys = (
  credit: string,
  account: (month: Month) => string,
  own: Seen<AccountRecord>['own'],
  lines: readonly { occurredOn: string; postedOn: string }[],
) => {
  const known = own(credit)
  const before = known?.status === 'credit' ? known.told.map(({ line }) => line) : []
  return [credit, ...monthsOf([...before, ...lines]).map(account)]
}

export const keys = (command: AccountCommand, { own }: Seen<AccountRecord>): readonly string[] => {
  if (command.type === 'adjust') return [accountId(command.month, command)]
  if (command.type === 'take') {
    const { visit, removed, added } = command
    const account = (month: Month) => accountId(month, command)
    return creditKeys(creditId(command, visit), account, own, [...removed, ...added])
  }
  const main = findingId(command.finding)
  const known = own(main)
  if (command.type === 'propose-finding' || known?.status !== 'proposed') return [main]
  const account = (month: Month) => accountId(month, known)
  const visits = new Set(known.charges.map(({ visit }) => visit))
  const credits = [...visits].flatMap((visit) =>
    creditKeys(creditId(known, visit), account, own, []),
  )
  return [main, ...credits]
}

const months = (command: AccountCommand, seen: Seen<AccountRecord>): readonly Month[] => {
  if (command.type === 'adjust') return [command.month]
  return keys(command, seen).flatMap((id) => (/^\d{4}-\d{2}\//.test(id) ? [id.slice(0, 7)] : []))
}

export const needs = (command: AccountCommand, seen: Seen<AccountRecord>): readonly Key[] => {
  const settlements = months(command, seen).flatMap((month) => openFrom(month, seen.other))
  const statement = (id: string): Key => ({ kind: 'statement', id })
  const known =
    command.type === 'propose-finding'
      ? command
      : command.type === 'confirm-finding'
        ? seen.own(findingId(command.finding))
        : undefined
  const paid = known && 'charges' in known ? [statement(accountId(known.month, known))] : []
  return [...paid, ...[...new Set(settlements)].map(settlementKey)]
}
