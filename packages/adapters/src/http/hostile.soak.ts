import { afterAll, beforeAll, inject } from 'vitest'
import { droppedAtClose, freshSchema } from '../store/testing/fresh-schema.ts'
import { pgliteEngine } from '../store/testing/pglite-engine.ts'
import { hostile } from './hostile.fixture.ts'

const { start, fresh, stop } = pgliteEngine()
beforeAll(start)
afterAll(stop)
const postgres = async () => {
  const { open, drop } = freshSchema(inject('postgres'))
  return droppedAtClose(await open(), drop)
}

// Drawn anew every time; what fails shows the body that it failed on.
const asked = {
  memory: hostile('memory', { runs: 150 }),
  PGlite: hostile('PGlite', { runs: 40, open: fresh }),
  PostgreSQL: hostile('PostgreSQL', { runs: 40, open: postgres }),
}

afterAll(() => {
  for (const [kept, count] of Object.entries(asked))
    process.stdout.write(`${count()} hostile requests to ${kept}, none a fault\n`)
})
