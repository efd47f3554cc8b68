import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { type Facts, ruleFunction } from '../condition/fact.ts'
import type { DeadlineSet, ListSet, RuleSet, TableSet, TierSet } from '../table/rule-set.ts'
import { createEngine } from './create-engine.ts'

interface Discharge {
  readonly age: number
  readonly ward?: string
  readonly fee?: string
  readonly discharged?: string
  readonly due?: string
  readonly hour?: string
  readonly tags?: readonly string[]
}

const reads: string[] = []
const reading = <Value>(name: string, value: Value) => {
  reads.push(name)
  return value
}

const facts: Facts<Discharge> = {
  age: {
    type: 'integer',
    min: 0,
    max: 130,
    label: 'age in years',
    get: ({ age }) => reading('age', age),
  },
  ward: {
    type: 'string',
    values: ['icu', 'surgery', 'medicine'],
    optional: true,
    get: ({ ward }) => reading('ward', ward),
  },
  fee: { type: 'decimal', min: '0', get: ({ fee }) => reading('fee', fee) },
  discharged: { type: 'date', get: ({ discharged }) => discharged },
  due: { type: 'date', get: ({ due }) => due },
  hour: { type: 'time', get: ({ hour }) => hour },
  tags: { type: 'strings', get: ({ tags }) => tags },
  tier: { type: 'string', outcomeOf: 'tier', key: 'name' },
}

const engine = createEngine<Discharge>({
  facts,
  functions: { decades: ruleFunction(['integer'], 'integer', (years) => Math.floor(years / 10)) },
  conditions: { frail: { fact: 'age', op: 'ge', value: 75 } },
  calendars: {
    hospital: (day) =>
      day > '2026-12-31' ? null : new Date(day).getUTCDay() % 6 !== 0 && day !== '2026-05-01',
  },
})

const head = { version: '1', validFrom: '2026-01-01' }

const tier: ListSet<{ name: string; days: number }> = {
  kind: 'list',
  id: 'tier',
  ...head,
  hit: 'first',
  rules: [
    {
      id: 'icu',
      when: { fact: 'ward', op: 'eq', value: 'icu', note: 'was in intensive care' },
      outcome: { name: 'intensive', days: 1 },
      note: 'called the next day',
    },
    { id: 'frail', when: { use: 'frail' }, outcome: { name: 'intensive', days: 2 } },
  ],
  otherwise: { name: 'standard', days: 7 },
}

const table = (over: Partial<TableSet<number>> = {}): TableSet<number> => ({
  kind: 'table',
  id: 'first-call',
  ...head,
  hit: 'unique',
  inputs: ['age'],
  rows: [
    { id: 'young', when: [{ op: 'lt', value: 65 }], outcome: 7 },
    { id: 'old', when: [{ op: 'ge', value: 65 }], outcome: 3 },
  ],
  ...over,
})

const codes = (data: unknown, outcome?: z.ZodType) =>
  engine.check(data, outcome).findings.map(({ code }) => code)

describe('deciding', () => {
  it('is synchronous, and answers an object made beforehand: nothing grows with the decisions made', () => {
    const { decide } = engine.compile(tier)
    expect(decide({ age: 80 })).toBe(decide({ age: 99 }))
    expect(decide({ age: 80 })).toEqual({
      outcome: { name: 'intensive', days: 2 },
      ruleId: 'frail',
      ruleIds: ['frail'],
      how: 'rule',
      set: 'tier',
      version: '1',
    })
  })

  it('carries the types of facts, of functions and of outcomes', () => {
    expectTypeOf(engine.compile(tier).decide).parameter(0).toEqualTypeOf<Discharge>()
    expectTypeOf(engine.compile(tier).decide({ age: 1 }).outcome).toEqualTypeOf<{
      name: string
      days: number
    } | null>()
    expectTypeOf(ruleFunction(['date'], 'integer', (day) => day.length).run)
      .parameter(0)
      .toEqualTypeOf<string>()
  })

  it('stops at the first rule that holds, and asks no further facts', () => {
    const { decide } = engine.compile(tier, { executor: 'flat' })
    reads.length = 0
    decide({ age: 80, ward: 'icu' })
    expect(reads).toEqual(['ward'])
  })

  it('reads each fact at most once on the way to one of 2,000 rows', () => {
    const rows = Array.from({ length: 2000 }, (_, place) => ({
      id: `r${place}`,
      when: [
        place % 130,
        ['icu', 'surgery', 'medicine'][place % 3] ?? '',
        { op: 'lt' as const, value: `${place}` },
      ],
      outcome: place,
    }))
    const large = table({ hit: 'first', inputs: ['age', 'ward', 'fee'], rows, otherwise: -1 })
    const { decide } = engine.compile(large)
    reads.length = 0
    expect(decide({ age: 3, ward: 'medicine', fee: '500' }).outcome).toBe(653)
    expect(reads.toSorted()).toEqual(['age', 'fee', 'ward'])
  })

  it('lists all that hold where all are wanted', () => {
    const all = { ...tier, hit: 'collect' as const }
    expect(engine.compile<unknown>(all).decide({ age: 80, ward: 'icu' })).toMatchObject({
      outcome: [tier.rules[0]?.outcome, tier.rules[1]?.outcome],
      ruleIds: ['icu', 'frail'],
    })
  })

  it('compares days, times of day and two facts, and asks lists', () => {
    const late = table({
      hit: 'first',
      inputs: ['discharged', 'hour', 'tags'],
      rows: [
        {
          id: 'late',
          when: [
            { op: 'gt', value: { fact: 'due' } },
            { op: 'between', value: ['08:00', '12:00'], closed: '[)' },
            { op: 'has', value: 'frail' },
          ],
          outcome: 1,
        },
      ],
      otherwise: 0,
    })
    const { decide } = engine.compile(late)
    const given = { age: 1, due: '2026-02-28', hour: '08:00', tags: ['diabetic', 'frail'] }
    expect(decide({ ...given, discharged: '2026-03-01' }).outcome).toBe(1)
    expect(decide({ ...given, discharged: '2026-02-28' }).outcome).toBe(0)
    expect(decide({ ...given, discharged: '2026-03-01', hour: '12:00' }).outcome).toBe(0)
  })

  it('counts in exact decimals of any size', () => {
    const cheap = table({
      hit: 'first',
      inputs: ['fee'],
      rows: [
        { id: 'tenths', when: [{ op: 'eq', value: '0.3' }], outcome: 1 },
        {
          id: 'huge',
          when: [{ op: 'gt', value: '12345678901234567890.000000000000000001' }],
          outcome: 2,
        },
      ],
      otherwise: 0,
    })
    const { decide } = engine.compile(cheap)
    const outcomes = ['0.30', '0.30000000000000004', '12345678901234567890.000000000000000002']
    expect(outcomes.map((fee) => decide({ age: 1, fee }).outcome)).toEqual([1, 0, 2])
  })

  it('calls functions of the vendor by name, with typed arguments', () => {
    const when = { fn: 'decades', args: [{ fact: 'age' }], op: 'eq', value: 8 } as const
    const rules = [{ id: 'eighties', when, outcome: { name: 'intensive', days: 2 } }]
    const { decide } = engine.compile({ ...tier, rules })
    expect(decide({ age: 85 }).ruleId).toBe('eighties')
    expect(decide({ age: 90 }).ruleId).toBeNull()
  })

  it('takes a missing fact for no, unless a rule asks whether it is missing', () => {
    const { decide } = engine.compile(
      table({
        hit: 'first',
        inputs: ['ward'],
        rows: [
          { id: 'unknown', when: [{ op: 'missing' }], outcome: 1 },
          { id: 'not-icu', when: [{ op: 'ne', value: 'icu' }], outcome: 2 },
        ],
        otherwise: 0,
      }),
    )
    expect(
      [undefined, 'medicine', 'icu'].map(
        (ward) => decide({ age: 1, ...(ward && { ward }) }).outcome,
      ),
    ).toEqual([1, 2, 0])
  })

  it('builds sets upon each other in the order of their dependencies, and refuses cycles', () => {
    const upon = table({
      id: 'days',
      inputs: ['tier'],
      hit: 'first',
      rows: [{ id: 'soon', when: ['intensive'], outcome: 1 }],
      otherwise: 9,
    })
    const days = engine.compile(upon, { among: [tier] })
    expect([80, 20].map((age) => days.decide({ age }).outcome)).toEqual([1, 9])
    expect(days.requires).toEqual(['age', 'ward'])
    const round = {
      ...tier,
      rules: [{ id: 'round', when: { fact: 'tier', op: 'eq', value: 'x' }, outcome: 1 }],
    }
    expect(codes([round])).toContain('cycle')
  })

  it('rates tiers exactly: graduated or whole, with steps, cap and rounding', () => {
    const commission: TierSet = {
      kind: 'tiers',
      id: 'commission',
      ...head,
      on: 'fee',
      mode: 'graduated',
      tiers: [
        { id: 'first', upTo: '10000', rate: '0.05' },
        { id: 'rest', upTo: null, rate: '0.1' },
      ],
      steps: [
        { id: 'bonus', from: '50000', amount: '1000', every: '20000', each: '1000', reached: 'at' },
      ],
      round: { scale: 2, mode: 'half-up' },
    }
    const { decide, explain } = engine.compile(commission)
    expect(decide({ age: 1, fee: '70000.05' }).outcome).toBe('8500.01')
    expect(
      explain({ age: 1, fee: '12000' }).lines.map(({ id, amount }) => [id, Number(amount)]),
    ).toEqual([
      ['first', 500],
      ['rest', 200],
    ])
  })

  it('sets deadlines in working days and months, and who is told when they pass', () => {
    const call: DeadlineSet = {
      kind: 'deadline',
      id: 'call',
      ...head,
      rules: [
        {
          id: 'within-a-working-day',
          when: { use: 'frail' },
          from: 'discharged',
          plus: { workingDays: 1 },
          calendar: 'hospital',
          escalate: [{ after: { days: 2 }, to: 'department-head' }],
        },
        { id: 'within-a-month', when: { all: [] }, from: 'discharged', plus: { months: 1 } },
      ],
    }
    const { decide } = engine.compile<unknown>(call)
    // 1 May 2026 is a holiday on a Friday.
    expect(decide({ age: 80, discharged: '2026-04-30' }).outcome).toEqual({
      due: '2026-05-04',
      provisional: false,
      escalations: [{ at: '2026-05-06', to: 'department-head' }],
    })
    expect(decide({ age: 20, discharged: '2026-01-31' }).outcome).toMatchObject({
      due: '2026-02-28',
    })
    expect(decide({ age: 80, discharged: '2026-12-31' }).outcome).toMatchObject({
      provisional: true,
    })
  })
})

describe('explaining', () => {
  it('names the rule, every rule that failed, and in it every condition, what it wanted and what was there', () => {
    const { looked, facts: seen } = engine.compile(tier).explain({ age: 80, ward: 'surgery' })
    expect(seen).toEqual({ age: 80, ward: 'surgery' })
    expect(looked).toEqual([
      {
        ruleId: 'icu',
        ok: false,
        note: 'called the next day',
        trace: {
          kind: 'test',
          ok: false,
          of: 'ward',
          op: 'eq',
          expected: 'icu',
          actual: 'surgery',
          note: 'was in intensive care',
        },
      },
      {
        ruleId: 'frail',
        ok: true,
        trace: {
          kind: 'use',
          name: 'frail',
          ok: true,
          parts: [expect.objectContaining({ label: 'age in years', expected: 75, actual: 80 })],
        },
      },
    ])
  })

  it('goes on into the sets whose outcomes it used', () => {
    const upon = table({
      inputs: ['tier'],
      hit: 'first',
      rows: [{ id: 'soon', when: ['intensive'], outcome: 1 }],
    })
    const { chained } = engine.compile(upon, { among: [tier] }).explain({ age: 80 })
    expect(chained.tier?.looked.map(({ ruleId, ok }) => [ruleId, ok])).toEqual([
      ['icu', false],
      ['frail', true],
    ])
  })

  it('costs nothing where it is not asked for: deciding reads no more facts with it than without', () => {
    const { decide, explain } = engine.compile(tier)
    explain({ age: 80 })
    reads.length = 0
    decide({ age: 80 })
    expect(reads.toSorted()).toEqual(['age', 'ward'])
  })
})

describe('checking', () => {
  it('finds gaps and overlaps with an example, and no gaps where all are collected', () => {
    const rows = [
      { id: 'young', when: [{ op: 'le' as const, value: 65 }], outcome: 7 },
      { id: 'old', when: [{ op: 'between' as const, value: [65, 90] as const }], outcome: 3 },
    ]
    const { findings } = engine.check(table({ rows }))
    expect(findings).toMatchObject([
      { level: 'error', code: 'overlap', path: 'rows.1', example: { age: 65 } },
      { level: 'warning', code: 'gap', path: 'rows', example: { age: 91 } },
    ])
    expect(codes(table({ hit: 'collect', rows }))).toEqual([])
  })

  it('finds shadowed rows, conditions that never hold, and holes between versions', () => {
    const shadowed = table({
      hit: 'first',
      rows: [
        { id: 'all', when: [null], outcome: 1 },
        { id: 'late', when: [{ op: 'ge', value: 65 }], outcome: 2 },
        { id: 'never', when: [{ op: 'lt', value: 0 }], outcome: 3 },
      ],
    })
    expect(engine.check(shadowed).findings).toMatchObject([
      { code: 'never-true', path: 'rows.2.when.0' },
      { code: 'shadowed', rule: 'late', example: { age: 65 } },
    ])
    const ended = { ...tier, validTo: '2026-06-01' }
    const later = { ...tier, version: '2', validFrom: '2026-07-01' }
    expect(codes([ended, later])).toContain('validity-gap')
  })

  it('warns of a fact that may be missing when nobody asked whether it is', () => {
    expect(codes(tier)).toEqual(['missing-unhandled'])
  })

  it.each([
    ['an unknown fact', { fact: 'height', op: 'eq', value: 1 }, 'unknown-fact'],
    ['a prototype', { fact: 'constructor', op: 'present' }, 'unknown-fact'],
    ['an unknown function', { fn: 'require', args: ['fs'] }, 'unknown-function'],
    ['a value of another type', { fact: 'age', op: 'eq', value: '75' }, 'type'],
    ['a misspelt value', { fact: 'ward', op: 'eq', value: 'ciu' }, 'out-of-domain'],
    ['an order of what has none', { fact: 'ward', op: 'lt', value: 'icu' }, 'type'],
    ['a property path', { fact: 'ward', path: '$.x', op: 'eq', value: 'icu' }, 'shape'],
    ['a regular expression', { fact: 'ward', op: 'matches', value: '(a+)+$' }, 'shape'],
    ['an unknown condition', { use: 'fragile' }, 'unknown-condition'],
  ])('refuses %s', (_, when, code) => {
    const { ok, findings } = engine.check({ ...tier, rules: [{ id: 'r', when, outcome: 1 }] })
    expect(ok).toBe(false)
    expect(findings[0]).toMatchObject({
      code,
      level: 'error',
      path: expect.stringMatching(/^rules\.0/),
    })
  })

  it("holds outcomes to the vendor's own schema", () => {
    const Outcome = z.strictObject({
      name: z.enum(['intensive', 'standard']),
      days: z.int().max(5),
    })
    expect(engine.check(tier, Outcome).findings).toContainEqual(
      expect.objectContaining({ code: 'shape', path: 'otherwise.days' }),
    )
  })

  it('ends soon whatever it is given: too deep, too large, too entangled', () => {
    let deep: unknown = { use: 'frail' }
    for (let level = 0; level < 50_000; level += 1) deep = { not: deep }
    expect(codes({ ...tier, rules: [{ id: 'r', when: deep, outcome: 1 }] })).toEqual(['budget'])
    const small = createEngine<Discharge>({ facts, limits: { diagramNodes: 1 } })
    expect(small.check(table()).findings.map(({ code }) => code)).toEqual(['not-analysed'])
  })
})

describe('versions', () => {
  it('are picked by an explicit day: what was discharged in June is decided by the rules of June', () => {
    const later = { ...tier, version: '2', validFrom: '2026-07-01' }
    const versionOn = (day: string) =>
      engine.at<RuleSet>([tier, later], day).map(({ version }) => version)
    expect(['2025-12-31', '2026-06-30', '2026-07-01'].map(versionOn)).toEqual([[], ['1'], ['2']])
  })
})

describe('testing', () => {
  const fixtures = [
    { name: 'old', facts: { age: 65 }, expect: 3, rule: 'old' },
    { name: 'wrong', facts: { age: 64 }, expect: 3 },
    { name: 'mistyped', facts: { age: '64' }, expect: 7 },
  ]

  it('runs fixtures without a host, as data, as CSV, and by any test framework', () => {
    expect(engine.runFixtures(table(), fixtures)).toMatchObject([
      { name: 'old', ok: true, why: '' },
      { name: 'wrong', ok: false, why: 'outcome: expected 3, got 7' },
      { name: 'mistyped', ok: false, why: 'age: a integer expected' },
    ])
    const csv = 'name,age,expect,rule\nold,65,3,old\n"young, barely",64,7,\n'
    expect(engine.runFixtures(table(), csv).map(({ name, ok }) => [name, ok])).toEqual([
      ['old', true],
      ['young, barely', true],
    ])
    const [good, wrong] = engine.cases(table(), fixtures)
    expect(good?.run).not.toThrow()
    expect(wrong?.run).toThrow('outcome: expected 3, got 7')
  })

  it('says which rules were never hit, which conditions were seen one way only, and what to test next', () => {
    const { decide, coverage } = engine.compile(table()).counting()
    decide({ age: 64 })
    expect(coverage()).toEqual({
      decisions: 1,
      rules: { young: 1, old: 0 },
      tests: { 'rows.0.when.0': { true: 1, false: 0 }, 'rows.1.when.0': { true: 0, false: 1 } },
      untested: [
        { fact: 'age', value: 65 },
        { fact: 'age', value: 66 },
      ],
    })
    decide({ age: 65 })
    decide({ age: 66 })
    expect(coverage()).toMatchObject({ rules: { young: 1, old: 2 }, untested: [] })
  })
})
