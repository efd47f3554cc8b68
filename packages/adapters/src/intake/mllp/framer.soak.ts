import { describe, expect, it } from 'vitest'
import { createFramer, frameOf } from './framer.ts'
import { messages } from './messages.fixture.ts'

describe('a stream of 1,000 messages', () => {
  it('arrives exactly, cut in two at every byte of the whole stream', () => {
    const stream = Buffer.concat(messages.map(frameOf))
    let arrived = 0
    for (let at = 0; at <= stream.length; at += 1) {
      const framer = createFramer(1 << 20)
      let next = 0
      for (const chunk of [stream.subarray(0, at), stream.subarray(at)]) {
        for (const piece of framer.push(chunk)) {
          const sent = messages[next] ?? new Uint8Array(0)
          if (piece.kind !== 'frame' || Buffer.compare(piece.bytes, sent) !== 0) {
            expect([at, next, piece]).toBe('the next message, exactly')
          }
          next += 1
        }
      }
      if (next !== messages.length || framer.isOpen()) expect([at, next]).toBe('all of them')
      arrived += next
    }
    process.stdout.write(`${stream.length + 1} cuts, ${arrived} messages arrived exactly\n`)
    expect(arrived).toBe((stream.length + 1) * messages.length)
  })
})
