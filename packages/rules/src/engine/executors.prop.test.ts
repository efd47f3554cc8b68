import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Decision } from '../table/decision.ts'
import { emitRules } from './emit.ts'
import { compileRules } from './evaluate.ts'
import type { FactRecord } from './fixtures.ts'
import {
  amountVocabulary,
  functions,
  lists,
  records,
  tables,
  tierRecords,
  tierSets,
  vocabulary,
  wideLists,
} from './random-sets.fixture.ts'

const sets = fc.oneof(lists, tables, tables, wideLists)
const contexts = fc.array(records, { minLength: 12, maxLength: 12 })

describe('every way to decide', () => {
  it('answers what the reference does: rules in turn, and the diagram', () => {
    fc.assert(
      fc.property(sets, contexts, (set, inputs) => {
        const reference = compileRules(set, vocabulary, { executor: 'reference' })
        const flat = compileRules(set, vocabulary, { executor: 'flat' })
        const auto = compileRules(set, vocabulary)
        for (const input of inputs) {
          const meant = reference.decide(input)
          expect(auto.decide(input)).toEqual(meant)
          expect(flat.decide(input)).toEqual(meant)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('answers the same object for the same rule, and nobody can change it', () => {
    fc.assert(
      fc.property(sets, records, (set, input) => {
        const { decide } = compileRules(set, vocabulary)
        const decision = decide(input)
        expect(decide(input)).toBe(decision)
        expect(Object.isFrozen(decision) && Object.isFrozen(decision.outcome)).toBe(true)
      }),
    )
  })

  it('explains the decision it makes: the rules that hold are those that hit', () => {
    fc.assert(
      fc.property(sets, contexts, (set, inputs) => {
        const { decide, explain } = compileRules(set, vocabulary)
        for (const input of inputs) {
          const { looked, facts, lines: _, chained: __, ...decision } = explain(input)
          expect(decision).toEqual(decide(input))
          const held = looked.filter(({ ok }) => ok).map(({ ruleId }) => ruleId)
          expect(held).toEqual(decision.ruleIds)
          for (const [fact, value] of Object.entries(facts)) expect(input[fact]).toEqual(value)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('decides the same while it counts', () => {
    fc.assert(
      fc.property(sets, contexts, (set, inputs) => {
        const { decide, counting } = compileRules(set, vocabulary)
        const counted = counting()
        const hits = new Map<string, number>()
        for (const input of inputs) {
          const decision = decide(input)
          expect(counted.decide(input)).toEqual(decision)
          for (const id of decision.ruleIds) hits.set(id, (hits.get(id) ?? 0) + 1)
        }
        const { decisions, rules } = counted.coverage()
        expect(decisions).toBe(inputs.length)
        for (const [id, count] of Object.entries(rules)) expect(count).toBe(hits.get(id) ?? 0)
      }),
      { numRuns: 200 },
    )
  })

  it('rates an amount as the exact decimals do, near every bound and beyond safe integers', () => {
    fc.assert(
      fc.property(tierSets, fc.array(tierRecords, { minLength: 8 }), (set, inputs) => {
        const reference = compileRules(set, amountVocabulary, { executor: 'reference' })
        const auto = compileRules(set, amountVocabulary)
        for (const input of inputs) {
          expect(answerOf(() => auto.decide(input))).toEqual(
            answerOf(() => reference.decide(input)),
          )
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('a commission of 7 %', () => {
  const modes = ['half-up', 'half-even', 'down'] as const
  // Its total in hundredths passes 2 ** 32 between these.
  const amounts = Array.from({ length: 200 }, (_, nth) => Math.floor(2 ** 32 / 7) - 100 + nth)

  it.each(modes)('is rounded %s exactly where integers of 32 bits end', (mode) => {
    const set = {
      kind: 'tiers' as const,
      id: 'seven',
      version: '1',
      validFrom: '2026-01-01',
      on: 'amount',
      mode: 'whole' as const,
      tiers: [{ id: 'all', upTo: null, rate: '0.07' }],
      round: { scale: 0, mode },
    }
    const { decide } = compileRules(set, amountVocabulary)
    const paid = amounts.map((amount) => decide({ amount }).outcome)
    const hundredths = amounts.map((amount) => BigInt(amount) * 7n)
    const isUp = (whole: bigint, rest: bigint) =>
      rest > 50n || (rest === 50n && (mode === 'half-up' || whole % 2n === 1n))
    expect(paid).toEqual(
      hundredths.map((total) => {
        const [whole, rest] = [total / 100n, total % 100n]
        return Number(mode !== 'down' && isUp(whole, rest) ? whole + 1n : whole)
      }),
    )
  })
})

/** A total that no safe integer holds is refused by all. */
const answerOf = (decide: () => Decision<unknown>) => {
  try {
    return decide()
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

const folder = mkdtempSync(join(tmpdir(), 'emitted-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Emitted {
  readonly create: (facts: object, functions: object) => (record: FactRecord) => Decision<unknown>
}

const imported = async (source: string, name: string): Promise<Emitted> => {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, source)
  return import(pathToFileURL(path).href)
}

describe('an emitted module', () => {
  it('answers what the reference does', async () => {
    const samples = fc.sample(fc.tuple(sets, contexts), { numRuns: 150, seed: 7 })
    for (const [place, [set, inputs]] of samples.entries()) {
      const { create } = await imported(emitRules(set, vocabulary), `rows-${place}`)
      const decide = create(vocabulary.facts, functions)
      const reference = compileRules(set, vocabulary, { executor: 'reference' })
      for (const input of inputs) expect(decide(input)).toEqual(reference.decide(input))
    }
  })

  it('answers what the reference does, for tiers', async () => {
    const samples = fc.sample(fc.tuple(tierSets, fc.array(tierRecords, { minLength: 8 })), {
      numRuns: 60,
      seed: 7,
    })
    for (const [place, [set, inputs]] of samples.entries()) {
      const { create } = await imported(emitRules(set, amountVocabulary), `tiers-${place}`)
      const decide = create(amountVocabulary.facts, {})
      const reference = compileRules(set, amountVocabulary, { executor: 'reference' })
      for (const input of inputs) {
        expect(answerOf(() => decide(input))).toEqual(answerOf(() => reference.decide(input)))
      }
    }
  })
})
