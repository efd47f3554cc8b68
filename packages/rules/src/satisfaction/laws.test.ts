import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aaporRates, allAaporRates } from './aapor.ts'
import { facilityMeans, sectionScores } from './composite.ts'
import { signals } from './control-chart/signals.ts'
import { xmrScreened } from './control-chart/xmr.ts'
import { byar } from './count.ts'
import { alphaListwise, alphaPairwise } from './cronbach.ts'
import { correlation, spearman } from './driver.ts'
import { agreementBoxes, ratingBoxes, recommendBoxes } from './hcahps.ts'
import { npsInterval, npsOfHistogram } from './nps.ts'
import { agrestiCoull, clopperPearson, newcombe, wilson, wilsonCorrected } from './proportion.ts'
import { wholePercents } from './rounding.ts'
import { linearMean, meanInterval } from './score.ts'

const shares = fc
  .integer({ min: 1, max: 3000 })
  .chain((n) => fc.record({ x: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))

const close = (a: number, b: number, tolerance = 1e-9) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance)

const widthOf = ([low, high]: readonly [number, number]) => high - low

describe('an interval of a share', () => {
  it.each([
    ['Wilson', wilson],
    ['Wilson with continuity correction', wilsonCorrected],
    ['Clopper and Pearson', clopperPearson],
  ])('by %s lies in 0 to 1 around the share, and mirrors', (_, interval) => {
    fc.assert(
      fc.property(shares, ({ x, n }) => {
        const [low, high] = interval({ x, n }) ?? [Number.NaN, Number.NaN]
        expect(0 <= low && low <= x / n && x / n <= high && high <= 1).toBe(true)
        const mirrored = interval({ x: n - x, n }) ?? [Number.NaN, Number.NaN]
        close(mirrored[0], 1 - high)
        close(mirrored[1], 1 - low)
      }),
    )
  })

  it.each([
    ['Wilson', wilson],
    ['Agresti and Coull', agrestiCoull],
    ['Clopper and Pearson', clopperPearson],
  ])('by %s narrows when all answers come twice, and widens with confidence', (_, interval) => {
    fc.assert(
      fc.property(shares, ({ x, n }) => {
        const once = widthOf(interval({ x, n }) ?? [0, 0])
        expect(widthOf(interval({ x: 2 * x, n: 2 * n }) ?? [0, 9])).toBeLessThan(once)
        expect(widthOf(interval({ x, n, confidence: 0.99 }) ?? [0, 0])).toBeGreaterThan(once)
      }),
    )
  })

  it.each([
    ['Wilson', wilson],
    ['Wilson with continuity correction', wilsonCorrected],
    ['Clopper and Pearson', clopperPearson],
  ])('by %s is exact at both ends', (_, interval) => {
    for (let n = 1; n <= 300; n += 1) {
      expect([interval({ x: 0, n })?.[0], interval({ x: n, n })?.[1]]).toEqual([0, 1])
    }
  })

  it('by Wilson lies inside the corrected one', () => {
    fc.assert(
      fc.property(shares, (share) => {
        const [[low, high], [lower, higher]] = [
          wilson(share) ?? [0, 0],
          wilsonCorrected(share) ?? [1, 0],
        ]
        expect(lower <= low && high <= higher).toBe(true)
      }),
    )
  })

  it('of a difference turns its sign with the order', () => {
    fc.assert(
      fc.property(shares, shares, (one, other) => {
        const there = newcombe({ x1: one.x, n1: one.n, x2: other.x, n2: other.n }) ?? [0, 0]
        const back = newcombe({ x1: other.x, n1: other.n, x2: one.x, n2: one.n }) ?? [9, 9]
        close(there[0], -back[1])
        expect(there[0] >= -1 && there[1] <= 1).toBe(true)
      }),
    )
  })

  it('of a count holds the count', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), (count) => {
        const [low, high] = byar({ count })
        expect(0 <= low && low <= count && count < high).toBe(true)
      }),
    )
  })
})

const answers = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 60 })
const counted = (values: readonly number[]) => ({
  counts0to10: Array.from({ length: 11 }, (_, at) => values.filter((value) => value === at).length),
})

describe('a score', () => {
  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(answers, fc.infiniteStream(fc.nat()), (values, keys) => {
        const shuffled = values
          .map((value) => ({ value, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value)
        const means = [values, shuffled].map((scores) => linearMean({ scores, min: 0, max: 10 }))
        expect(means[0]).toBe(means[1])
        expect(npsOfHistogram(counted(values))).toEqual(npsOfHistogram(counted(shuffled)))
        const [one, other] = [values, shuffled].map((scores) => meanInterval({ scores })?.low ?? 0)
        close(one ?? 0, other ?? 1)
      }),
    )
  })

  it('stays and is only surer when all answers come twice', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const once = npsOfHistogram(counted(values))
        const twice = npsOfHistogram(counted([...values, ...values]))
        close(once.nps ?? 0, twice.nps ?? 1)
        const [one, two] = [npsInterval(once), npsInterval(twice)]
        expect((two?.se ?? 9) <= (one?.se ?? 0)).toBe(true)
      }),
    )
  })

  it('is not touched by a question that did not apply', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 }), (scores) => {
        expect(sectionScores({ items0to100: [[...scores, null]] })).toEqual(
          sectionScores({ items0to100: [scores] }),
        )
        const sections = [scores.map((_, at) => at)]
        expect(facilityMeans({ patients: [scores, scores.map(() => null)], sections })).toEqual(
          facilityMeans({ patients: [scores], sections }),
        )
      }),
    )
  })
})

describe('boxes', () => {
  const four = fc.array(fc.nat({ max: 500 }), { minLength: 4, maxLength: 4 })

  it('add up to 100, and rounded to whole percents still do', () => {
    fc.assert(
      fc.property(answers, four, (values, [a = 0, b = 0, c = 0, d = 0]) => {
        fc.pre(a + b + c + d > 0)
        for (const boxes of [
          ratingBoxes(counted(values)),
          agreementBoxes({ stronglyDisagree: a, disagree: b, agree: c, stronglyAgree: d }),
          recommendBoxes({ definitelyNo: a, probablyNo: b, probablyYes: c, definitelyYes: d }),
        ]) {
          close((boxes?.bottom ?? 0) + (boxes?.middle ?? 0) + (boxes?.top ?? 0), 100)
        }
        const whole = wholePercents({ counts: [a, b, c, d] }) ?? []
        expect(whole.reduce((all, value) => all + value, 0)).toBe(100)
        whole.forEach((value, at) => {
          close(value, (100 * ([a, b, c, d][at] ?? 0)) / (a + b + c + d), 1)
        })
      }),
    )
  })
})

describe('response rates', () => {
  it('rise from all unknown cases eligible to none, and with partial interviews', () => {
    const code = fc.nat({ max: 400 })
    const cases = fc.record({
      I: fc.integer({ min: 1, max: 400 }),
      ...{ P: code, R: code, NC: code, O: code, UH: code, UO: code, NE: code },
    })
    fc.assert(
      fc.property(cases, (counts) => {
        const rates = allAaporRates(counts)
        const risesFrom = (...names: (typeof aaporRates)[number][]) => {
          const values = names.map((name) => rates[name] ?? Number.NaN)
          expect(values).toEqual(values.toSorted((a, b) => a - b))
        }
        risesFrom('RR1', 'RR3', 'RR5')
        risesFrom('RR2', 'RR4', 'RR6')
        risesFrom('RR1', 'RR2')
        risesFrom('COOP1', 'COOP3', 'COOP4')
        risesFrom('REF1', 'REF2', 'REF3')
        risesFrom('CON1', 'CON2', 'CON3')
        for (const name of aaporRates) expect((rates[name] ?? 2) <= 1).toBe(true)
      }),
    )
  })
})

describe("Cronbach's alpha", () => {
  const matrices = fc.integer({ min: 2, max: 5 }).chain((items) =>
    fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: items, maxLength: items }), {
      minLength: 3,
      maxLength: 12,
    }),
  )

  it('does not depend on the order of the items, nor on a constant added to one', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        for (const alpha of [alphaListwise, alphaPairwise]) {
          const value = alpha({ matrix })
          const turned = alpha({ matrix: matrix.map((row) => row.toReversed()) })
          const raised = alpha({ matrix: matrix.map(([head = 0, ...rest]) => [head + 7, ...rest]) })
          if (value === null) continue
          // Where totals hardly vary alpha is a quotient of tiny numbers.
          close(turned ?? 0, value, 1e-6 * Math.max(1, Math.abs(value)))
          close(raised ?? 0, value, 1e-6 * Math.max(1, Math.abs(value)))
        }
      }),
    )
  })

  it('is 1 for identical items', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { minLength: 2 }), (column) => {
        close(alphaListwise({ matrix: column.map((value) => [value, value, value]) }) ?? 0, 1)
      }),
    )
  })
})

describe('a correlation', () => {
  it('is undefined where nothing varies, whatever the value', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), fc.nat(20), (value, more) => {
        const x = Array.from({ length: 3 + more }, () => value)
        expect(correlation({ x, y: x.map((_, at) => at) })).toBeNull()
      }),
    )
  })

  it('is the same both ways, lies in its interval, and by ranks survives any rising scale', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.nat(100)), { minLength: 4 })
    fc.assert(
      fc.property(pairs, (drawn) => {
        const [x, y] = [drawn.map(([a]) => a), drawn.map(([, b]) => b)]
        const [there, back] = [correlation({ x, y }), correlation({ x: y, y: x })]
        if (!there || !back) return
        close(there.r, back.r)
        const [low, high] = there.ci ?? [1, -1]
        expect(low <= there.r && there.r <= high).toBe(true)
        close(spearman({ x: x.map((value) => value ** 3), y }) ?? 2, spearman({ x, y }) ?? 3)
      }),
    )
  })
})

describe('signals of a control chart', () => {
  it('stay with their value whatever comes after it, while limits are fixed', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const limits = { center: 5, lower: 0.5, upper: 9.5 }
        const all = signals({ values, ...limits })
        values.forEach((_, at) => {
          const known = values.slice(0, at + 1)
          expect(signals({ values: known, ...limits })).toEqual(all.slice(0, at + 1))
        })
      }),
    )
  })

  it('are the same upside down', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const limits = xmrScreened({ values })
        if (!limits) return
        const { center, lower, upper } = limits
        fc.pre(upper > center)
        const turned = { center: -center, lower: -upper, upper: -lower }
        expect(signals({ values: values.map((value) => -value), ...turned })).toEqual(
          signals({ values, center, lower, upper }),
        )
      }),
    )
  })
})
