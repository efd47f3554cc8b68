import { flow, type Raised, raise } from '../../kernel/flow.ts'
import { account, whoseId } from '../../slices/accounts/index.ts'
import type { AccountEvent, Whose } from '../../slices/accounts/schema.ts'
import type { ChargeEvent } from '../../slices/charges/schema.ts'
import { settlement } from '../../slices/settlements/index.ts'

type Told<Event extends { type: string }, Type extends Event['type']> = Extract<
  Event,
  { type: Type }
>

/** What a visit's charges bring goes to the account of everybody who is credited, or was. */
const chargeReachesAccounts = flow<Told<ChargeEvent, 'charge.attributed'>>(
  'charge-reaches-accounts',
  'charge.attributed',
  ({ event: { visit, removed, added } }) => {
    const payees = new Map<string, Whose>()
    for (const { role, payee } of [...removed, ...added]) {
      payees.set(whoseId({ role, payee }), { role, payee })
    }
    return [...payees].map(([id, whose]): Raised => {
      const mine = <Line extends Whose>(lines: readonly Line[]) =>
        lines.filter(({ role, payee }) => role === whose.role && payee === whose.payee)
      const lines = { removed: mine(removed), added: mine(added) }
      return raise(account, `${id}/${visit}`, { type: 'take', ...whose, visit, ...lines })
    })
  },
)

/** What is decided about a month's money after it was approved is to be approved as well. */
const adjustmentReopens = flow<Told<AccountEvent, 'account.adjusted'>>(
  'adjustment-reopens',
  'account.adjusted',
  ({ event: { month } }) => [raise(settlement, month, { type: 'reopen', month })],
)

const findingReopens = flow<Told<AccountEvent, 'account.finding-confirmed'>>(
  'finding-reopens',
  'account.finding-confirmed',
  ({ event: { due } }) => [raise(settlement, due, { type: 'reopen', month: due })],
)

export const settlementFlows = [chargeReachesAccounts, adjustmentReopens, findingReopens]
