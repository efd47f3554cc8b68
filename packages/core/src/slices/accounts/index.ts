import type { Month } from '@hospital-crm/rules'
import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { keys, needs } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { accountId, findingId, whoseId } from './ids.ts'
import { AccountCommand, AccountEvent, AccountRecord, type Whose } from './schema.ts'

export { accountId, whoseId } from './ids.ts'

export const account: Slice<AccountRecord, AccountCommand, AccountEvent> = {
  name: 'account',
  state: AccountRecord,
  command: AccountCommand,
  event: AccountEvent,
  initial: { status: 'none' },
  keys,
  needs,
  decide,
  evolve,
  lists: { due: ['month'], credits: ['month'], findings: ['role', 'payee'] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const order = whoseId(state)
    if (state.status === 'account') return [{ index: 'due', equals: [state.due], order }]
    if (state.status === 'credit') {
      const months = new Set(state.stands.map(({ month }) => month))
      return [...months].map((month) => ({ index: 'credits', equals: [month], order }))
    }
    return [{ index: 'findings', equals: [state.role, state.payee], order: state.at }]
  },
  attributes: (state): Attributes => (state.status === 'none' ? {} : { payee: [state.payee] }),
}

type Said<Type extends AccountCommand['type']> = Input<typeof AccountCommand, Type>

export const accounts = (door: Door) => ({
  /** Where a payee's account of a month stands: its position, and the sum of the lines that count. */
  get: (month: Month, whose: Whose, options?: ReadOptions) =>
    door.get(account, accountId(month, whose), options),

  /**
   * Adds or takes money by decision, in minor units, in the account of a month that is not frozen
   * (`account.month-frozen`). It says why, without a patient's name. What was approved is to be
   * approved anew; nobody adjusts their own account.
   */
  adjust: (input: Said<'adjust'>, options?: CommandOptions) =>
    door.run(account, { type: 'adjust', ...input }, options),

  /** The first word on charges that a frozen statement paid for and that were made up. */
  proposeFinding: (input: Said<'propose-finding'>, options?: CommandOptions) =>
    door.run(account, { type: 'propose-finding', ...input }, options),

  /**
   * The second one, by another person. From now on the charges count for nothing, so that the next
   * statement takes back what they had earned; the penalty is a claim of its own, open until heard.
   */
  confirmFinding: (finding: string, options?: CommandOptions) =>
    door.run(account, { type: 'confirm-finding', finding }, options),

  finding: (finding: string, options?: ReadOptions) =>
    door.get(account, findingId(finding), options),

  /** What was found of a payee, the latest first. */
  findings: (
    { role, payee }: Whose,
    { limit = 50, after, ...options }: ReadOptions & { limit?: number; after?: string } = {},
  ) =>
    door.list(
      account,
      {
        index: 'findings',
        equals: [[role], [payee]],
        direction: 'descending',
        limit,
        ...(after && { after }),
      },
      options,
    ),
})
