// What `pnpm bench` runs: every bench, or those named, and a table of ratios for each.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Measured, measure } from './measure.ts'
import { benches } from './registry.ts'
import { tableOf } from './table.ts'

const usage = `pnpm bench [options] [NAME…]    without a name, all of them

  ${Object.keys(benches).join('  ')}

  --quick    less work and fewer rounds: a look, not a figure
  --json     the results as JSON
  --help     this text`

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** One line that is written over; where nobody can see that, a line for each thing begun. */
const progress = (text: string, isNew = true) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else if (isNew && text !== '') process.stderr.write(`${text}\n`)
}

const resultsOf = async (name: string): Promise<Measured[]> => {
  const results: Measured[] = []
  await benches[name]?.({
    quick: options.quick,
    progress: (text) => progress(`${name}: ${text}`),
    measure: async (pair) => {
      progress(`${name}: ${pair.name}`)
      const measured = await measure(pair, options.quick, (round, rounds) =>
        progress(`${name}: ${pair.name}, round ${round} of ${rounds}`, false),
      )
      results.push(measured)
    },
  })
  progress('')
  return results
}

const main = async (): Promise<number> => {
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name))
  if (options.help || unknown.length > 0) {
    console.log(usage)
    return options.help ? 0 : 1
  }
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processors: cpus().length,
    model: cpus()[0]?.model.trim() ?? '',
  }
  const { node, platform, processors, model } = machine
  if (!options.json) console.log(`Node ${node}, ${platform}, ${processors} × ${model}\n`)
  const all: (Measured & { readonly bench: string })[] = []
  for (const bench of positionals.length > 0 ? positionals : Object.keys(benches)) {
    const results = await resultsOf(bench)
    all.push(...results.map((result) => ({ bench, ...result })))
    if (!options.json) console.log(tableOf(bench, results))
  }
  if (options.json) console.log(JSON.stringify({ machine, quick: options.quick, results: all }))
  return 0
}

process.exitCode = await main()
