import { describe, expect, it } from 'vitest'
import { runCaseFile } from '../cases/run-case-file.ts'
import { defaultLimits, withinBudget } from './budget.ts'
import { reporter } from './finding.ts'
import { digest, hostileSets, prototypes } from './hostile.fixture.ts'
import { checkBook } from './rule-book.ts'

describe('a hostile pack', () => {
  it('ends in findings, throws nothing and leaves all prototypes as they are', () => {
    const before = prototypes()
    const setAt = hostileSets(1)
    const ends = { sound: 0, found: 0 }
    for (let place = 0; place < 600; place += 1) ends[digest(setAt(place))] += 1
    expect(prototypes()).toEqual(before)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    // Most are spoilt, and some only changed, so that what is sound is compiled and decided too.
    expect(ends.found).toBeGreaterThan(300)
    expect(ends.sound).toBeGreaterThan(10)
  })

  it('may be wrong in more places than can be told', () => {
    const sets = new Array(250_000).fill(0)
    const book = { format: 'rule-book/1', facts: {}, sets: [], cases: sets, tables: {} }
    expect(checkBook({ ...book, cases: undefined, facts: { ...sets } }).ok).toBe(false)
    expect(() => runCaseFile({ ...book, sets: undefined, format: 'decision-cases/1' })).toThrow(
      expect.objectContaining({ code: 'cases.malformed' }),
    )
  })

  it('is looked at no more often than the limits allow, however large it is', () => {
    let looks = 0
    const endless = (): object =>
      new Proxy([] as object[], {
        get: (_, key) => (key === 'length' ? 2 : endless()),
        getPrototypeOf: () => Array.prototype,
        ownKeys: () => ['0', '1', 'length'],
        getOwnPropertyDescriptor: (target, key) => {
          looks += 1
          return key === 'length'
            ? Reflect.getOwnPropertyDescriptor(target, key)
            : { value: endless(), enumerable: true, configurable: true, writable: true }
        },
      })
    for (const data of [endless(), { sets: [endless(), endless()] }, new Array(1e9)]) {
      const { findings, report } = reporter()
      looks = 0
      expect(withinBudget(data, { ...defaultLimits, nodes: 1000 }, report)).toBe(false)
      expect(findings).toHaveLength(1)
      expect(looks).toBeLessThanOrEqual(2000)
    }
  })
})
