import type { IntakeEvent } from '@hospital-crm/core'
import { decimalsOf } from '@hospital-crm/rules'
import type { ChargeProfile } from '../charge-profile.ts'
import type { Hl7Segment } from '../codec/message.ts'
import { wholeOf } from './amount.ts'
import { codeOf, fieldAt, refuse } from './coded.ts'
import { identifiersOf } from './person.ts'
import { instantAt, localDayAt, numberOf, type Reading, textOf, valued } from './reading.ts'
import { visitNumberOf } from './visit.ts'

type Bill = Pick<Extract<IntakeEvent, { type: 'charges-posted' }>, 'visitNumber' | 'charges'>
type Line = Bill['charges'][number]

const mostLines = 5000

/** Table 0017. What an adjustment (AJ) does to a bill only the hospital knows. */
const types: ChargeProfile['types'] = {
  CG: 'charge',
  CD: 'credit',
  PY: 'ignored',
  CO: 'ignored',
}

/** What FT1 segments tell of a visit's bill; undefined when that is nothing but payments and the like, or is refused. */
export const billOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
  profile: ChargeProfile,
): Bill | undefined => {
  const [patient] = identifiersOf(reading, pid)
  const admittedAt = instantAt(reading, reading.message.segment('PV1'), 44)
  const visitNumber = visitNumberOf(reading, pid, patient, admittedAt)
  const charges = linesOf(reading, profile)
  return visitNumber && charges.length > 0 ? { visitNumber, charges } : undefined
}

const linesOf = (reading: Reading, profile: ChargeProfile): Line[] => {
  const segments = reading.message.segments('FT1')
  if (segments.length === 0) refuse(reading, 'hl7.no-charge', 'FT1-1')
  if (segments.length > mostLines) refuse(reading, 'hl7.too-many', 'FT1-1')
  return segments.slice(0, mostLines).flatMap((ft1) => lineOf(reading, ft1, profile) ?? [])
}

const lineOf = (reading: Reading, ft1: Hl7Segment, profile: ChargeProfile): Line | undefined => {
  const where = { missing: 'hl7.no-charge', line: ft1 } as const
  const said = { field: 'FT1-6', codes: { ...types, ...profile.types } }
  const type = codeOf(reading, said, where)
  if (type === undefined || type === 'ignored') return undefined
  const id = numberOf(ft1, 2) ?? refuse(reading, 'hl7.no-charge', 'FT1-2')
  const occurredOn = localDayAt(reading, ft1, 4) ?? refuse(reading, 'hl7.no-charge', 'FT1-4')
  const postedOn = localDayAt(reading, ft1, 5)
  const amount = amountOf(reading, ft1, profile)
  const category = codeOf(reading, profile.category, where)
  const payer = codeOf(reading, profile.payer, where)
  const refundOf = profile.refundOf && fieldAt(reading, profile.refundOf, ft1)
  if (!id || !occurredOn || amount === undefined || !category || !payer) return undefined
  const pieces = wholeOf(0, textOf(ft1, 10) ?? '')
  const isBack = type === 'credit' || amount < 0
  const sign = (size: number) => (isBack ? 0 - Math.abs(size) : size)
  return valued({
    ...{ id, occurredOn, postedOn, amount: sign(amount), category, payer, refundOf },
    pieces: pieces === undefined ? undefined : sign(pieces),
  })
}

/** FT1-11 is what the line comes to; without it FT1-12 is what one of it costs. */
const amountOf = (
  reading: Reading,
  ft1: Hl7Segment,
  { currency }: ChargeProfile,
): number | undefined => {
  const field = textOf(ft1, 11, 1, 1) === undefined ? 12 : 11
  const price = textOf(ft1, field, 1, 1)
  if (price === undefined) return refuse(reading, 'hl7.no-charge', 'FT1-11')
  const factors = field === 11 ? [price] : [price, textOf(ft1, 10) ?? '1']
  const isOurs = (textOf(ft1, field, 1, 2) ?? currency) === currency
  const amount = isOurs ? wholeOf(decimalsOf(currency), ...factors) : undefined
  return amount ?? refuse(reading, 'hl7.bad-amount', `FT1-${field}`)
}
