import { describe, expect, it } from 'vitest'
import { parseMessage } from '../hl7v2/index.ts'
import { chinese, shanghai } from '../hl7v2/samples.ts'
import { answering } from './answer.ts'
import { createFramer } from './framer.ts'
import { groupCommit } from './group-commit.ts'
import { mutatedFrames, takenAndForgotten } from './mutated.fixture.ts'

describe('a damaged stream', () => {
  it('never throws, and every frame in it gets an answer that says why', async () => {
    const seen: Record<string, number> = {}
    const framer = createFramer(700)
    const answer = answering({
      profile: ({ peer }) => (peer === 'cn' ? chinese : shanghai),
      commit: groupCommit(takenAndForgotten, 64),
      isReused: () => false,
      clock: { now: () => new Date(0) },
      onNotice: ({ cause }) => {
        throw cause
      },
    })
    let frames = 0
    for (const bytes of mutatedFrames(2000, 42)) {
      const half = bytes.length >> 1
      for (const chunk of [bytes.subarray(0, half), bytes.subarray(half)]) {
        for (const piece of framer.push(chunk)) {
          seen[piece.kind] = (seen[piece.kind] ?? 0) + 1
          if (!('bytes' in piece)) continue
          frames += 1
          const text = new TextDecoder().decode(await answer(piece, frames % 2 ? 'cn' : 'x'))
          const code = parseMessage(text)?.segment('MSA')?.value(1) ?? text
          seen[code] = (seen[code] ?? 0) + 1
        }
      }
    }
    // A generator that no longer reaches a way of failing would make this test say less than it seems.
    expect(Object.keys(seen).sort()).toEqual(['AA', 'AR', 'cut', 'frame', 'noise', 'too-long'])
    expect((seen.AA ?? 0) + (seen.AR ?? 0)).toBe(frames)
    expect(frames).toBeGreaterThan(1000)
  })
})
