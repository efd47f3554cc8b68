import type { Adjustment, AttributedLine, Month, SettledPosition } from '@hospital-crm/rules'
import type { Door } from '../../kernel/door.ts'
import { everyPage } from '../../kernel/paging.ts'
import { account, accountId, whoseId } from '../../slices/accounts/index.ts'
import type { AccountHead, Credit, Whose } from '../../slices/accounts/schema.ts'
import { statement, statementId } from '../../slices/statements/index.ts'
import type { Frozen } from '../../slices/statements/schema.ts'

const limit = 500

/** The accounts and frozen statements that a settlement reads, each of them once. */
export const openBook = (door: Door, month: Month) => {
  const heads = new Map<string, AccountHead | undefined>()
  const frozen = new Map<string, Frozen | undefined>()
  const credits = new Map<string, readonly Credit[]>()
  let isMonthRead = false

  const creditsOf = (of: Month, range: { from?: string; to?: string } = {}) =>
    everyPage((after) =>
      door.list(account, {
        ...{ index: 'credits', equals: [[of]], limit, ...range },
        ...(after !== undefined && { after }),
      }),
    )

  /** The open month's visits are read for all payees at once, an earlier month's for one. */
  const read = async (of: Month, id: string) => {
    if (of === month && !isMonthRead) {
      isMonthRead = true
      const found = await creditsOf(of)
      const byPayee = Map.groupBy(found, ({ order }) => order)
      for (const [payee, items] of byPayee) {
        credits.set(
          `${of}/${payee}`,
          items.map(({ state }) => state as unknown as Credit),
        )
      }
    }
    const known = credits.get(`${of}/${id}`)
    if (known || of === month) return known ?? []
    const found = await creditsOf(of, { from: id, to: id })
    const states = found.map(({ state }) => state as unknown as Credit)
    credits.set(`${of}/${id}`, states)
    return states
  }

  const loadHeads = async (wanted: readonly (readonly [Month, Whose])[]) => {
    const ids = wanted.map(([of, whose]) => accountId(of, whose)).filter((id) => !heads.has(id))
    const found = ids.length === 0 ? [] : await door.getMany(account, ids)
    ids.forEach((id, at) => {
      const state = found[at]?.state
      heads.set(id, state?.status === 'account' ? (state as unknown as AccountHead) : undefined)
    })
  }

  const loadFrozen = async (wanted: readonly (readonly [Month, Whose])[]) => {
    const ids = wanted.map(([of, whose]) => statementId(of, whose)).filter((id) => !frozen.has(id))
    const found = ids.length === 0 ? [] : await door.getMany(statement, ids)
    ids.forEach((id, at) => {
      const state = found[at]?.state
      frozen.set(id, state?.status === 'frozen' ? (state as unknown as Frozen) : undefined)
    })
  }

  return {
    month,
    loadHeads,
    loadFrozen,

    /** An account as it stood when it was read. */
    head: (of: Month, whose: Whose) => heads.get(accountId(of, whose)),

    frozen: (of: Month, whose: Whose) => frozen.get(statementId(of, whose)),

    /** Accounts whose last change some settlement had or has to take in, by that settlement's month. */
    due: async (months: readonly Month[]): Promise<readonly AccountHead[]> => {
      const found = await everyPage((after) =>
        door.list(account, {
          ...{ index: 'due', equals: [months], limit },
          ...(after !== undefined && { after }),
        }),
      )
      const states = found.map(({ state }) => state as unknown as AccountHead)
      for (const state of states) heads.set(accountId(state.month, state), state)
      return states
    },

    /** The lines of an account up to a position, and which of them were found made up. */
    lines: async (of: Month, whose: Whose, cutoff: number) => {
      const lines: AttributedLine[] = []
      const struck: string[] = []
      for (const credit of await read(of, whoseId(whose))) {
        const stand = credit.stands.findLast((one) => one.month === of && one.position <= cutoff)
        for (const line of stand?.lines ?? []) {
          lines.push(line)
          if (line.holds.length > 0 && credit.struck.includes(line.id)) struck.push(line.id)
        }
      }
      return { lines, struck }
    },

    adjustments: (of: Month, whose: Whose, after: number, upTo: number): readonly Adjustment[] =>
      (heads.get(accountId(of, whose))?.adjustments ?? []).flatMap(({ position, adjustment }) =>
        position > after && position <= upTo ? [adjustment] : [],
      ),

    /** What a payee was last settled at in a month. */
    positions: (
      of: Month,
      whose: Whose,
      before: Frozen | undefined,
    ): readonly SettledPosition[] => {
      const at = before?.settled[of]?.statement
      const paid = at === undefined ? undefined : frozen.get(statementId(at, whose))
      return (paid?.statement.positions ?? []).filter((one) => one.month === of)
    },

    /** The last statement a payee got before the month. */
    lastBefore: async (whose: Whose, previous: Month): Promise<Frozen | undefined> => {
      await loadFrozen([[previous, whose]])
      const known = frozen.get(statementId(previous, whose))
      if (known) return known
      const { items } = await door.list(statement, {
        ...{ index: 'payee', equals: [[whose.role], [whose.payee]], to: previous, limit: 1 },
        direction: 'descending',
      })
      const state = items[0]?.state as unknown as Frozen | undefined
      if (state) frozen.set(statementId(state.month, whose), state)
      return state
    },
  }
}
export type Book = ReturnType<typeof openBook>
