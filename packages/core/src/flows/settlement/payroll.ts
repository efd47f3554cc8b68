import {
  type Assignment,
  type Claim,
  csvOf,
  deductFromWage,
  Month,
  type Pay,
  type Policy,
  payOf,
  type WageDeduction,
  writeAmount,
} from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { everyPage, page } from '../../kernel/paging.ts'
import { refuse } from '../../kernel/refusal.ts'
import { claim, owedBeside } from '../../slices/claims/index.ts'
import type { KnownClaim } from '../../slices/claims/schema.ts'
import { staffMember } from '../../slices/staff/index.ts'
import { statement, statementId } from '../../slices/statements/index.ts'
import type { Frozen } from '../../slices/statements/schema.ts'
import { frozenIn } from './frozen.ts'
import { request } from './request.ts'

/** What a member of staff is to be paid for a month, in minor units, every part of it named. */
export interface Payslip {
  readonly staff: string
  readonly pay: Pay
  /** What may be kept for claims, and why no more; null where the rule pack names no law for it. */
  readonly deduction: WageDeduction | null
  readonly net: number
}

export interface Payroll {
  readonly month: Month
  readonly slips: readonly Payslip[]
  /** `month, staff, item, days, of days, amount, kept, currency`: one line for each part. */
  readonly csv: string
}

type Owed = KnownClaim & { readonly id: string }

const schemeOf = ({ commission }: Policy, month: Month) =>
  (commission?.pay ?? [])
    .filter(({ from }) => from <= `${month}-31`)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1) ?? refuse('payroll.no-scheme', { month })

/** What stands against somebody as the law looks at it; what was kept for the month counts as still owed. */
const claimsFor = (month: Month, owed: readonly Owed[]): readonly Claim[] =>
  owed.flatMap((one) => {
    const { id, status, kind, because, day } = one
    const amount = owedBeside(one, month)
    if (status === 'dropped' || amount === 0 || day.slice(0, 7) > month) return []
    return [{ id, kind, amount, because, standing: status }]
  })

const slipOf = (
  policy: Policy,
  month: Month,
  { staff, stages, owed, commission }: Known,
): Payslip => {
  const pay = payOf(schemeOf(policy, month), { month, assignments: stages, commission })
  const { wages } = policy.compliance ?? {}
  const deduction = wages
    ? deductFromWage(wages.rule, {
        wage: pay.gross,
        minimumWage: wages.minimumWage,
        claims: claimsFor(month, owed),
      })
    : null
  return { staff, pay, deduction, net: deduction?.paid ?? pay.gross }
}

interface Known {
  readonly staff: string
  readonly stages: readonly Assignment[]
  readonly owed: readonly Owed[]
  readonly commission: number
}

/** The claims of which something is kept. */
const keptOf = ({ deduction }: Payslip) =>
  (deduction?.claims ?? []).filter(({ deducted }) => deducted > 0)

/** What was earned and what is kept stand in columns of their own: tables take a leading minus for a formula. */
const rowsOf = (slip: Payslip, currency: string) => {
  const { pay } = slip
  const write = (amount: number) => writeAmount(amount, currency)
  return [
    ...pay.lines.map(({ stage, component, days, ofDays, amount }) => {
      return [`${stage}: ${component}`, days, ofDays, write(amount), null]
    }),
    ['commission', null, null, write(pay.commission), null],
    ...keptOf(slip).map((one) => [`claim ${one.claim}`, null, null, null, write(one.deducted)]),
  ]
}

const monthOf = (month: Month): Month =>
  Month.safeParse(month).success ? month : refuse('month.malformed')

/** Where a settled month becomes pay: base pay, allowances and commission, less what the law lets be kept. */
export const payrollDesk = (door: Door) => {
  /** What is known of several members, in a few calls however many they are. */
  const known = async (statements: readonly Frozen[]): Promise<readonly Known[]> => {
    if (statements.length === 0) return []
    const ids = statements.map(({ payee }) => payee)
    const [members, owed] = await Promise.all([
      door.getMany(staffMember, ids),
      everyPage((after) =>
        door.list(claim, {
          ...{ index: 'staff', equals: [ids] },
          ...page({ limit: 200, ...(after !== undefined && { after }) }),
        }),
      ),
    ])
    const claims = Map.groupBy(
      owed.map(({ id, state }): Owed => ({ ...(state as KnownClaim), id })),
      (one) => one.staff,
    )
    return statements.map(({ payee: staff, statement: { payable } }, at) => {
      const state = members[at]?.state
      const stages = (state && 'stages' in state && state.stages) || []
      return { staff, stages, owed: claims.get(staff) ?? [], commission: payable }
    })
  }

  const slip = async (month: Month, staff: string): Promise<Payslip> => {
    const id = statementId(monthOf(month), { role: 'rep', payee: staff })
    const state = (await door.get(statement, id))?.state
    if (state?.status !== 'frozen') return refuse('payroll.not-settled', { month, staff })
    const [found] = await known([state as unknown as Frozen])
    return found
      ? slipOf(await door.policy(), month, found)
      : refuse('payroll.not-settled', { month, staff })
  }

  return {
    /** One member's pay for a month whose settlement is frozen. */
    slip,

    /** Everybody's who has a statement of the month, as data and as a file for the payroll. */
    run: async (month: Month): Promise<Payroll> => {
      const statements = await frozenIn(door, monthOf(month))
      const [policy, members] = await Promise.all([
        door.policy(),
        known(statements.filter(({ role }) => role === 'rep')),
      ])
      const slips = members.map((member) => slipOf(policy, month, member))
      const { currency } = policy
      const columns = ['month', 'staff', 'item', 'days', 'of days', 'amount', 'kept', 'currency']
      const rows = slips.flatMap((one) =>
        rowsOf(one, currency).map((row) => [month, one.staff, ...row, currency]),
      )
      return { month, slips, csv: csvOf({ columns, rows }) }
    },

    /**
     * Notes, under the payroll's entry, that a slip's deductions were kept from the wage: they are owed no
     * more, and what the law did not let be kept remains a claim. Asked again it changes nothing.
     */
    keep: async (
      month: Month,
      staff: string,
      { reference }: { readonly reference: string },
      options: CommandOptions = {},
    ): Promise<Payslip> => {
      const found = await slip(month, staff)
      const asks = keptOf(found).map(({ claim: id, deducted: amount }) => {
        return { slice: claim, input: { type: 'keep', claim: id, month, amount, reference } }
      })
      if (asks.length > 0) await request(door, asks, reference, options)
      return found
    },
  }
}
