import type { AttributedVisit, Charge, Touch } from '@hospital-crm/rules'

/** Some visits of the month with what was said of them and what they were charged. */
export interface Block {
  readonly touches: readonly Touch[]
  readonly visits: readonly AttributedVisit[]
  readonly charges: readonly Charge[]
}

export const [reps, partners] = [200, 100] as const
const linesOfVisit = 10
const visitsOfBlock = 1000

const instant = (day: number, minute: number) =>
  new Date(Date.UTC(2026, 2, day, 0, minute)).toISOString()
const numbered = (letter: string, nth: number) => letter + String(nth).padStart(7, '0')

const touchesOf = (nth: number, day: number): Touch[] => {
  const touch = (letter: string, kind: string, minute: number, said: Partial<Touch>): Touch => ({
    id: `${numbered(letter, nth)}`,
    kind,
    person: numbered('P', nth),
    at: instant(day, minute),
    recordedAt: instant(day, minute),
    confirmations: [],
    ...said,
  })
  const triage = [{ by: 'triage-desk', at: instant(day, 600) }]
  const slipDesks = ['registration-desk', 'operations'].map((by) => ({ by, at: instant(day, 610) }))
  const rep = (turn: number) => `R${(nth * 7 + turn) % reps}`
  const partner = `K${(nth * 11) % partners}`
  return [
    // Whoever called first is credited; a colleague called later, and one's call nobody noted.
    touch('T', 'call-ahead', 5, { rep: rep(0), confirmations: triage }),
    ...(nth % 3 === 0
      ? [touch('U', 'call-ahead', 30, { rep: rep(1), confirmations: triage })]
      : []),
    ...(nth % 5 === 0 ? [touch('W', 'call-ahead', 1, { rep: rep(2) })] : []),
    ...(nth % 4 === 0
      ? [touch('S', 'slip', 3, { partner, number: `N${nth}`, confirmations: slipDesks })]
      : []),
  ]
}

/** One text for each day, as a reader that knows the month would have. */
const days = Array.from({ length: 32 }, (_, day) => instant(day, 0).slice(0, 10))

const chargesOf = (nth: number, day: number): Charge[] => {
  const visit = numbered('V', nth)
  return Array.from({ length: linesOfVisit }, (_, place): Charge => {
    const on = days[day + (place % 3)] ?? ''
    const isRefund = place === 9 && nth % 10 === 0
    return {
      id: `${visit}/${place}`,
      visit,
      occurredOn: on,
      postedOn: on,
      amount: isRefund ? -50_00 : 100_00 + ((nth * 131 + place * 977) % 300_00),
      category: place === 4 ? 'drug' : 'treatment',
      payer: place === 6 ? 'public-insurance' : 'self-pay',
      ...(isRefund && { refundOf: `${visit}/0` }),
    }
  })
}

/** A month of so many charge lines, ten a visit, made block by block as it is asked for. */
export function* inventedMonth(lines: number): Generator<Block, void> {
  const visits = Math.ceil(lines / linesOfVisit)
  for (let from = 0; from < visits; from += visitsOfBlock) {
    const numbers = Array.from(
      { length: Math.min(visitsOfBlock, visits - from) },
      (_, at) => from + at,
    )
    const dayOf = (nth: number) => 1 + (nth % 28)
    yield {
      touches: numbers.flatMap((nth) => touchesOf(nth, dayOf(nth))),
      visits: numbers.map((nth) => ({
        id: numbered('V', nth),
        patient: numbered('P', nth),
        registeredAt: instant(dayOf(nth), 120),
      })),
      charges: numbers.flatMap((nth) => chargesOf(nth, dayOf(nth))),
    }
  }
}
