import { describe, expect, it } from 'vitest'
import { yangzhouPay } from '../packs/yangzhou/pay.ts'
import { PayScheme, payOf } from './pay.ts'

const scheme = yangzhouPay({
  trial: { basic: '2000.00', allowance: '300.00' },
  permanent: { basic: '2800.00', transport: '200.00', phone: '100.00', meals: '300.00' },
})

const month = '2026-04'
const pay = (...assignments: { stage: string; from: string; to?: string }[]) =>
  payOf(scheme, { month, assignments, commission: 92_000 })

describe('the pay of a month', () => {
  it('is the components of the stage and the commission', () => {
    const { lines, gross, commission } = pay({ stage: 'permanent', from: '2025-01-01' })
    expect(lines.map(({ component, amount }) => [component, amount])).toEqual([
      ['basic', 280_000],
      ['transport', 20_000],
      ['phone', 10_000],
      ['meals', 30_000],
    ])
    expect([commission, gross]).toEqual([92_000, 432_000])
  })

  it('goes by calendar days where a stage covers a part of it', () => {
    const { lines, gross } = pay(
      { stage: 'permanent', from: '2026-04-21' },
      { stage: 'trial', from: '2026-01-21', to: '2026-04-20' },
    )
    expect(
      lines.map(({ stage, component, days, ofDays, amount }) => [
        stage,
        component,
        days,
        ofDays,
        amount,
      ]),
    ).toEqual([
      ['trial', 'basic', 20, 30, 133_333],
      ['trial', 'allowance', 20, 30, 20_000],
      ['permanent', 'basic', 10, 30, 93_333],
      ['permanent', 'transport', 10, 30, 6_667],
      ['permanent', 'phone', 10, 30, 3_333],
      ['permanent', 'meals', 10, 30, 10_000],
    ])
    expect(gross).toBe(92_000 + 266_666)
  })

  it('of a part-timer is commission alone, and of who has left nothing but what is still due', () => {
    expect(pay({ stage: 'part-time', from: '2026-01-01' })).toMatchObject({
      lines: [],
      gross: 92_000,
    })
    expect(pay({ stage: 'trial', from: '2026-01-01', to: '2026-03-31' })).toMatchObject({
      lines: [],
      gross: 92_000,
    })
  })

  it('is refused for stages that overlap or are unknown, and before its scheme is in force', () => {
    const refused = (code: string) => expect.objectContaining({ code })
    const two = [
      { stage: 'trial', from: '2026-01-01' },
      { stage: 'permanent', from: '2026-04-01' },
    ]
    expect(() => pay(...two)).toThrow(refused('pay.overlap'))
    const [first = { stage: 'trial', from: '' }, second = first] = two
    expect(() => pay({ ...first, to: '2026-04-01' }, second)).toThrow(refused('pay.overlap'))
    expect(pay({ ...first, to: '2026-03-31' }, second).gross).toBe(432_000)
    expect(() => pay({ stage: 'retired', from: '2026-01-01' })).toThrow(
      refused('pay.stage-unknown'),
    )
    const early = { month: '2016-12', assignments: [], commission: 0 }
    expect(() => payOf(scheme, early)).toThrow(refused('pay.not-in-force'))
  })
})

describe('a pay scheme', () => {
  it('refuses amounts that are none', () => {
    const stages = { trial: [{ id: 'basic', amount: '2000' }] }
    expect(PayScheme.safeParse({ ...scheme, stages }).error?.issues).toMatchObject([
      { path: ['stages', 'trial', 0, 'amount'], message: 'money.malformed' },
    ])
    expect(PayScheme.parse(scheme)).toEqual(scheme)
  })
})
