import type { AttributedLine, Month } from '@hospital-crm/rules'
import * as z from 'zod'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import { accountId, creditId } from '../ids.ts'
import type {
  AccountEvent,
  AccountHead,
  AccountRecord,
  Credit,
  Stand,
  Told,
  Whose,
} from '../schema.ts'
import { openFrom } from './keys.ts'

const Settled = z.object({ status: z.string() })

/** The account of a payee and month; before the first change, one at position 0. */
export const headOf = (
  month: Month,
  { role, payee }: Whose,
  { own }: Context<AccountRecord>,
): Omit<AccountHead, 'status' | 'due'> => {
  const known = own(accountId(month, { role, payee }))
  const none = { role, payee, month, position: 0, amount: 0, lines: 0, adjustments: [] }
  return known.status === 'account' ? known : none
}

/** The month whose settlement has to take in what changes now in this month's account. */
export const dueOf = (month: Month, { other }: Context<AccountRecord>): Month =>
  openFrom(month, (key) => other(key, Settled)).at(-1) ?? month

const counted = (told: readonly Told[], struck: readonly string[]): readonly AttributedLine[] =>
  told
    .filter(({ count }) => count > 0)
    .map(({ line }) =>
      struck.includes(line.id) && !line.holds.includes('dispute')
        ? { ...line, holds: [...line.holds, 'dispute' as const] }
        : line,
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** A refund counts in the month of its charge. */
const byMonth = (lines: readonly AttributedLine[], day: 'occurredOn' | 'postedOn') => {
  const byId = new Map(lines.map((line) => [line.id, line]))
  return Map.groupBy(lines, (line) =>
    ((line.refundOf !== undefined && byId.get(line.refundOf)) || line)[day].slice(0, 7),
  )
}

const standIn = (stands: readonly Stand[], month: Month): readonly AttributedLine[] =>
  stands.findLast((stand) => stand.month === month)?.lines ?? []

const total = (lines: readonly AttributedLine[]) =>
  lines.reduce((sum, { amount }) => sum + amount, 0)

/** The lines with what was taken out and put in; words come in any order, so counts may pass below 0. */
export const retold = (
  told: readonly Told[],
  removed: readonly AttributedLine[],
  added: readonly AttributedLine[],
): readonly Told[] => {
  const counts = new Map(told.map((one) => [canonical(one.line), one]))
  const count = (line: AttributedLine, by: number) => {
    const name = canonical(line)
    const { count: known } = counts.get(name) ?? { count: 0 }
    counts.set(name, { line, count: known + by })
  }
  for (const line of removed) count(line, -1)
  for (const line of added) count(line, 1)
  return [...counts.values()].filter((one) => one.count !== 0)
}

export interface Retold {
  readonly before: Credit
  readonly told: readonly Told[]
  readonly struck: readonly string[]
}

/** What follows when visits of a payee stand otherwise: their own records, and each account where that shows. */
export const restand = (
  visits: readonly Retold[],
  context: Context<AccountRecord>,
): On<AccountEvent>[] => {
  const isPosted = context.policy.commission?.terms[0]?.accountingDay === 'posted'
  const heads = new Map<Month, ReturnType<typeof headOf>>()
  return visits.flatMap(({ before, told, struck }) => {
    const { role, payee, visit } = before
    const lines = byMonth(counted(told, struck), isPosted ? 'postedOn' : 'occurredOn')
    const months = new Set([...lines.keys(), ...before.stands.map(({ month }) => month)])
    const moved: On<AccountEvent>[] = []
    const stands: Stand[] = []
    for (const month of [...months].sort()) {
      const was = standIn(before.stands, month)
      const is = lines.get(month) ?? []
      if (canonical(was) === canonical(is)) continue
      const head = heads.get(month) ?? headOf(month, before, context)
      const next = {
        ...{ role, payee, month, position: head.position + 1 },
        amount: head.amount + total(is) - total(was),
        lines: head.lines + is.length - was.length,
      }
      heads.set(month, { ...head, ...next })
      stands.push({ month, position: next.position, lines: is })
      const due = dueOf(month, context)
      moved.push(on(accountId(month, before), { type: 'account.moved', ...next, due }))
    }
    const credited = on<AccountEvent>(creditId(before, visit), {
      type: 'account.credited',
      ...{ role, payee, visit, told: [...told], struck: [...struck] },
      stands: [...before.stands, ...stands],
    })
    return [credited, ...moved]
  })
}
