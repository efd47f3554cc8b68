import { describe, expect, it } from 'vitest'
import { createRandom } from './prng.ts'

const draw = (seed: number, fork?: string) => {
  const random = createRandom(seed)
  const stream = fork === undefined ? random : random.fork(fork)
  return Array.from({ length: 5 }, () => stream.int(0, 1_000_000))
}

describe('a random stream', () => {
  it('is the same for the same seed and name, and another for any other', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1, 'people')).toEqual(draw(1, 'people'))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1, 'people')).not.toEqual(draw(1, 'stays'))
  })

  it('does not depend on what another stream was asked for', () => {
    const random = createRandom(3)
    random.int(0, 9)
    expect(random.fork('people').next()).toBe(createRandom(3).fork('people').next())
  })

  it('draws within its bounds and by weight', () => {
    const random = createRandom(4)
    const draws = Array.from({ length: 1000 }, () => random.int(3, 5))
    expect(new Set(draws)).toEqual(new Set([3, 4, 5]))
    expect(random.some([1, 2, 3, 4], 3)).toHaveLength(3)
    const heavy = Array.from({ length: 1000 }, () => random.weighted([1, 9], (item) => item))
    expect(heavy.filter((item) => item === 9).length).toBeGreaterThan(800)
    const lengths = Array.from({ length: 1001 }, () => random.logNormal(8, 0.5)).sort(
      (a, b) => a - b,
    )
    expect(lengths[500]).toBeGreaterThan(7)
    expect(lengths[500]).toBeLessThan(9)
  })

  it('cannot draw from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError)
  })
})
