import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import jstat from 'jstat'
import { sampleCovariance, sampleVariance } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { betaQuantile, incompleteBeta } from './beta.ts'
import { logGamma } from './log-gamma.ts'
import { covariance, mean, sum, variance } from './moments.ts'
import { normalQuantile } from './normal-quantile.ts'
import { fQuantile, tQuantile } from './quantiles.ts'

const Precise = Decimal.clone({ precision: 50 })

/** P(at least a of n), summed in fifty digits: what I_x(a, n − a + 1) is for whole numbers. */
const atLeast = (a: number, n: number, x: string): Decimal => {
  const [p, q] = [new Precise(x), new Precise(1).minus(x)]
  let total = new Precise(0)
  let ways = new Precise(1)
  for (let k = 0; k <= n; k += 1) {
    if (k >= a) total = total.plus(ways.times(p.pow(k)).times(q.pow(n - k)))
    ways = ways.times(n - k).dividedBy(k + 1)
  }
  return total
}

const relative = (actual: number, wanted: number) => Math.abs(actual / wanted - 1)

describe('the numbers the intervals stand on', () => {
  it('take the published normal quantiles to the last digit', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 13)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 12)
  })

  it('have a normal quantile that is turned back by an independent distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(jstat.normal.cdf(normalQuantile(p), 0, 1)).toBeCloseTo(p, 12)
      }),
    )
  })

  it('have a log-gamma that knows the factorials', () => {
    let factorial = new Precise(1)
    for (let n = 1; n <= 170; n += 1) {
      expect(Math.abs(logGamma(n) - factorial.ln().toNumber())).toBeLessThan(3e-13)
      factorial = factorial.times(n)
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
    for (const x of [0.01, 0.3, 1.5, 7.25, 33.3, 1234.5, 1e6]) {
      expect(relative(logGamma(x), jstat.gammaln(x))).toBeLessThan(1e-9)
    }
  })

  it('have an incomplete beta that is the binomial tail, and its quantile turns it back', () => {
    const trials = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 999 }))
      .chain(([n, x]) => fc.tuple(fc.integer({ min: 1, max: n }), fc.constant(n), fc.constant(x)))
    fc.assert(
      fc.property(trials, ([a, n, thousandths]) => {
        const wanted = atLeast(a, n, `${thousandths / 1000}`).toNumber()
        const found = incompleteBeta(thousandths / 1000, a, n - a + 1)
        expect(Math.abs(found - wanted)).toBeLessThan(1e-12)
        if (wanted > 1e-9 && wanted < 1 - 1e-9) {
          const back = betaQuantile(wanted, a, n - a + 1)
          expect(Math.abs(incompleteBeta(back, a, n - a + 1) - wanted)).toBeLessThan(1e-12)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('agree with another library on beta, F and t, as far as its own accuracy goes', () => {
    for (const [p, a, b] of [
      [0.025, 18, 3],
      [0.975, 19, 2],
      [0.001, 0.5, 7.5],
      [0.5, 300, 400],
    ] as const) {
      expect(Math.abs(betaQuantile(p, a, b) - jstat.beta.inv(p, a, b))).toBeLessThan(1e-8)
      expect(jstat.ibeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 7)
    }
    for (const [p, over, under] of [
      [0.975, 14, 126],
      [0.025, 14, 126],
      [0.95, 1, 10],
    ] as const) {
      expect(relative(fQuantile(p, over, under), jstat.centralF.inv(p, over, under))).toBeLessThan(
        1e-8,
      )
    }
    expect(tQuantile(0.975, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 11)
    expect(tQuantile(0.975, 2)).toBeCloseTo((0.95 * Math.SQRT2) / Math.sqrt(0.0975), 12)
    for (const freedom of [1, 2, 9, 30, 1000]) {
      expect(tQuantile(0.975, freedom)).toBeCloseTo(jstat.studentt.inv(0.975, freedom), 6)
      expect(tQuantile(0.025, freedom)).toBeCloseTo(-tQuantile(0.975, freedom), 10)
    }
  })

  it('keep sums exact where naive addition loses them, and know the sample variance', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    expect(mean([])).toBeNull()
    expect(variance([7])).toBeNull()
    const [x, y] = [
      [3, 1.5, 8, 2, 9.25],
      [2, 2, 5, 1, 11],
    ]
    expect(variance(x)).toBeCloseTo(sampleVariance(x), 12)
    expect(covariance(x, y)).toBeCloseTo(sampleCovariance(x, y), 12)
  })
})
