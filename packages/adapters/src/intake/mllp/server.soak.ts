import { connect } from 'node:net'
import { createCrm, memoryStore } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { adt, chinese } from '../hl7v2/samples.ts'
import { createFramer, mllpClient, serveMllp } from './index.ts'
import { mutatedFrames } from './mutated.fixture.ts'

describe('a server', () => {
  it('takes 100,000 damaged messages, and is as well and as small as before', async () => {
    const crm = createCrm({ store: memoryStore() })
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    // What is taken has its own tests; a store in memory would only grow.
    const server = await serveMllp({
      host: '127.0.0.1',
      port: 0,
      profile: chinese,
      maxFrameBytes: 4096,
      take: async (outcomes) => {
        const unread = outcomes.flatMap((one) => (one.kind === 'unreadable' ? [one.code] : []))
        const quarantined = Object.fromEntries(unread.map((code) => [code, 1]))
        return { read: outcomes.length, taken: 0, known: 0, ignored: {}, quarantined }
      },
    })
    const sent = async (count: number, seed: number) => {
      const socket = connect({ host: '127.0.0.1', port: server.port })
      const framer = createFramer(1 << 20)
      let answers = 0
      socket.on('data', (chunk: Uint8Array) => {
        for (const piece of framer.push(chunk)) if (piece.kind === 'frame') answers += 1
      })
      const closed = new Promise((resolve) => socket.on('close', resolve))
      for (const bytes of mutatedFrames(count, seed)) {
        if (!socket.write(bytes)) await new Promise((resolve) => socket.once('drain', resolve))
      }
      socket.end()
      await closed
      return answers
    }
    await sent(5000, 7)
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let answers = 0
    for (let seed = 1; seed <= 10; seed += 1) answers += await sent(10_000, seed)
    globalThis.gc?.()
    expect(answers).toBeGreaterThan(60_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20)

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
