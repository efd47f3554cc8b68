import { createCrm, IntakeEvent } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import type { Hl7Profile } from '../profile.ts'
import { adt, eventOf, type Fields, line, outcomesOf, said, shanghai } from '../samples.ts'

const profile: Hl7Profile = {
  ...shanghai,
  charges: {
    currency: 'CNY',
    category: { field: 'FT1-13', codes: { LAB: 'check-up' }, otherwise: 'treatment' },
    payer: { field: 'PV1-20', codes: { 自费: 'self-pay', 医保: 'public-insurance' } },
  },
}

const plain = { 2: 'F-9', 4: '20260301233000', 6: 'CG', 11: '1234.5', 13: 'RAD^放射科' }

const dft = (lines: readonly Fields[] = [{}], pv1: Fields = {}) =>
  [
    line('MSH', { 3: 'HIS', 4: 'XZ', 7: '20260301080000', 9: 'DFT^P03', 10: 'M-1' }),
    line('EVN', { 2: '20260302080500' }),
    line('PID', { 3: 'P-1^^^HIS^MR' }),
    line('PV1', { 2: 'I', 19: 'V-1', 20: '自费', ...pv1 }),
    ...lines.map((fields) => line('FT1', { ...plain, ...fields })),
    '',
  ].join('\r')

const settling = (charges: Partial<Hl7Profile['charges']>) =>
  ({ ...profile, charges: { ...profile.charges, ...charges } }) as Hl7Profile

const linesOf = (fields: Fields | readonly Fields[], by = profile) => {
  const event = eventOf(dft([fields].flat()), by)
  return event.type === 'charges-posted' ? event.charges : []
}
const saidOf = (fields: Fields, by = profile) => said(dft([fields]), by)

describe('DFT^P03', () => {
  it('posts each FT1 as a line of the visit’s bill, in minor units', () => {
    const event = eventOf(
      dft([
        { 5: '20260302', 10: '2' },
        { 2: 'F-10', 13: 'LAB' },
      ]),
      profile,
    )
    expect(event).toMatchObject({
      type: 'charges-posted',
      source: 'hl7v2:HIS|XZ',
      key: 'M-1',
      occurredAt: '2026-03-02T00:05:00.000Z',
      visitNumber: 'V-1',
    })
    expect(event).toHaveProperty('charges', [
      {
        id: 'F-9',
        occurredOn: '2026-03-01',
        postedOn: '2026-03-02',
        amount: 123_450,
        pieces: 2,
        category: 'treatment',
        payer: 'self-pay',
      },
      {
        ...{ id: 'F-10', occurredOn: '2026-03-01', amount: 123_450 },
        ...{ category: 'check-up', payer: 'self-pay' },
      },
    ])
    expect(IntakeEvent.parse(event)).toEqual(event)
  })

  it('is ignored until a profile settles how to read it, and where it holds only payments', () => {
    expect(said(dft())).toEqual(['ignored DFT^P03'])
    expect(said(dft([{ 6: 'PY' }, { 6: 'CO' }]), profile)).toEqual(['ignored DFT^P03'])
    expect(said(dft().replace('P03', 'P11'), profile)).toEqual(['ignored DFT^P11'])
  })

  it('numbers its visit as ADT does', () => {
    const numbered = (pv1: Fields) => said(dft([{}], { 19: '', ...pv1 }), profile)
    expect(numbered({})).toEqual(['hl7.no-visit-number PV1-19'])
    expect(numbered({ 44: '20260301' })).toEqual(['event charges-posted'])
  })

  it('takes a day with offset as the hospital’s', () => {
    expect(linesOf({ 4: '20260301200000+0000' })[0]?.occurredOn).toBe('2026-03-02')
    expect(saidOf({ 4: '202603' })).toEqual(['hl7.bad-time FT1-4'])
    expect(saidOf({ 5: '20260231' })).toEqual(['hl7.bad-time FT1-5'])
  })
})

describe('a bill in a crm', () => {
  it('waits for its visit, is posted once, and takes no line told otherwise', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const take = (...lines: Fields[]) =>
      crm.intakes.take(outcomesOf(dft(lines), profile)).then(({ read: _, ...counts }) => counts)
    expect(await take({})).toMatchObject({ quarantined: { 'charge.unknown-visit': 1 } })
    await crm.intakes.take(outcomesOf(adt('A01')))
    await crm.intakes.replay((raw) => outcomesOf(raw, profile))
    expect(await take({})).toMatchObject({ taken: 0, known: 1 })
    const credit = { 2: 'F-10', 6: 'CD' }
    expect(await take({}, credit)).toMatchObject({ taken: 1, known: 0 })
    expect(await take({ 11: '7' })).toMatchObject({ quarantined: { 'charge.changed': 1 } })
    const { state } = (await crm.charges.of('V-1')) ?? {}
    const lines = state?.status === 'charged' ? state.lines : []
    expect(lines.map(({ id, amount }) => [id, amount])).toEqual([
      ['F-9', 123_450],
      ['F-10', -123_450],
    ])
  })
})

describe('an amount', () => {
  const amountOf = (fields: Fields) => linesOf(fields)[0]?.amount

  it.each<[Fields, number]>([
    [{ 11: '0' }, 0],
    [{ 11: '.5' }, 50],
    [{ 11: '100&CNY' }, 10_000],
    [{ 11: '100.00&CNY^TP', 12: '7', 10: '3' }, 10_000],
    [{ 11: '90071992547409.91' }, Number.MAX_SAFE_INTEGER],
    [{ 11: '', 12: '50&CNY', 10: '3' }, 15_000],
    [{ 11: '', 12: '0.125', 10: '8' }, 100],
    [{ 11: '', 12: '50' }, 5000],
    [{ 11: '-12.34' }, -1234],
  ])('in %j is %d fen', (fields, minor) => {
    expect(amountOf(fields)).toBe(minor)
  })

  it.each(['12.345', '1e3', '1,000', 'x', '.', '90071992547409.92', '1'.repeat(50), '100&USD'])(
    'is not %s',
    (text) => {
      expect(saidOf({ 11: text })).toEqual(['hl7.bad-amount FT1-11'])
    },
  )

  it('that is not whole by price and quantity is refused', () => {
    expect(saidOf({ 11: '', 12: '0.125', 10: '3' })).toEqual(['hl7.bad-amount FT1-12'])
    expect(saidOf({ 11: '', 12: '5', 10: 'some' })).toEqual(['hl7.bad-amount FT1-12'])
    expect(saidOf({ 11: '' })).toEqual(['hl7.no-charge FT1-11'])
  })

  it('has the decimals of its currency', () => {
    expect(linesOf({ 11: '12' }, settling({ currency: 'JPY' }))[0]?.amount).toBe(12)
    expect(saidOf({ 11: '12.3' }, settling({ currency: 'JPY' }))).toEqual(['hl7.bad-amount FT1-11'])
  })
})

describe('a credit', () => {
  it.each(['12.34', '-12.34'])('of %s is below zero, and so are its pieces', (amount) => {
    const [credit] = linesOf({ 2: 'F-10', 6: 'CD', 10: '1', 11: amount })
    expect(credit).toMatchObject({ id: 'F-10', amount: -1234, pieces: -1 })
  })

  it('names the line it takes back where the hospital says which field does', () => {
    const by = settling({ refundOf: 'FT1-23' })
    expect(linesOf({ 6: 'CD', 23: 'F-1' }, by)[0]?.refundOf).toBe('F-1')
    expect(linesOf({ 6: 'CD', 23: 'F-1' })[0]).not.toHaveProperty('refundOf')
  })

  it('takes no piece back that could not be counted', () => {
    expect(linesOf({ 10: '1.5' })[0]).not.toHaveProperty('pieces')
    expect(linesOf({ 10: '2', 11: '-5' })[0]?.pieces).toBe(-2)
  })
})

describe('what the hospital settles', () => {
  it('is where category and payer stand, in the line or in the message', () => {
    const category = { field: 'FT1-13.2', codes: { 放射科: 'x-ray' } }
    const by = settling({ category, payer: { always: 'commercial-insurance' } })
    expect(linesOf({}, by)[0]).toMatchObject({ category: 'x-ray', payer: 'commercial-insurance' })
    expect(saidOf({ 13: 'RAD^constructor' }, by)).toEqual(['hl7.unknown-code FT1-13.2'])
    expect(said(dft([{}], { 20: '公费' }), profile)).toEqual(['hl7.unknown-code PV1-20'])
    expect(said(dft([{}], { 20: '' }), profile)).toEqual(['hl7.no-charge PV1-20'])
  })

  it('is what an adjustment is', () => {
    expect(saidOf({ 6: 'AJ' })).toEqual(['hl7.unknown-code FT1-6'])
    expect(linesOf({ 6: 'AJ' }, settling({ types: { AJ: 'credit' } }))[0]?.amount).toBe(-123_450)
    expect(saidOf({ 6: 'AJ' }, settling({ types: { AJ: 'ignored' } }))).toEqual(['ignored DFT^P03'])
  })

  it.each([
    { currency: 'RMB' },
    { payer: { always: 'insured' } },
    { category: { field: '13', codes: {} } },
    { refundOf: 'FT1' },
  ])('is checked before anything is read: %j', (wrong) => {
    expect(() => said(dft(), settling(wrong as never))).toThrow()
  })
})

describe('a line that lacks what it needs', () => {
  it.each([2, 4, 6, 11, 13])('is refused with its whole message, by FT1-%i', (field) => {
    const refused = said(dft([{}, { 2: 'F-10', [field]: '' }]), profile)
    expect(refused).toEqual([`hl7.no-charge FT1-${field}`])
  })

  it('is one too many after five thousand, and one too few before the first', () => {
    expect(said(dft([]), profile)).toEqual(['hl7.no-charge FT1-1'])
    const many = Array.from({ length: 5001 }, (_, nth) => ({ 2: `F-${nth}` }))
    expect(said(dft(many), profile)).toEqual(['hl7.too-many FT1-1'])
    expect(linesOf(many.slice(1))).toHaveLength(5000)
  })
})
