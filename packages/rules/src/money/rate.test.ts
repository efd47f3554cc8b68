import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonMultiple, readRate } from './rate.ts'
import { divide, divideBig, type RoundingMode } from './rounding.ts'

describe('a rate', () => {
  it.each([
    ['5%', 1n, 20n],
    ['0.05', 1n, 20n],
    ['5.00%', 1n, 20n],
    ['12.5%', 1n, 8n],
    ['7', 7n, 1n],
    ['0%', 0n, 1n],
    ['100%', 1n, 1n],
    ['0.000000000001', 1n, 1_000_000_000_000n],
  ])('%s is exactly %i/%i', (text, parts, per) => {
    expect(readRate(text)).toEqual({ parts, per })
  })

  it.each(['', '%', '-5%', '5 %', '.5', '5.', '1e-2', '05', '5%%', '0,05', 'Infinity'])(
    'is refused as %j',
    (text) => {
      expect(() => readRate(text)).toThrow(expect.objectContaining({ code: 'rate.malformed' }))
    },
  )

  it('shares a denominator with others', () => {
    expect(commonMultiple([20n, 8n, 1n])).toBe(40n)
    expect(commonMultiple([])).toBe(1n)
  })
})

const modes = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
} as const
const mode = fc.constantFrom<RoundingMode>('half-up', 'half-even', 'down')
const nearTies = fc.integer({ min: 0, max: 1000 })

const decimal = (parts: bigint | number, per: bigint | number, how: RoundingMode) =>
  new Decimal(parts.toString()).div(per.toString()).toDecimalPlaces(0, modes[how]).toFixed()

describe('rounding to the minor unit', () => {
  Decimal.set({ precision: 60 })

  it.each<[RoundingMode, number[]]>([
    ['half-up', [-3, -2, -1, 1, 2, 3]],
    ['half-even', [-2, -2, 0, 0, 2, 2]],
    ['down', [-2, -1, 0, 0, 1, 2]],
  ])('%s takes -2.5, -1.5, -0.5, 0.5, 1.5 and 2.5 to %j', (how, expected) => {
    const halves = [-5n, -3n, -1n, 1n, 3n, 5n]
    expect(halves.map((half) => Number(divideBig(half, 2n, how)) + 0)).toEqual(expected)
  })

  it('agrees with another decimal library on either side of nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 30n), 10n ** 30n),
        fc.bigInt(1n, 10n ** 15n),
        mode,
        (a, b, how) => {
          expect(divideBig(a, b, how)).toBe(BigInt(decimal(a, b, how)))
        },
      ),
    )
  })

  it('gives the same in plain numbers, up to the last safe integer', () => {
    const parts = fc.oneof(fc.maxSafeNat(), nearTies)
    const per = fc.oneof(fc.integer({ min: 1, max: 2 ** 31 }), fc.constantFrom(2, 4, 10, 200))
    fc.assert(
      fc.property(parts, per, mode, fc.nat(3), (a, b, how, beside) => {
        expect(divide(a, b, how, beside)).toBe(
          Number(divideBig(BigInt(a), BigInt(b), how, BigInt(beside))),
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('looks at a half-even tie together with what it stands beside', () => {
    expect(divide(1, 2, 'half-even') + 5).toBe(5)
    expect(divide(1, 2, 'half-even', 5) + 5).toBe(6)
  })
})
