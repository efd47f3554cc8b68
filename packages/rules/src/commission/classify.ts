import type { AttributedLine } from '../attribution/charge.ts'
import { addMonths, type Day, readDay, writeDay } from '../calendar/day.ts'
import { judge, type Verdict } from '../compliance/judge.ts'
import { allocate } from '../money/allocate.ts'
import { decimalsOf } from '../money/currency.ts'
import type { Month, SettlementFacts } from './settlement-facts.ts'
import type { CommissionTerms, Meter } from './terms.ts'

/** What becomes of a line: counted, held until somebody decides, refused by law, or not for pay. */
export type LineStanding = 'counted' | 'held' | 'refused' | 'excluded'

export interface ClassifiedLine {
  readonly line: AttributedLine
  readonly on: Day
  readonly month: Month
  readonly terms: CommissionTerms | null
  readonly meter: Meter | null
  /** What it adds to the meter, in minor units. */
  readonly adds: number
  readonly standing: LineStanding
  readonly because: string | null
  readonly verdict: Verdict | null
}

const monthOf = (day: Day): Month => day.slice(0, 7)

const lastDayOf = (month: Month): Day => writeDay(addMonths(readDay(`${month}-01`), 1) - 1)

/** Says of each line where it counts and whether it does; a refund goes where its charge went. */
export const classifier = (facts: SettlementFacts) => {
  const { payee, lines, gate } = facts
  const versions = newestFirst(facts.terms)
  const refunded = new Set(lines.flatMap(({ refundOf }) => refundOf ?? []))
  const byId = new Map(
    lines.flatMap((line) => (refunded.has(line.id) ? [[line.id, line] as const] : [])),
  )
  const verdicts = new Map<string, Verdict>()
  const wasCounted = new Set(facts.settled.flatMap(({ charges }) => charges))

  const judged = (meter: Meter, terms: CommissionTerms, line: AttributedLine): Verdict => {
    const service = terms.services[line.category] ?? 'treatment'
    const key = `${meter.counts} ${service} ${line.payer}`
    const known = verdicts.get(key)
    if (known) return known
    const verdict = judge(
      gate.profile,
      {
        point: 'settlement',
        payeeClass: payee.class,
        benefit: meter.counts === 'amount' ? 'share-of-fees' : 'per-patient',
        feePayer: line.payer,
        service,
        payee: payee.id,
      },
      gate,
    )
    verdicts.set(key, verdict)
    return verdict
  }

  const byDay = new Map<Day, { readonly month: Month; readonly terms: CommissionTerms | null }>()
  const placeOf = (on: Day) => {
    const known = byDay.get(on)
    if (known) return known
    const place = { month: monthOf(on), terms: inForce(versions, on) }
    byDay.set(on, place)
    return place
  }

  return (line: AttributedLine): ClassifiedLine => {
    const origin = (line.refundOf !== undefined && byId.get(line.refundOf)) || line
    const accountingDay = versions[0]?.accountingDay ?? 'occurred'
    const on = accountingDay === 'occurred' ? origin.occurredOn : origin.postedOn
    const { month, terms } = placeOf(on)
    const meter = terms?.meters.find((one) => fits(one, origin)) ?? null
    const adds = meter ? addsTo(meter, line) : 0
    const is = (
      standing: LineStanding,
      because: string | null,
      verdict: Verdict | null,
    ): ClassifiedLine => {
      return { line, on, month, terms, meter, adds, standing, because, verdict }
    }
    const excluded = (because: string) => is('excluded', because, null)
    if (!terms) return excluded('no terms were in force')
    if (payee.until !== undefined && on > payee.until) return excluded('payee had left')
    const exclusion = terms.exclusions.find(
      ({ categories, payers }) =>
        (categories?.includes(origin.category) ?? true) && (payers?.includes(origin.payer) ?? true),
    )
    if (exclusion) return excluded(exclusion.because)
    if (!meter) return excluded('no meter counts it')
    const verdict = judged(meter, terms, origin)
    if (wasCounted.has(origin.id)) return is('counted', 'settled', verdict)
    if (verdict.judgement === 'DENY') return is('refused', verdict.because, verdict)
    const [hold] = line.holds
    if (hold !== undefined) return is('held', hold, verdict)
    return verdict.judgement === 'REVIEW'
      ? is('held', verdict.because, verdict)
      : is('counted', null, verdict)
  }
}

const newestFirst = (terms: readonly CommissionTerms[]): readonly CommissionTerms[] =>
  terms.toSorted((a, b) => (a.from === b.from ? b.version - a.version : a.from < b.from ? 1 : -1))

const inForceOn = (versions: readonly CommissionTerms[], day: Day): CommissionTerms | null =>
  versions.find(({ from, to }) => from <= day && (to === undefined || day <= to)) ?? null

/** The version in force as a month ends. */
export const termsOfMonth = (terms: readonly CommissionTerms[], month: Month) =>
  inForceOn(newestFirst(terms), lastDayOf(month))

/** Of versions, the newest first: the one of the month's end where it takes the whole, or the day's. */
const inForce = (versions: readonly CommissionTerms[], on: Day): CommissionTerms | null => {
  const atEnd = inForceOn(versions, lastDayOf(monthOf(on)))
  return atEnd?.changeover === 'whole-month' ? atEnd : inForceOn(versions, on)
}

const fits = ({ categories, occasions }: Meter, { category, occasion }: AttributedLine) =>
  (categories?.includes(category) ?? true) && (occasions?.includes(occasion) ?? true)

const addsTo = ({ counts, plan }: Meter, { amount, pieces, share }: AttributedLine): number => {
  if (counts === 'amount') return amount
  const units = (pieces ?? Math.sign(amount)) * 10 ** decimalsOf(plan.currency)
  return share ? (allocate(units, share.among)[share.place] ?? 0) : units
}
