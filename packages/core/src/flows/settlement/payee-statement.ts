import {
  type AttributedLine,
  type ComplianceProfile,
  type Month,
  type Release,
  type SettledPosition,
  type Statement,
  statementOf,
  termsRef,
} from '@hospital-crm/rules'
import type { Whose } from '../../slices/accounts/schema.ts'
import { monthBefore } from '../../slices/settlements/index.ts'
import type { Drafted } from '../../slices/settlements/schema.ts'
import { hashOf } from '../../slices/statements/index.ts'
import type { Frozen } from '../../slices/statements/schema.ts'
import type { Book } from './book.ts'
import type { PayeeFacts } from './payee-terms.ts'

/** A payee's statement as it would be frozen, and up to which positions of the accounts. */
export interface Made {
  readonly drafted: Drafted
  readonly content: Omit<Frozen, 'status' | 'at'>
}

/** What is the same for all statements of a run. */
export interface Setting {
  readonly book: Book
  readonly profile: ComplianceProfile
  readonly releases: readonly Release[]
  /** As of which releases are looked at. */
  readonly at: string
  /** The first month that is settled here. */
  readonly first: Month
}

type Cutoffs = Readonly<Record<Month, number>>

const monthAfter = (month: Month): Month => {
  const [year = 0, nth = 0] = month.split('-').map(Number)
  const [y, m] = nth === 12 ? [year + 1, 1] : [year, nth + 1]
  return `${`${y}`.padStart(4, '0')}-${`${m}`.padStart(2, '0')}`
}

interface Read {
  readonly lines: readonly AttributedLine[]
  readonly statement: Statement
}

const isBelowNothing = ({ base }: { readonly base: number }) => base < 0

/** What was counted stays counted, but for what was found made up since. */
const without =
  (struck: ReadonlySet<string>) =>
  (position: SettledPosition): SettledPosition => ({
    ...position,
    charges: position.charges.filter((charge) => !struck.has(charge)),
  })

/** Makes the statement over some months' accounts up to their cut-offs. */
const made = async (
  { book, profile, releases, at }: Setting,
  payee: PayeeFacts,
  before: Frozen | undefined,
  cutoffs: Cutoffs,
): Promise<Read> => {
  const months = Object.keys(cutoffs).sort()
  const cutoff = (month: Month) => cutoffs[month] ?? 0
  const lines: AttributedLine[] = []
  const struck = new Set<string>()
  for (const month of months) {
    const read = await book.lines(month, payee, cutoff(month))
    lines.push(...read.lines)
    for (const charge of read.struck) struck.add(charge)
  }
  const [earliest = book.month] = months
  const carrying = Object.keys(before?.settled ?? {})
    .filter((month) => month < earliest)
    .sort()
    .at(-1)
  const carried = new Set(
    payee.terms.flatMap((one) => (one.negativeMonth === 'carried' ? [termsRef(one)] : [])),
  )
  const bases = (carrying === undefined ? [] : book.positions(carrying, payee, before)).filter(
    (one) => isBelowNothing(one) && carried.has(one.terms),
  )
  const facts = {
    payee: {
      id: payee.payee,
      class: payee.payeeClass,
      ...(payee.until !== undefined && { until: payee.until }),
    },
    ...{ month: book.month, terms: payee.terms, lines },
    settled: months.flatMap((month) => book.positions(month, payee, before)).map(without(struck)),
    adjustments: months.flatMap((month) =>
      book.adjustments(month, payee, before?.settled[month]?.cutoff ?? 0, cutoff(month)),
    ),
    carriedIn: before?.statement.carriedOut ?? 0,
    carriedBases: Object.fromEntries(bases.map(({ meter, base }) => [meter, base])),
    gate: { profile, releases: [...releases, ...payee.releases], at },
  }
  return { lines, statement: statementOf(facts) }
}

/**
 * Earlier months that have to be looked at with those that changed, since a base below nothing passes
 * from each month into the next.
 */
const alsoConcerned = (
  { book, first }: Setting,
  payee: Whose,
  before: Frozen | undefined,
  { months, statement }: { readonly months: readonly Month[]; readonly statement: Statement },
): readonly Month[] => {
  const wasBelow = (month: Month) => book.positions(month, payee, before).some(isBelowNothing)
  const isBelow = (month: Month) =>
    statement.positions.some((one) => one.month === month && isBelowNothing(one))
  const [earliest = book.month] = months
  const passing = months.flatMap((month) => [
    ...(month > earliest && wasBelow(monthBefore(month)) ? [monthBefore(month)] : []),
    ...(month < book.month && (isBelow(month) || wasBelow(month)) ? [monthAfter(month)] : []),
  ])
  return passing.filter((month) => month >= first && !months.includes(month))
}

const isWaiting = (line: Statement['sections'][number]['lines'][number]) =>
  line.standing === 'held' && line.gate?.judgement === 'REVIEW'

const subjectsOf = (
  { sections }: Statement,
  lines: readonly AttributedLine[],
  { terms }: PayeeFacts,
): Frozen['subjects'] => {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const versions = new Map(terms.map((one) => [termsRef(one), one]))
  const subjects = new Map<string, Frozen['subjects'][number]>()
  for (const section of sections.filter(({ due }) => due.total !== 0)) {
    const benefit = section.counts === 'amount' ? 'share-of-fees' : 'per-patient'
    for (const { charge, refundOf } of section.lines.filter((one) => one.standing === 'counted')) {
      const line = byId.get(refundOf ?? charge) ?? byId.get(charge)
      if (!line) continue
      const service = versions.get(section.terms)?.services[line.category] ?? 'treatment'
      const subject = { benefit, feePayer: line.payer, service } as const
      subjects.set(Object.values(subject).join(' '), subject)
    }
  }
  return [...subjects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject)
}

/** All positions that a statement over these months has to compare with. */
const loadSettled = async (
  book: Book,
  payee: Whose,
  before: Frozen | undefined,
  months: readonly Month[],
) => {
  const [earliest = book.month] = months.toSorted()
  const settled = Object.entries(before?.settled ?? {})
  const carrying = settled
    .filter(([month]) => month < earliest)
    .sort()
    .at(-1)
  const near = new Set(months.flatMap((month) => [month, monthBefore(month)]))
  const wanted = settled.filter(([month]) => near.has(month) || month === carrying?.[0])
  await book.loadFrozen(wanted.map(([, { statement }]) => [statement, payee] as const))
}

/**
 * A payee's statement of the book's month: over that month, earlier ones in which something has
 * changed since they were settled or waited for a release, and those into which that passes. With
 * `cutoffs` over exactly these, as it was drafted.
 */
export const payeeStatement = async (
  setting: Setting,
  payee: PayeeFacts,
  changed: readonly Month[],
  cutoffs?: Cutoffs,
): Promise<Made> => {
  const { book, first } = setting
  const isFirst = book.month === first
  const before = isFirst ? undefined : await book.lastBefore(payee, monthBefore(book.month))
  const { role } = payee
  let months: readonly Month[] = cutoffs
    ? Object.keys(cutoffs)
    : [...new Set([book.month, ...changed, ...(before?.waiting ?? [])])]
  for (;;) {
    months = months.toSorted()
    await loadSettled(book, payee, before, months)
    await book.loadHeads(months.map((month) => [month, payee] as const))
    const upTo =
      cutoffs ??
      Object.fromEntries(months.map((month) => [month, book.head(month, payee)?.position ?? 0]))
    const { lines, statement } = await made(setting, payee, before, upTo)
    const more = cutoffs ? [] : alsoConcerned(setting, payee, before, { months, statement })
    if (more.length > 0) {
      months = [...new Set([...months, ...more])]
      continue
    }
    const hash = hashOf(statement)
    const here = Object.entries(upTo).map(
      ([month, cutoff]) => [month, { cutoff, statement: book.month }] as const,
    )
    const waiting = statement.sections.filter((section) => section.lines.some(isWaiting))
    const visits = new Set(
      statement.sections.flatMap((section) => section.lines.map(({ visit }) => visit)),
    )
    const whose = { role, payee: payee.payee }
    return {
      drafted: { ...whose, hash, cutoffs: upTo, visits: [...visits].sort() },
      content: {
        ...{ ...whose, month: book.month, payeeClass: payee.payeeClass, statement, hash },
        settled: { ...before?.settled, ...Object.fromEntries(here) },
        waiting: [...new Set(waiting.map(({ month }) => month))],
        subjects: subjectsOf(statement, lines, payee),
      },
    }
  }
}
