import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Minor, safe } from '../money/amount.ts'
import { refuse } from '../refusal.ts'
import {
  type Account,
  type AccountSection,
  lineOf,
  type StatementLine,
  sectionOf,
} from './account.ts'
import { type ClassifiedLine, classifier, termsOfMonth } from './classify.ts'
import type { Adjustment, Month, SettledPosition, SettlementFacts } from './settlement-facts.ts'
import { type Ambiguity, type CommissionTerms, termsRef } from './terms.ts'

/** Why a statement pays nothing, or less than its figures. */
export type StatementReason =
  | 'no-attributed-charges'
  | 'nothing-counted'
  | 'lines-held'
  | 'lines-refused'
  | 'nothing-new-since-settled'
  | 'earlier-balance'
  | 'balance-carried'

/** A month's account with one payee, complete: every figure leads to a charge, a touch and a rule. */
export interface Statement {
  readonly payee: string
  readonly month: Month
  readonly currency: string
  /** The open month, and earlier ones into which late charges or refunds fell. */
  readonly sections: readonly AccountSection[]
  /** Charges that stand in no section, each with why. */
  readonly excluded: readonly StatementLine[]
  readonly adjustments: readonly Adjustment[]
  /** Sections and adjustments. */
  readonly due: Minor
  readonly carriedIn: Minor
  /** What is to be paid now, 0 or more, and what stays owing, 0 or less. */
  readonly payable: Minor
  readonly carriedOut: Minor
  readonly heldTotal: Minor
  readonly refusedTotal: Minor
  readonly reasons: readonly StatementReason[]
  /** How this version reads what can be read otherwise; to be printed. */
  readonly ambiguities: readonly (Ambiguity & { readonly terms: string })[]
  /** What is settled when this statement is; hand it in with later ones. */
  readonly positions: readonly SettledPosition[]
}

/**
 * Makes the statement of a payee for a month out of everything known, in any order. Late facts of a
 * settled month are booked as the difference of two ratings; a negative sum is carried, not paid.
 * What was counted in a settled month stays counted; its refunds follow it. Refuses no terms or terms
 * of several roles or currencies (`settlement.no-terms`, `settlement.mixed-terms`), lines of another
 * payee or role (`settlement.foreign-line`), one charge twice (`settlement.line-twice`), a carried
 * balance above 0 (`settlement.balance-above-nothing`), and a settled position of terms that are not
 * given or of a later month (`settlement.position-unknown`).
 */
export const statementOf = (facts: SettlementFacts): Statement => {
  const { payee, month, carriedIn } = facts
  const { currency } = checked(facts)
  const classify = classifier(facts)
  const lines = facts.lines
    .map(classify)
    .filter((one) => one.month <= month)
    .sort(byDay)
  const sections = sectionsOf(facts, lines)
  const adjustments = facts.adjustments.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const due = safe(
    total(sections.map((section) => section.due.total)) +
      total(adjustments.map(({ amount }) => amount)),
  )
  const balance = safe(due + carriedIn)
  const used = new Set(sections.map(({ terms }) => terms))
  const statement = {
    payee: payee.id,
    month,
    currency,
    sections,
    excluded: lines.filter(({ standing }) => standing === 'excluded').map((one) => lineOf(one)),
    adjustments,
    due,
    carriedIn,
    payable: Math.max(0, balance),
    carriedOut: Math.min(0, balance),
    heldTotal: total(sections.map(({ heldTotal }) => heldTotal)),
    refusedTotal: total(sections.map(({ refusedTotal }) => refusedTotal)),
    ambiguities: byVersion(facts.terms)
      .filter((terms) => used.has(termsRef(terms)))
      .flatMap((terms) => terms.ambiguities.map((one) => ({ ...one, terms: termsRef(terms) }))),
    positions: sections.map(positionOf),
  }
  return { ...statement, reasons: reasonsFor(statement, lines) }
}

/** A hash of the statement's content, hex SHA-256: what approvals sign. */
export const statementHash = (statement: Statement): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(statement))))

const total = (amounts: readonly Minor[]): Minor => amounts.reduce((sum, one) => sum + one, 0)

const byDay = (a: ClassifiedLine, b: ClassifiedLine) =>
  a.on === b.on ? (a.line.id < b.line.id ? -1 : 1) : a.on < b.on ? -1 : 1

const byVersion = (terms: readonly CommissionTerms[]) =>
  terms.toSorted((a, b) => (a.from === b.from ? a.version - b.version : a.from < b.from ? -1 : 1))

const checked = ({ payee, lines, terms, month, settled, carriedIn }: SettlementFacts) => {
  const { role, currency } = terms[0] ?? refuse('settlement.no-terms', { month })
  if (terms.some((one) => one.role !== role || one.currency !== currency)) {
    refuse('settlement.mixed-terms', { month })
  }
  for (const position of settled) {
    const version = terms.find((one) => termsRef(one) === position.terms)
    if (!version?.meters.some(({ id }) => id === position.meter) || position.month > month) {
      refuse('settlement.position-unknown', { month: position.month, terms: position.terms })
    }
  }
  const seen = new Set<string>()
  for (const line of lines) {
    if (line.payee !== payee.id || line.role !== role) {
      refuse('settlement.foreign-line', { charge: line.id })
    }
    if (seen.has(line.id)) refuse('settlement.line-twice', { charge: line.id })
    seen.add(line.id)
  }
  if (safe(carriedIn) > 0) refuse('settlement.balance-above-nothing', { month })
  return { currency }
}

/** In order of months, so that a base below nothing passes from one to the next. */
const sectionsOf = (
  facts: SettlementFacts,
  lines: readonly ClassifiedLine[],
): readonly AccountSection[] => {
  const carried = new Map(Object.entries(facts.carriedBases ?? {}))
  return accountsOf(facts, lines).map((account) => {
    const { id } = account.meter
    const section = sectionOf(account, carried.get(id) ?? 0, facts.month)
    const isCarried = account.terms.negativeMonth === 'carried'
    carried.set(id, isCarried ? Math.min(0, section.rating.base) : 0)
    return section
  })
}

/** An account for each meter that has lines or was settled, and for each in force in the open month. */
const accountsOf = (
  facts: SettlementFacts,
  lines: readonly ClassifiedLine[],
): readonly Account[] => {
  const key = (month: Month, terms: string, meter: string) => `${month} ${terms} ${meter}`
  const byAccount = linesByAccount(lines)
  const settledBy = new Map(facts.settled.map((one) => [key(one.month, one.terms, one.meter), one]))
  const months = new Set([
    facts.month,
    ...lines.map(({ month }) => month),
    ...facts.settled.map(({ month }) => month),
  ])
  const open = termsOfMonth(facts.terms, facts.month)
  return [...months].toSorted().flatMap((month) =>
    byVersion(facts.terms).flatMap((terms) =>
      terms.meters.flatMap((meter): Account[] => {
        const place = key(month, termsRef(terms), meter.id)
        const own = byAccount.get(month)?.get(terms)?.get(meter) ?? []
        const settled = settledBy.get(place)
        const isOpen = month === facts.month && terms === open
        return own.length > 0 || settled || isOpen
          ? [{ month, terms, meter, lines: own, settled }]
          : []
      }),
    ),
  )
}

/** By month, version and meter, each level once for all its lines. */
const linesByAccount = (lines: readonly ClassifiedLine[]) => {
  const standing = lines.filter((line) => line.standing !== 'excluded')
  const grouped = Map.groupBy(standing, ({ month }) => month)
  const byMeter = (of: readonly ClassifiedLine[]) => Map.groupBy(of, ({ meter }) => meter)
  const byTerms = (of: readonly ClassifiedLine[]) =>
    new Map([...Map.groupBy(of, ({ terms }) => terms)].map(([terms, own]) => [terms, byMeter(own)]))
  return new Map([...grouped].map(([month, own]) => [month, byTerms(own)]))
}

const positionOf = ({ month, terms, meter, rating, lines }: AccountSection): SettledPosition => ({
  month,
  terms,
  meter,
  base: rating.base,
  commission: rating.commission,
  reward: rating.reward,
  total: rating.total,
  charges: lines.filter(({ standing }) => standing === 'counted').map(({ charge }) => charge),
})

const reasonsFor = (
  { sections, due, carriedIn, carriedOut }: Omit<Statement, 'reasons'>,
  lines: readonly ClassifiedLine[],
): readonly StatementReason[] => {
  const has = (word: ClassifiedLine['standing']) => lines.some(({ standing }) => standing === word)
  const wasSettled = sections.some(({ settled }) => settled !== null)
  const reasons: readonly [StatementReason, boolean][] = [
    ['no-attributed-charges', lines.length === 0],
    ['nothing-counted', lines.length > 0 && !has('counted')],
    ['lines-held', has('held')],
    ['lines-refused', has('refused')],
    ['nothing-new-since-settled', wasSettled && due === 0],
    ['earlier-balance', carriedIn < 0],
    ['balance-carried', carriedOut < 0],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}
