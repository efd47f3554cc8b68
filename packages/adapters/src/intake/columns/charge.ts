import type { IntakeEvent } from '@hospital-crm/core'
import { wholeOf } from '../hl7v2/mapping/amount.ts'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import type { Field, Fields, Row } from './fields.ts'
import type { SettledMapping } from './mapping.ts'
import { codeOf } from './visit.ts'

type Line = Extract<IntakeEvent, { type: 'charges-posted' }>['charges'][number]
type Charge = NonNullable<SettledMapping['charge']>

const nothing = () => undefined

/** Reads a row that is one line of a bill; undefined, and refused, when anything of it is missing. */
export const chargesOf = (fields: Fields, mapping: SettledMapping): Field<Mapped> => {
  const { charge, visit } = mapping
  if (!charge || !visit) return nothing
  const number = fields.number(visit.number)
  const recordedAt = mapping.recordedAt ? fields.instant(mapping.recordedAt, 'recordedAt') : nothing
  const line = lineOf(fields, charge)
  return (row) => {
    const own = number(row)
    if (own === undefined) {
      row.refusals.push({ code: 'columns.no-visit-number', field: 'visit.number' })
    }
    const told = line(row)
    if (own === undefined || told === undefined || row.refusals.length > 0) return undefined
    const { occurredAt, ...charged } = told
    return {
      type: 'charges-posted',
      ...valued({ occurredAt, recordedAt: recordedAt(row) }),
      visitNumber: own,
      charges: [charged],
    }
  }
}

const lineOf = (fields: Fields, charge: Charge): Field<Line & { occurredAt: string }> => {
  const optional = (columns: Charge['refundOf']) =>
    columns === undefined ? nothing : fields.number(columns)
  const id = fields.number(charge.id)
  const occurred = fields.moment(charge.occurredOn, 'charge.occurredOn')
  const posted = charge.postedOn ? fields.moment(charge.postedOn, 'charge.postedOn') : nothing
  // Nothing was charged is a thing to say, so a zero fills no cell here.
  const amount = numberOf(fields.text(charge.amount), charge.decimals, 'charge.amount')
  const pieces = charge.pieces ? numberOf(fields.text(charge.pieces), 0, 'charge.pieces') : nothing
  const category = codeOf(fields, charge.category, 'charge.category')
  const payer = payerOf(fields, charge.payer)
  const refundOf = optional(charge.refundOf)
  return (row) => {
    const [own, when, sum] = [id(row), occurred(row), amount(row)]
    const [kind, payedBy] = [category(row), payer(row)]
    if (!own || !when || sum === undefined || !kind || !payedBy) {
      row.refusals.push({ code: 'columns.no-charge', field: 'charge' })
      return undefined
    }
    return valued({
      id: own,
      occurredAt: when.instant,
      occurredOn: when.day,
      postedOn: posted(row)?.day,
      amount: sum,
      pieces: pieces(row),
      category: kind,
      payer: payedBy,
      refundOf: refundOf(row),
    })
  }
}

const payerOf = (fields: Fields, payer: Charge['payer']): Field<Line['payer']> =>
  'always' in payer ? () => payer.always : fields.coded(payer, 'charge.payer')

/** An amount or a count as people write it: ¥1,234.50. */
const numberOf =
  (read: Field<string>, decimals: number, field: string): Field<number> =>
  (row: Row) => {
    const text = read(row)
    if (text === undefined) return undefined
    const plain = text.replaceAll(',', '').replace(/^(-?)[¥￥]/, '$1')
    const whole = wholeOf(decimals, plain)
    if (whole === undefined) row.refusals.push({ code: 'columns.bad-amount', field })
    return whole
  }
