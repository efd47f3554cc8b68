import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFault, Minor, narrow, readAmount, safe, writeAmount } from './amount.ts'
import { Currency, decimalsOf } from './currency.ts'

const refusal = (code: string) => expect.objectContaining({ code })

describe('an amount of money', () => {
  it.each([
    ['52000.00', 'CNY', 5_200_000],
    ['0.01', 'CNY', 1],
    ['-0.01', 'CNY', -1],
    ['1000', 'JPY', 1000],
    ['1.005', 'KWD', 1005],
    ['90071992547409.91', 'CNY', Number.MAX_SAFE_INTEGER],
  ])('%s %s is %i minor units, and is written as it was read', (text, currency, minor) => {
    expect(readAmount(text, currency)).toBe(minor)
    expect(writeAmount(minor, currency)).toBe(text)
  })

  it.each([
    ['52000', 'CNY'],
    ['1.5', 'CNY'],
    ['1.005', 'CNY'],
    ['100.00', 'JPY'],
    ['1.00', 'KWD'],
    ['01.00', 'CNY'],
    ['1e3', 'CNY'],
    ['+1.00', 'CNY'],
    ['1,000.00', 'CNY'],
    [' 1.00', 'CNY'],
    ['.50', 'CNY'],
    ['', 'CNY'],
  ])('refuses %j as %s: the decimals of the currency, and nothing else', (text, currency) => {
    expect(() => readAmount(text, currency)).toThrow(refusal('money.malformed'))
    expect(amountFault(text, currency)).toBe('money.malformed')
  })

  it('refuses what no safe integer holds, wherever it comes in', () => {
    const unsafe = refusal('money.unsafe')
    expect(() => readAmount('90071992547409.92', 'CNY')).toThrow(unsafe)
    expect(() => safe(0.5)).toThrow(unsafe)
    expect(() => safe(Number.NaN)).toThrow(unsafe)
    expect(() => safe(2 ** 53)).toThrow(unsafe)
    expect(() => narrow(2n ** 53n)).toThrow(unsafe)
    expect(() => writeAmount(1.5, 'CNY')).toThrow(unsafe)
    expect(Minor.safeParse(2 ** 53).success).toBe(false)
    expect(Minor.safeParse(0.1).success).toBe(false)
  })

  it('reads back what it wrote, in any currency', () => {
    const currency = fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF')
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (minor, code) => {
        expect(readAmount(writeAmount(minor, code), code)).toBe(minor + 0)
      }),
    )
  })

  it('knows no negative nothing', () => {
    expect(writeAmount(-0, 'CNY')).toBe('0.00')
    expect(Object.is(readAmount('-0.00', 'CNY'), 0)).toBe(true)
  })
})

describe('a currency', () => {
  const zero = ['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'VND', 'VUV', 'XAF']
  const three = ['BHD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']

  it('has the decimals of ISO 4217', () => {
    const digits = (currency: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits
    for (const code of [...zero, ...three, 'CNY', 'USD', 'EUR', 'GBP', 'HKD', 'CLF', 'UYW']) {
      expect([code, decimalsOf(code)]).toEqual([code, digits(code)])
    }
  })

  it('is among those the runtime has heard of, unless it was withdrawn', () => {
    const known = new Set(Intl.supportedValuesOf('currency'))
    const listed = [...known].filter((code) => Currency.safeParse(code).success)
    expect(listed.length).toBeGreaterThan(150)
    expect(listed).not.toContain('HRK')
  })

  it('is refused where ISO 4217 does not list it', () => {
    expect(() => decimalsOf('RMB')).toThrow(refusal('currency.unknown'))
    expect(Currency.safeParse('cny').success).toBe(false)
  })
})
