import { build } from 'esbuild'
import * as fc from 'fast-check'
import { compileRules } from './evaluate.ts'
import type { FactRecord } from './fixtures.ts'
import {
  amountVocabulary,
  lists,
  records,
  tables,
  tierRecords,
  tierSets,
  vocabulary,
} from './random-sets.fixture.ts'

/** A module and all it imports as one minified text, and the packages it would still import. */
export const bundled = async (entry: string) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
  })
  const outside = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules'))
  return { text: outputFiles[0]?.text ?? '', outside }
}

/** Facts without accessors or functions, so that they can be carried into another process. */
const plain = (words: typeof vocabulary) =>
  Object.fromEntries(Object.entries(words.facts).map(([id, fact]) => [id, { type: fact.type }]))

const usesFunctions = (set: unknown) => JSON.stringify(set).includes('"fn"')

const samplesOf = (
  sets: fc.Arbitrary<Parameters<typeof compileRules>[0]>,
  inputs: fc.Arbitrary<FactRecord>,
  words: typeof vocabulary,
) =>
  fc
    .sample(fc.tuple(sets, fc.array(inputs, { minLength: 8, maxLength: 8 })), {
      numRuns: 60,
      seed: 11,
    })
    .filter(([set]) => !usesFunctions(set))
    .map(([set, given]) => {
      const { decide } = compileRules(set, words, { executor: 'reference' })
      return { set, facts: plain(words), inputs: given, meant: given.map(decide) }
    })

/** Rule sets with inputs and what the reference decides: what another process is to decide as well. */
export const samples = () => [
  ...samplesOf(fc.oneof(lists, tables), records, vocabulary),
  ...samplesOf(
    tierSets,
    tierRecords.filter(({ amount }) => Number(amount) < 2 ** 50),
    amountVocabulary,
  ),
]

/** As source text: decides the samples by `evaluator` and counts the answers that differ. */
export const judging = `
  const differing = (samples) => {
    let [count, wrong] = [0, 0]
    for (const { set, facts, inputs, meant } of samples) {
      const bound = Object.fromEntries(
        Object.entries(facts).map(([id, fact]) => [id, { ...fact, get: (record) => record[id] ?? null }]),
      )
      const decide = evaluator(set, { facts: bound })
      inputs.forEach((input, place) => {
        count += 1
        if (JSON.stringify(sorted(decide(input))) !== JSON.stringify(sorted(meant[place]))) wrong += 1
      })
    }
    return { count, wrong }
  }
  const sorted = (value) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
`
