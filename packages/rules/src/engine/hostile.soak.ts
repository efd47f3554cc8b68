import { expect, it } from 'vitest'
import { digest, hostileSets, prototypes } from './hostile.fixture.ts'

const count = 100_000

it(`digests ${count} hostile packs into findings`, () => {
  const before = prototypes()
  const ends = { sound: 0, found: 0 }
  let slowest = 0
  for (let block = 0; block < count / 1000; block += 1) {
    const setAt = hostileSets(1000 + block)
    for (let place = 0; place < 1000; place += 1) {
      const set = setAt(place)
      const began = performance.now()
      ends[digest(set)] += 1
      slowest = Math.max(slowest, performance.now() - began)
    }
  }
  expect(prototypes()).toEqual(before)
  process.stdout.write(
    `${ends.found} found faulty, ${ends.sound} sound and decided; the slowest took ${Math.round(slowest)} ms\n`,
  )
})
