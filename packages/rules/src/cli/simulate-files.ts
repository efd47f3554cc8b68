import { valueInWords } from '../engine/in-words.ts'
import { type PastFacts, type Shift, type Simulation, simulateChange } from '../engine/simulate.ts'
import { isPack } from '../pack/check-pack.ts'
import type { ExitCode, Outside } from './outside.ts'
import { readFacts } from './read-facts.ts'
import { rulesOf, setsOn } from './rule-sets.ts'
import { simulatePackFiles } from './simulate-packs.ts'
import { withSource } from './source.ts'

export interface SimulateOptions {
  readonly json?: boolean
  readonly at?: string
  /** Past facts; without them the samples of the first file are decided again. */
  readonly facts?: string
}

/** Decides past facts by two versions of a file and prints who would be decided otherwise. 1 where anybody is. */
export const simulateFiles = (
  [before, after]: readonly [string, string],
  options: SimulateOptions,
  outside: Outside,
): ExitCode => {
  if (withSource(before, outside, ({ data }) => isPack(data))) {
    return simulatePackFiles([before, after], options, outside)
  }
  const { json = false, at, facts } = options
  const open = (file: string) => withSource(file, outside, rulesOf)
  const [old, now] = [open(before), open(after)]
  const past: readonly PastFacts[] =
    facts === undefined ? old.samples : readFacts(facts, old.book.vocabulary.facts, outside)
  const simulation = simulateChange(
    { book: old.book, sets: setsOn(old.book, at) },
    { book: now.book, sets: setsOn(now.book, at) },
    past,
  )
  if (json) outside.print(JSON.stringify(simulation))
  else told(simulation).forEach(outside.print)
  return simulation.shifts.length > 0 ? 1 : 0
}

const side = (one: Shift['before']) =>
  one === null
    ? 'not decided'
    : `${valueInWords(one.outcome)}${one.ruleId === null ? '' : ` by ${one.ruleId}`}`

const told = ({ decisions, shifts }: Simulation): readonly string[] => [
  ...shifts.map(
    ({ name, set, before, after }) => `${name}: ${set} says ${side(after)}, said ${side(before)}`,
  ),
  `${shifts.length} of ${decisions} decisions would be others`,
]
