import { describe, it } from 'vitest'
import { line } from '../../crm-referrals.fixture.ts'
import { policy, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { charge } from './index.ts'
import type { ChargeEvent, Line, Merit } from './schema.ts'

type Credit = Merit['credits'][number]

const credit = (payee: string | null, holds: Credit['holds'] = []) => ({
  ...{ role: 'partner', payee, touch: payee === null ? null : 't', holds },
})
/** What is on record around a visit of a person who became p. */
const around = (partner: object) => [
  { key: { kind: 'encounter', id: 'V1' }, state: { patient: 'q' } },
  { key: { kind: 'patient', id: 'q' }, state: { status: 'merged', into: 'p' } },
  { key: { kind: 'patient', id: 'p' }, state: { status: 'person' } },
  {
    key: { kind: 'attribution', id: 'p' },
    state: {
      decided: [
        {
          ...{ visit: 'V1', rules: 'r@1', occasion: 'first' },
          credits: { rep: { ...credit(null), role: 'rep' }, partner },
        },
      ],
    },
  },
]
const credited = (partner: object) =>
  specify(charge, { now: start, policy: policy(), others: around(partner) })
const given = credited(credit(null))

const posted = (...lines: Line[]): ChargeEvent => ({ type: 'charge.posted', patient: 'q', lines })
const whole = (id: string, amount: number, more = {}): Line => ({
  ...line(id, amount),
  postedOn: '2026-03-02',
  ...more,
})
const told = (id: string, amount: number, more = {}) => ({
  ...whole(id, amount),
  ...{ id: `V1/${id}`, visit: 'V1', basis: 'attribution' as const, payee: 'firm' },
  ...{ role: 'partner' as const, touch: 't', rules: 'r@1', occasion: 'first' as const, holds: [] },
  ...more,
})
const merit = (payee: string, holds: Credit['holds'] = []): Merit => ({
  ...{ rules: 'r@1', occasion: 'first' },
  credits: [{ role: 'partner', payee, touch: 't', holds }],
})
const attributed = (more: Partial<Extract<ChargeEvent, { added: unknown }>>): ChargeEvent => ({
  ...{ type: 'charge.attributed', visit: 'V1', merit: merit('firm'), removed: [], added: [] },
  ...more,
})
const post = (...lines: object[]) => ({ type: 'post', visit: 'V1', lines })
const attribute = { type: 'attribute', visit: 'V1' }

describe('a line of a bill', () => {
  it('is posted today unless told, in nobody’s account where nobody has the merit', () => {
    given()
      .when(post(line('c1', 100), line('c2', -1, { postedOn: '2026-02-28', refundOf: 'c1' })))
      .gives(posted(whole('c1', 100), whole('c2', -1, { postedOn: '2026-02-28', refundOf: 'c1' })))
  })

  it('goes into the account of who has the merit, with those it takes back', () => {
    const refund = { refundOf: 'c1' }
    credited(credit('firm'))()
      .when(post(line('c1', 100), line('c2', -1, refund)))
      .gives(
        posted(whole('c1', 100), whole('c2', -1, refund)),
        attributed({ added: [told('c1', 100), told('c2', -1, { refundOf: 'V1/c1' })] }),
      )
  })

  it('that came later goes in alone', () => {
    credited(credit('firm'))(posted(whole('c1', 1)), attributed({ added: [told('c1', 1)] }))
      .when(post(line('c1', 1), line('c2', 2)))
      .gives(posted(whole('c2', 2)), attributed({ added: [told('c2', 2)] }))
  })

  it('is taken once, and refused where it is told otherwise or of no visit', () => {
    given(posted(whole('c1', 100)))
      .when(post(line('c1', 100)))
      .givesNothing()
    given(posted(whole('c1', 100)))
      .when(post(line('c1', 100, { postedOn: '2026-03-03' })))
      .refuses('charge.changed')
    specify(charge, { now: start, policy: policy() })()
      .when(post(line('c1', 100)))
      .refuses('charge.unknown-visit')
  })
})

describe('the lines of a visit', () => {
  const before = [posted(whole('c1', 100)), attributed({ added: [told('c1', 100)] })]

  it('change accounts with the merit', () => {
    credited(credit('broker'))(...before)
      .when(attribute)
      .gives(
        attributed({
          merit: merit('broker'),
          removed: [told('c1', 100)],
          added: [told('c1', 100, { payee: 'broker' })],
        }),
      )
    credited(credit(null))(...before)
      .when(attribute)
      .gives(attributed({ merit: null, removed: [told('c1', 100)] }))
  })

  it('are told anew with a hold, and not at all where nothing of them changed', () => {
    credited(credit('firm', ['dispute']))(...before)
      .when(attribute)
      .gives(
        attributed({
          merit: merit('firm', ['dispute']),
          removed: [told('c1', 100)],
          added: [told('c1', 100, { holds: ['dispute'] })],
        }),
      )
    credited(credit('firm'))(...before)
      .when(attribute)
      .givesNothing()
    credited(credit('firm'))().when(attribute).givesNothing()
  })
})
