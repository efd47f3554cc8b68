import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from './allocate.ts'

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 })
const weight = fc.nat(1000).map(String)
const weights = fc
  .array(weight, { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((one) => one !== '0'))

describe('a share of an amount', () => {
  it('sums with the others to it exactly, and lies within one unit of its exact part', () => {
    fc.assert(
      fc.property(amount, weights, (whole, all) => {
        const shares = allocate(whole, all)
        const sum = all.reduce((total, one) => total + Number(one), 0)
        expect(shares.reduce((total, one) => total + one, 0)).toBe(whole)
        shares.forEach((share, place) => {
          expect(Math.abs(share - (whole * Number(all[place])) / sum)).toBeLessThan(1)
        })
      }),
    )
  })

  it('is negated when the amount is', () => {
    fc.assert(
      fc.property(amount, weights, (whole, all) => {
        expect(allocate(-whole, all)).toEqual(allocate(whole, all).map((share) => 0 - share))
      }),
    )
  })

  it('follows its weight, not its place, unless fractions are equal', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.uniqueArray(weight, { minLength: 2 }), (whole, all) => {
        const [forth, back] = [allocate(whole, all), allocate(whole, all.toReversed()).toReversed()]
        forth.forEach((share, place) => {
          expect(Math.abs(share - (back[place] ?? 0))).toBeLessThanOrEqual(1)
        })
      }),
    )
    expect(allocate(10, ['2', '3', '1'])).toEqual([3, 5, 2])
    expect(allocate(10, ['1', '3', '2'])).toEqual([2, 5, 3])
  })

  it('never goes to who has no part', () => {
    fc.assert(
      fc.property(amount, weights, (whole, all) => {
        allocate(whole, all).forEach((share, place) => {
          if (all[place] === '0') expect(share).toBe(0)
        })
      }),
    )
  })

  it('stays exact where products leave the safe integers', () => {
    const shares = allocate(Number.MAX_SAFE_INTEGER, ['999999999999999', '1', '0.000000000001'])
    const sum = shares.reduce((total, share) => total + BigInt(share), 0n)
    expect(sum).toBe(BigInt(Number.MAX_SAFE_INTEGER))
    expect(shares.slice(1)).toEqual([9, 0])
  })

  it.each([[[]], [['0']], [['0', '0.00']]])('is refused for the weights %j', (all: string[]) => {
    expect(() => allocate(100, all)).toThrow(
      expect.objectContaining({ code: 'allocation.no-weight' }),
    )
  })

  it.each(['-1', '1e3', '50%', '', '1/3'])('is refused for the weight %j', (bad) => {
    expect(() => allocate(100, ['1', bad])).toThrow(
      expect.objectContaining({ code: 'weight.malformed' }),
    )
  })

  it('is refused of half a fen', () => {
    expect(() => allocate(0.5, ['1'])).toThrow(expect.objectContaining({ code: 'money.unsafe' }))
  })
})
