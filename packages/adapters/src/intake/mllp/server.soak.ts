import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createCrm, memoryStore } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { parseMessage } from '../hl7v2/index.ts'
import { adt, chinese, shanghai } from '../hl7v2/samples.ts'
import { createFramer, type MllpNotice, mllpClient, serveMllp } from './index.ts'
import { mutatedFrames, takenAndForgotten } from './mutated.fixture.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What the process holds, in MiB, when nothing is left that could be let go. */
const held = () => {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / (1 << 20)
}

const [vt, fs] = [0x0b, 0x1c]

/** How many frames a stream holds: each goes from a VT to the next FS. */
const framesIn = (stream: Uint8Array): number => {
  let frames = 0
  for (let at = stream.indexOf(vt); at >= 0; at = stream.indexOf(vt, at)) {
    at = stream.indexOf(fs, at)
    if (at < 0) break
    frames += 1
  }
  return frames
}

describe('a server', () => {
  it('answers each of 100,000 damaged messages, and is as well and as small as before', async () => {
    const told: MllpNotice[] = []
    let turn = 0
    const server = await serveMllp({
      host: '127.0.0.1',
      port: 0,
      profile: () => (turn++ % 2 === 0 ? chinese : shanghai),
      maxFrameBytes: 700,
      take: takenAndForgotten,
      onNotice: (notice) => {
        if (notice.cause !== undefined) told.push(notice)
      },
    })
    const answersTo = async (stream: Uint8Array) => {
      const socket = connect({ host: '127.0.0.1', port: server.port })
      const framer = createFramer(1 << 20)
      const answers: Record<string, number> = {}
      socket.on('data', (chunk: Uint8Array) => {
        for (const piece of framer.push(chunk)) {
          const text = 'bytes' in piece ? new TextDecoder().decode(piece.bytes) : piece.kind
          const code = parseMessage(text)?.segment('MSA')?.value(1) ?? 'none'
          answers[code] = (answers[code] ?? 0) + 1
        }
      })
      const closed = new Promise((resolve) => socket.on('close', resolve))
      for (let at = 0; at < stream.length; at += 1448) {
        const part = stream.subarray(at, at + 1448)
        if (!socket.write(part)) await new Promise((resolve) => socket.once('drain', resolve))
      }
      socket.end()
      await closed
      return answers
    }
    const sums = { bytes: 0, frames: 0, AA: 0, AR: 0 }
    const sizes: number[] = []
    for (let seed = 1; seed <= 10; seed += 1) {
      const stream = Buffer.concat([...mutatedFrames(10_000, seed)])
      const { AA = 0, AR = 0, ...others } = await answersTo(stream)
      const frames = framesIn(stream)
      expect([AA + AR, others]).toEqual([frames, {}])
      const found = { bytes: stream.length, frames, AA, AR }
      for (const name of Object.keys(found) as (keyof typeof sums)[]) sums[name] += found[name]
      sizes.push(held())
    }
    const MiB = sizes.map((size) => size.toFixed(1))
    process.stdout.write(`${JSON.stringify({ ...sums, MiB })}\n`)
    // An answer AE, or a cause, would be an error that was caught on the way.
    expect(told).toEqual([])
    const [first = 0, ...later] = sizes
    expect(Math.max(...later) - first).toBeLessThan(8)

    const client = mllpClient({ host: '127.0.0.1', port: server.port })
    expect((await client.send(adt('A03'))).code).toBe('AA')
    await client.close()
    await server.close()
    expect(server.connections()).toBe(0)
  })

  it('takes each of 1,000 messages once, sent again from ten senders at once', async () => {
    const crm = createCrm({ store: memoryStore() })
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const sums = { taken: 0, known: 0 }
    const server = await serveMllp({
      host: '127.0.0.1',
      port: 0,
      profile: chinese,
      take: async (outcomes) => {
        const taken = await crm.intakes.take(outcomes)
        sums.taken += taken.taken
        sums.known += taken.known
        return taken
      },
    })
    const texts = Array.from({ length: 1000 }, (_, n) =>
      adt('A03', { msh: { 10: `M-${n}` }, pid: { 3: `P-${n}` }, pv1: { 19: `V-${n}` } }),
    )
    const send = async () => {
      const client = mllpClient({ host: '127.0.0.1', port: server.port })
      const codes = new Set<string>()
      for (const text of texts) codes.add((await client.send(text)).code)
      await client.close()
      return [...codes]
    }
    const answers = await Promise.all(Array.from({ length: 10 }, send))
    expect(new Set(answers.flat())).toEqual(new Set(['AA']))
    expect(sums).toEqual({ taken: 1000, known: 9000 })
    await server.close()
  })
})
