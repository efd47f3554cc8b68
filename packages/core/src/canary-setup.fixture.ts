// Vitest's `setupFiles`: a test fails in which words of the tests' persons reached a store, a log, an error or
// what is printed. `scripts/canary-seams.ts` leads what every crm commits, logs and throws past the watch.
import { afterAll, afterEach, beforeAll } from 'vitest'
import { createWatch, type Watch } from './canary-watch.fixture.ts'

declare global {
  var canaryWatch: Watch
}

if (!globalThis.canaryWatch) {
  globalThis.canaryWatch = createWatch()
  for (const stream of [process.stdout, process.stderr]) globalThis.canaryWatch.stream(stream)
}
// Vitest's console goes to its reporter, past the streams.
let unwatched = () => {}
beforeAll(() => {
  unwatched = globalThis.canaryWatch.printer(console)
})

const isFree = () => {
  const leaks = globalThis.canaryWatch.taken()
  if (leaks.length > 0) throw new Error(`a person of the tests stands in ${leaks.join('; ')}`)
}
afterEach(isFree)
afterAll(() => {
  unwatched()
  isFree()
})
