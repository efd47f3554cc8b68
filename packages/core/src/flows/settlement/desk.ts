import { Month, type Statement } from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { Refusal, refuse } from '../../kernel/refusal.ts'
import type { Input } from '../../kernel/slice.ts'
import { whoseId } from '../../slices/accounts/index.ts'
import type { Whose } from '../../slices/accounts/schema.ts'
import { payoutsId, runId, settlement } from '../../slices/settlements/index.ts'
import type {
  Drafted,
  Header,
  PayoutKind,
  SettlementCommand,
} from '../../slices/settlements/schema.ts'
import { statement, statementId } from '../../slices/statements/index.ts'
import type { Frozen } from '../../slices/statements/schema.ts'
import { frozenIn } from './frozen.ts'
import { type PayoutFile, payoutFile } from './payout-file.ts'
import { type Reconciliation, reconciliationOf, visitsOn } from './reconciliation.ts'
import { request } from './request.ts'
import { nowOf, releasesAt, remade, runOf } from './run.ts'

/** A statement as it was drafted or frozen. */
export interface StatementSeen {
  readonly status: 'draft' | 'frozen'
  readonly hash: string
  readonly statement: Statement
}

type Said<Type extends SettlementCommand['type']> = Omit<
  Input<typeof SettlementCommand, Type>,
  'month'
>

const tries = 5

/** Where a month is settled: drafted, disputed, approved step by step, frozen, exported and paid. */
export const settlementDesk = (door: Door) => {
  const header = async (month: Month): Promise<Header> => {
    if (!Month.safeParse(month).success) return refuse('month.malformed')
    const state = (await door.get(settlement, month))?.state
    return state && 'hash' in state ? (state as Header) : refuse('settlement.unknown', { month })
  }
  const draftedOf = async (month: Month): Promise<readonly Drafted[]> => {
    const state = (await door.get(settlement, runId(month)))?.state
    return state?.status === 'run' ? (state.statements as Drafted[]) : []
  }
  const isClosed = ({ status }: Header) => status === 'frozen' || status === 'paid'

  /** Accounts may move between the reading and the commit; then they are read again. */
  const drafted = async (month: Month, options: CommandOptions) => {
    for (let tried = 1; ; tried += 1) {
      try {
        const { hash, made, accounts } = await runOf(door, month)
        const run = made.map((one) => one.drafted)
        const input = { type: 'draft', month, hash, run, accounts }
        return await request(door, [{ slice: settlement, input }], `draft ${month}`, options)
      } catch (error) {
        const isMoved = error instanceof Refusal && error.code === 'settlement.account-differs'
        if (!isMoved || tried === tries) throw error
      }
    }
  }

  const seen = async (month: Month, whose: Whose): Promise<StatementSeen> => {
    const state = (await door.get(statement, statementId(month, whose)))?.state
    if (state?.status === 'frozen') {
      const { hash, statement: made } = state as unknown as Frozen
      return { status: 'frozen', hash, statement: made }
    }
    const { at } = await header(month)
    const mine = (await draftedOf(month)).filter((one) => whoseId(one) === whoseId(whose))
    const [found] = (await remade(door, month, { at, drafted: mine })).made
    if (!found) return refuse('settlement.no-such-statement', { month })
    const { hash, statement: made } = found.content
    return { status: 'draft', hash, statement: made }
  }

  const payoutOf = async (
    month: Month,
    kind: PayoutKind,
    id?: string,
    options: ReadOptions = {},
  ): Promise<PayoutFile> => {
    const state = (await door.get(settlement, payoutsId(month), options))?.state
    const { currency } = await door.policy()
    const payouts = state?.status === 'payouts' ? state.payouts : []
    const payout = payouts.findLast((one) => one.kind === kind && (id ?? one.payout) === one.payout)
    if (id !== undefined && !payout) return refuse('settlement.payout-unknown', { payout: id })
    const withheld = state?.status === 'payouts' ? state.withheld[kind] : []
    return payoutFile(kind, { month, currency }, payout, withheld)
  }

  return {
    /**
     * Makes the statements of a month that is over out of everything known, one for each payee, and puts
     * them to approval. Made again without anything new it changes nothing; with something new, what was
     * approved is to be approved again. Months are settled one after the other. Whoever drafts reads all
     * accounts.
     */
    draft: async (month: Month, options: CommandOptions = {}): Promise<Header> => {
      await drafted(month, options)
      return header(month)
    },

    /** Where the settlement of a month stands, and the hash that approvals sign. No amount is in it. */
    get: header,

    /** Who gets a statement, and the visits that whoever attests them looks at. No amount is in it. */
    run: draftedOf,

    /** Signs the next step for the run with this hash, as the actor. One person signs one step. */
    approve: (month: Month, input: Said<'approve'>, options?: CommandOptions) =>
      door.run(settlement, { type: 'approve', month, ...input }, options),

    /** Says that a statement is not right. Nothing is approved until the dispute is closed. */
    dispute: (month: Month, input: Said<'dispute'>, options?: CommandOptions) =>
      door.run(settlement, { type: 'dispute', month, ...input }, options),

    /** Another person says what became of a dispute. */
    closeDispute: (month: Month, input: Said<'close-dispute'>, options?: CommandOptions) =>
      door.run(settlement, { type: 'close-dispute', month, ...input }, options),

    /**
     * Freezes the approved run: the header and all statements in one commit. Refuses with
     * `settlement.changed` where terms, payees or releases make other statements than were approved.
     */
    freeze: async (
      month: Month,
      { hash }: { readonly hash: string },
      options: CommandOptions = {},
    ): Promise<Header> => {
      const known = await header(month)
      const freezing = { slice: settlement, input: { type: 'freeze', month, hash } }
      if (isClosed(known) || known.hash !== hash) {
        await request(door, [freezing], hash, {})
        return header(month)
      }
      const run = await remade(door, month, { at: known.at, drafted: await draftedOf(month) })
      if (run.hash !== hash) return refuse('settlement.changed', { month })
      const statements = run.made.map(({ content }) => {
        return { slice: statement, input: { type: 'freeze', ...content } }
      })
      await request(door, [freezing, ...statements], hash, options)
      return header(month)
    },

    /** A payee's statement, as it was drafted or frozen; every figure leads to a charge and a touch. */
    statement: seen,

    /** The frozen statements of a payee, the latest first. */
    statements: (
      { role, payee }: Whose,
      { limit = 50, after, ...options }: ReadOptions & { limit?: number; after?: string } = {},
    ) =>
      door.list(
        statement,
        {
          ...{ index: 'payee', equals: [[role], [payee]], limit },
          direction: 'descending',
          ...(after && { after }),
        },
        options,
      ),

    /** A partner's statement by visits, each under a name that only this hospital can lead back. */
    reconciliation: async (month: Month, partner: string): Promise<Reconciliation> => {
      const { statement: made } = await seen(month, { role: 'partner', payee: partner })
      const names = new Map<string, string>()
      for (const visit of visitsOn(made)) {
        const [word = ''] = await door.blind('identifier', `reconciliation:${partner}:${visit}`)
        names.set(visit, word.slice(0, 12))
      }
      return reconciliationOf(made, (visit) => names.get(visit) ?? '')
    },

    /**
     * Makes the payout of what the law lets leave now: members of staff by payroll, partners by bank.
     * Asked again it is the same; what was withheld goes into a further payout once it may leave.
     * Accounts are covered unless opened.
     */
    export: async (
      month: Month,
      kind: PayoutKind,
      { open, ...options }: CommandOptions & ReadOptions = {},
    ): Promise<PayoutFile> => {
      const role = kind === 'payroll' ? 'rep' : 'partner'
      const payees = (await frozenIn(door, month)).flatMap((frozen) =>
        frozen.role === role ? [{ role, payee: frozen.payee }] : [],
      )
      const releases = (await releasesAt(door, await nowOf(door))).map(({ id }) => id)
      const input = { type: 'export', month, kind, payees, releases }
      await request(door, [{ slice: settlement, input }], `export ${month} ${kind}`, options)
      return payoutOf(month, kind, undefined, open ? { open } : {})
    },

    /** A payout that was made, as a file. */
    payout: payoutOf,

    /** Notes that a payout has been paid, under the bank's or payroll's reference, by another person. */
    pay: (month: Month, input: Said<'pay'>, options?: CommandOptions) =>
      door.run(settlement, { type: 'pay', month, ...input }, options),

    /** Settlements, the latest month first. */
    list: ({ limit = 24, after }: { limit?: number; after?: string } = {}) =>
      door.list(settlement, {
        ...{ index: 'month', equals: [], limit, direction: 'descending' },
        ...(after && { after }),
      }),
  }
}
