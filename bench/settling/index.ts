import { deepStrictEqual } from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Statement } from '@hospital-crm/rules'
import type { Bench } from '../measure.ts'
import { type HandStatement, settleByHand } from './by-hand.ts'
import { settleByRules } from './by-rules.ts'
import { inventedMonth } from './invented-month.ts'

const run = promisify(execFile)
const mostMegabytes = 512
/** The collector takes what it may; told this it keeps the process below the bound. */
const bounds = ['--max-old-space-size=400', '--max-semi-space-size=8']

const reduced = ({ payee, due, refusedTotal, sections, excluded }: Statement): HandStatement => {
  const counted = sections.flatMap((section) => section.lines)
  return { payee, due, refused: refusedTotal, counted, excluded }
}

const allOf = <Given>(settle: (take: (statement: Given) => void) => void) => {
  const all: Given[] = []
  settle((statement) => void all.push(statement))
  return all
}

const checkStatements = (lines: number) => {
  const blocks = [...inventedMonth(lines)]
  const ours = allOf<Statement>((take) => settleByRules(blocks, take)).map(reduced)
  const theirs = allOf<HandStatement>((take) => settleByHand(blocks, take))
  const byPayee = (a: HandStatement, b: HandStatement) => (a.payee < b.payee ? -1 : 1)
  deepStrictEqual(ours.sort(byPayee), theirs.sort(byPayee))
}

/** The most memory that a process takes which does nothing else, the invented month read as it goes. */
const checkMemory = async (lines: number, progress: (text: string) => void) => {
  const once = [join(import.meta.dirname, 'once.ts'), `${lines}`]
  const { stdout } = await run(process.execPath, [...bounds, ...once])
  const megabytes = Math.round(Number(stdout) / 1024)
  progress(`${lines.toLocaleString('en')} lines took ${megabytes} MB at most`)
  if (megabytes > mostMegabytes) throw new Error(`it took ${megabytes} MB`)
}

/** A month's charge lines attributed, rated and turned into statements, in one run. */
export const settling: Bench = async ({ quick, measure, progress }) => {
  const lines = quick ? 100_000 : 1_000_000
  const blocks = [...inventedMonth(lines)]
  let due = 0
  const take = (statement: { readonly due: number }) => {
    due += statement.due
  }
  await measure({
    name: `${lines.toLocaleString('en')} charge lines to statements`,
    yardstick: 'written by hand',
    tells: 'speed',
    goal: 0.5,
    rounds: 7,
    count: lines,
    unit: 'lines',
    time: 'processor',
    check: async () => {
      checkStatements(100_000)
      await checkMemory(lines, progress)
    },
    ours: () => settleByRules(blocks, take),
    theirs: () => settleByHand(blocks, take),
  })
  if (due === 0) throw new Error('nothing was settled')
}
