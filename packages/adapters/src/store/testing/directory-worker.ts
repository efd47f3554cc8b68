// Opens the directory named and commits one thing after another, saying each that was done, until it is killed.
import { Refusal } from '@hospital-crm/core'
import { pgliteStore } from '../pglite/index.ts'
import { thing } from './thing.ts'

const [directory = ''] = process.argv.slice(2)
try {
  const store = await pgliteStore({ directory })
  process.stdout.write('open\n')
  for (let n = 0; ; n += 1) {
    const [outcome] = await store.commit('a', [thing(`${process.pid}-${n}`, 0)])
    if (outcome === 'done') process.stdout.write(`done ${process.pid}-${n}\n`)
  }
} catch (error) {
  const { code = '', details = {} } = error instanceof Refusal ? error : {}
  process.stdout.write(`${code} ${JSON.stringify(details)}\n`)
  if (!(error instanceof Refusal)) throw error
}
