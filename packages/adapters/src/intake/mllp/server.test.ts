import { connect, createServer, type Socket } from 'node:net'
import { createCrm, memoryStore, Refusal, type Taken } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { afterEach, describe, expect, it } from 'vitest'
import { parseMessage } from '../hl7v2/index.ts'
import { adt, chinese, gb18030, line, shanghai, utf8 } from '../hl7v2/samples.ts'
import {
  clientRefusals,
  createFramer,
  frameOf,
  type MllpNotice,
  type MllpServerOptions,
  mllpClient,
  notices,
  refusals,
  serveMllp,
} from './index.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const nothing: Taken = { read: 0, taken: 0, known: 0, ignored: {}, quarantined: {} }

/** A server over a crm in memory. */
const served = async (options: Partial<MllpServerOptions> = {}) => {
  const crm = createCrm({ store: memoryStore() })
  await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const told: MllpNotice[] = []
  const server = await serveMllp({
    host: '127.0.0.1',
    port: 0,
    profile: shanghai,
    take: crm.intakes.take,
    onNotice: (notice) => told.push(notice),
    ...options,
  })
  closing.push(() => server.close(0))
  const codes = () => told.map(({ code }) => code)
  return { crm, server, told, codes }
}

/** A bare connection, and the answers that come back on it. */
const connected = (port: number) => {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const framer = createFramer(1 << 20)
  const answers: string[] = []
  const waiting: (() => void)[] = []
  const wake = () => {
    for (const each of waiting.splice(0)) each()
  }
  let isClosed = false
  socket.on('data', (chunk: Uint8Array) => {
    for (const piece of framer.push(chunk)) {
      if (piece.kind === 'frame') answers.push(new TextDecoder().decode(piece.bytes))
    }
    wake()
  })
  socket.on('end', () => socket.end())
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
    wake()
  })
  const next = () => new Promise<void>((resolve) => waiting.push(resolve))
  const has = async (count: number) => {
    while (answers.length < count && !isClosed) await next()
    return answers
  }
  const closed = async () => {
    while (!isClosed) await next()
  }
  closing.push(async () => socket.destroy())
  return { socket, has, closed }
}

const said = (answer: string) => {
  const msa = parseMessage(answer)?.segment('MSA')
  return [msa?.value(1), msa?.value(2), msa?.value(3)].filter(Boolean).join(' ')
}

/** What a server answers to bytes. */
const answersTo = async (port: number, bytes: Uint8Array | string, count: number) => {
  const { socket, has } = connected(port)
  socket.write(bytes)
  return (await has(count)).map(said)
}

const framed = (...texts: string[]) => Buffer.concat(texts.map((text) => frameOf(utf8(text))))
const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a message', () => {
  it('is answered with AA once it is committed', async () => {
    const committed: string[] = []
    const { server, crm } = await served()
    const slow = await served({
      take: async (outcomes) => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        const taken = await crm.intakes.take(outcomes)
        committed.push('committed')
        return taken
      },
    })
    const { socket, has } = connected(slow.server.port)
    socket.on('data', () => committed.push('answered'))
    socket.write(framed(adt('A03')))
    expect((await has(1)).map(said)).toEqual(['AA M-1'])
    expect(committed).toEqual(['committed', 'answered'])
    expect((await crm.encounters.get('V-1'))?.state).toMatchObject({ status: 'discharged' })
    expect(server.connections()).toBe(0)
  })

  it('goes back where it came from, by its own delimiters', async () => {
    const { server } = await served({ clock: { now: () => new Date('2026-03-01T00:00:00Z') } })
    const { socket, has } = connected(server.port)
    socket.write(framed(adt('A03', { msh: { 5: 'CRM', 6: 'XZ2', 12: '2.5' } })))
    const [answer = ''] = await has(1)
    const header = parseMessage(answer)?.header
    expect([3, 4, 5, 6, 7, 9].map((field) => header?.field(field))).toEqual([
      'CRM',
      'XZ2',
      'HIS',
      'XZ',
      '20260301000000+0000',
      'ACK^A03^ACK',
    ])
  })

  it('again is answered with AA, and changes nothing', async () => {
    const { server, crm } = await served()
    expect(await answersTo(server.port, framed(adt('A03')), 1)).toEqual(['AA M-1'])
    const log = await crm.door.log()
    expect(await answersTo(server.port, framed(adt('A03'), adt('A03')), 2)).toEqual([
      'AA M-1',
      'AA M-1',
    ])
    expect(await crm.door.log()).toEqual(log)
  })

  it('of the same control id and another content is taken as another, and told of', async () => {
    const { server, crm, told } = await served()
    const moved = adt('A02', { pv1: { 3: '3E^7^1' } })
    expect(await answersTo(server.port, framed(adt('A01'), moved, moved), 3)).toEqual([
      'AA M-1',
      'AA M-1',
      'AA M-1',
    ])
    expect((await crm.encounters.get('V-1'))?.state).toMatchObject({ room: '7' })
    expect(told).toEqual([
      { code: 'mllp.key-reused', peer: '127.0.0.1', source: 'hl7v2:HIS|XZ', key: 'M-1' },
    ])
  })

  it('that concerns nothing here is answered with AA', async () => {
    const { server } = await served()
    expect(await answersTo(server.port, framed(adt('Z99')), 1)).toEqual(['AA M-1'])
  })

  it('that can never be taken is kept in quarantine and answered with AR and the reason', async () => {
    const { server, crm } = await served()
    const wrong = [
      adt('A03', { pv1: { 45: '20260230' } }),
      adt('A03', { msh: { 10: 'M-2' }, pv1: { 44: '20260302', 45: '20260301' } }),
      'hello',
      '',
    ]
    expect(await answersTo(server.port, framed(...wrong), 4)).toEqual([
      'AR M-1 hl7.bad-time PV1-45',
      'AR M-2 encounter.discharged-before-admitted',
      'AR hl7.no-message',
      'AR hl7.no-message',
    ])
    const kept = (await crm.intakes.quarantined()).items.map(({ state }) =>
      state.status === 'quarantined' ? [state.code, state.field] : state,
    )
    expect(kept).toEqual([
      ['hl7.bad-time', 'PV1-45'],
      ['encounter.discharged-before-admitted', undefined],
      ['hl7.no-message', undefined],
    ])
  })

  it('with a stray line in it is taken, and the line kept', async () => {
    const { server, crm } = await served()
    const text = adt('A03').replace('\rPV1', '\rRoad 5||\rPV1')
    expect(await answersTo(server.port, framed(text), 1)).toEqual(['AA M-1'])
    expect((await crm.intakes.quarantined()).items).toHaveLength(1)
  })

  it('in Chinese is read by the charset of its source', async () => {
    const { server, crm } = await served({ profile: { ...chinese, charset: 'GB18030' } })
    const bytes = frameOf(gb18030(adt('A03', { msh: { 6: '王医' }, pid: { 5: '王秀英' } })))
    const { socket, has } = connected(server.port)
    socket.write(bytes)
    const [answer = ''] = await has(1)
    expect(said(answer)).toBe('AA M-1')
    expect(parseMessage(answer)?.header.value(4)).toBe('王医')
    const found = await crm.patients.find({ identifier: 'P-1' }, { open: true })
    expect(found.items[0]?.state).toMatchObject({ name: '王秀英' })
  })
})

describe('a source', () => {
  it('has the profile that the host settled for it', async () => {
    const asked: unknown[] = []
    const { server, crm } = await served({
      profile: (sender) => {
        asked.push(sender)
        return sender.application === 'HIS' ? { ...shanghai, source: 'his' } : undefined
      },
    })
    const texts = [adt('A03'), adt('A03', { msh: { 3: 'LIS' } })]
    expect(await answersTo(server.port, framed(...texts), 2)).toEqual([
      'AA M-1',
      'AR M-1 mllp.unknown-sender',
    ])
    expect(asked).toEqual([
      { peer: '127.0.0.1', application: 'HIS', facility: 'XZ' },
      { peer: '127.0.0.1', application: 'LIS', facility: 'XZ' },
    ])
    expect((await crm.intakes.quarantined()).items[0]?.state).toMatchObject({
      source: 'hl7v2:LIS|XZ',
      key: 'M-1',
      code: 'mllp.unknown-sender',
    })
    expect(await crm.intakes.source('his')).toBeDefined()
  })

  it('with a profile that cannot be used is told to send again', async () => {
    const { server, codes } = await served({ profile: () => ({ zone: 'Asia/Nowhere' }) })
    const [answer] = await answersTo(server.port, framed(adt('A03')), 1)
    expect(answer).toBe('AE mllp.not-taken')
    expect(codes()).toEqual(['mllp.not-taken'])
    await expect(
      serveMllp({ host: '127.0.0.1', port: 0, profile: { zone: 'x' }, take: async () => nothing }),
    ).rejects.toThrow('IANA')
  })
})

describe('a store that fails', () => {
  it('is answered with AE, so that the message comes again', async () => {
    let isDown = true
    const { crm } = await served()
    const { server, codes } = await served({
      take: async (outcomes) => {
        if (isDown) throw new Refusal('store.contended')
        return crm.intakes.take(outcomes)
      },
    })
    expect(await answersTo(server.port, framed(adt('A03')), 1)).toEqual(['AE M-1 store.contended'])
    isDown = false
    expect(await answersTo(server.port, framed(adt('A03')), 1)).toEqual(['AA M-1'])
    expect(codes()).toEqual(['mllp.not-taken'])
  })

  it('for one message alone keeps none of the others waiting', async () => {
    const { crm } = await served()
    const { server } = await served({
      take: async (outcomes) => {
        const isPoisoned = outcomes.some((one) => one.kind === 'event' && one.event.key === 'M-2')
        if (isPoisoned) throw new Error('a bug')
        return crm.intakes.take(outcomes)
      },
    })
    const texts = [1, 2, 3, 4].map((n) => adt('A03', { msh: { 10: `M-${n}` } }))
    expect(await answersTo(server.port, framed(...texts), 4)).toEqual([
      'AA M-1',
      'AE M-2 mllp.not-taken',
      'AA M-3',
      'AA M-4',
    ])
  })
})

describe('frames that come together', () => {
  it('are answered each and in their order, good and bad', async () => {
    const { server } = await served()
    const texts = Array.from({ length: 100 }, (_, n) =>
      adt(n % 7 === 3 ? 'A08' : 'A03', {
        msh: { 10: `M-${n}` },
        pid: { 3: n % 5 === 2 ? '' : `P-${n}^^^HIS^MR` },
        pv1: { 19: `V-${n}` },
      }),
    )
    expect(await answersTo(server.port, framed(...texts), 100)).toEqual(
      texts.map((_, n) => (n % 5 === 2 ? `AR M-${n} hl7.no-patient-id PID-3` : `AA M-${n}`)),
    )
  })

  it('are committed together, of all connections', async () => {
    const groups: number[] = []
    const { server } = await served({
      take: async (outcomes) => {
        groups.push(outcomes.length)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return nothing
      },
    })
    const senders = Array.from({ length: 20 }, (_, n) =>
      answersTo(server.port, framed(adt('A03', { msh: { 10: `M-${n}` } })), 1),
    )
    expect((await Promise.all(senders)).flat()).toHaveLength(20)
    expect(groups.length).toBeLessThan(10)
  })

  it('may be cut anywhere', async () => {
    const { server, crm } = await served({ profile: chinese })
    const text = adt('A03', { pid: { 5: '王^秀英' } })
    const bytes = Buffer.concat([frameOf(gb18030(text)), frameOf(utf8(text))])
    const { socket, has } = connected(server.port)
    socket.setNoDelay(true)
    let sent = 0
    for (let at = 1; at < bytes.length; at += 5) {
      socket.write(bytes.subarray(0, at))
      await new Promise((resolve) => setImmediate(resolve))
      socket.write(bytes.subarray(at))
      sent += 2
      expect((await has(sent)).slice(-2).map(said)).toEqual(['AA M-1', 'AA M-1'])
    }
    expect((await crm.intakes.quarantined()).items).toEqual([])
  })
})

describe('a sender', () => {
  it('may send noise between frames, and leave out the CR after one', async () => {
    const { server, codes } = await served()
    const bytes = Buffer.concat([utf8('GET / HTTP/1.1\r\n\r\n'), frameOf(utf8(adt('A03')))])
    expect(await answersTo(server.port, bytes.subarray(0, -1), 1)).toEqual(['AA M-1'])
    expect(codes()).toEqual(['mllp.noise'])
  })

  it('may close its side and still get its answer', async () => {
    const { server } = await served()
    const { socket, has, closed } = connected(server.port)
    socket.end(framed(adt('A03')))
    expect((await has(1)).map(said)).toEqual(['AA M-1'])
    await closed()
    await until(() => server.connections() === 0)
  })

  it('that breaks off in a frame has sent nothing', async () => {
    const { server, codes, crm } = await served()
    const { socket, closed } = connected(server.port)
    socket.end(framed(adt('A03')).subarray(0, -10))
    await closed()
    await until(() => codes().length > 0)
    expect(codes()).toEqual(['mllp.cut-frame'])
    expect(await crm.encounters.get('V-1')).toBeUndefined()
  })

  it('that begins a frame and does not finish it is let go', async () => {
    const { server, codes } = await served({ frameSeconds: 0.05 })
    const { socket, has, closed } = connected(server.port)
    socket.write(Buffer.concat([framed(adt('A03')), utf8('\vMSH|')]))
    expect((await has(1)).map(said)).toEqual(['AA M-1'])
    await closed()
    await until(() => codes().length > 1)
    expect(codes()).toEqual(['mllp.slow-frame', 'mllp.cut-frame'])
  })

  it('that says nothing is let go only where that is settled', async () => {
    const { server, codes } = await served({ idleSeconds: 0.05 })
    await connected(server.port).closed()
    await until(() => codes().length > 0)
    expect(codes()).toEqual(['mllp.idle'])
  })

  it('of one connection too many is turned away', async () => {
    const { server, codes } = await served({ maxConnections: 2 })
    const first = [connected(server.port), connected(server.port)]
    await until(() => server.connections() === 2)
    await connected(server.port).closed()
    await until(() => codes().length > 0)
    expect(codes()).toEqual(['mllp.too-many-connections'])
    first[0]?.socket.destroy()
    await until(() => server.connections() === 1)
    expect(await answersTo(server.port, framed(adt('A03')), 1)).toEqual(['AA M-1'])
  })

  it('of a message beyond the limit gets AR, unless it concerns nothing here', async () => {
    const { server, crm } = await served({ maxFrameBytes: 400 })
    const long = { more: [line('OBX', { 5: 'x'.repeat(1000) })] }
    const result = adt('R01', long).replace('ADT^R01', 'ORU^R01')
    const texts = [adt('A03', long), result, adt('A03')]
    expect(await answersTo(server.port, framed(...texts), 3)).toEqual([
      'AR M-1 hl7.too-long',
      'AA M-1',
      'AA M-1',
    ])
    expect((await crm.intakes.quarantined()).items[0]?.state).toMatchObject({
      code: 'hl7.too-long',
      key: 'M-1',
      source: 'hl7v2:HIS|XZ',
    })
  })

  it('that reads no answers is made to wait, and takes no memory', async () => {
    let taken = 0
    const { server } = await served({
      take: async (outcomes) => {
        taken += outcomes.length
        return nothing
      },
    })
    const { socket } = connected(server.port)
    socket.pause()
    const batch = framed(...Array.from({ length: 200 }, () => adt('Z99')))
    let isBlocked = false
    for (let sent = 0; sent < 400 && !isBlocked; sent += 1) {
      isBlocked = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), 500)
        socket.write(batch, () => {
          clearTimeout(timer)
          resolve(false)
        })
      })
    }
    expect(isBlocked).toBe(true)
    expect(taken).toBeLessThan(80_000)
  })
})

describe('a server', () => {
  it('answers what has come before it closes, and takes no more', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { server } = await served({
      take: async () => {
        await held
        return nothing
      },
    })
    const { socket, has, closed } = connected(server.port)
    socket.write(framed(adt('A03')))
    await until(() => server.connections() === 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const closingServer = server.close()
    socket.write(framed(adt('A03', { msh: { 10: 'M-2' } })))
    release()
    await closed()
    await closingServer
    expect((await has(1)).map(said)).toEqual(['AA M-1'])
    expect(server.connections()).toBe(0)
    await connected(server.port).closed()
  })

  it('cuts those that do not end when the time of grace is over', async () => {
    const { server } = await served({ take: () => new Promise<Taken>(() => {}) })
    const { socket } = connected(server.port)
    socket.write(framed(adt('A03')))
    await until(() => server.connections() === 1)
    await server.close(0.05)
    await until(() => socket.destroyed)
  })

  it('rejects an address it cannot listen on', async () => {
    const { server } = await served()
    const options = { host: '127.0.0.1', port: server.port, profile: shanghai }
    await expect(serveMllp({ ...options, take: async () => nothing })).rejects.toThrow('EADDRINUSE')
  })

  it('survives a log that fails', async () => {
    const { server } = await served({
      onNotice: () => {
        throw new Error('disk full')
      },
    })
    expect(await answersTo(server.port, Buffer.concat([utf8('x'), framed(adt('A03'))]), 1)).toEqual(
      ['AA M-1'],
    )
  })

  it('speaks by documented codes', () => {
    for (const [code, meaning] of Object.entries({ ...refusals, ...clientRefusals, ...notices })) {
      expect(code).toMatch(/^mllp\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('a client', () => {
  const clientOf = (port: number, answerSeconds = 10) => {
    const client = mllpClient({ host: '127.0.0.1', port, answerSeconds })
    closing.push(client.close)
    return client
  }

  it('sends one message after another, and gets the answer to each', async () => {
    const { server, crm } = await served()
    const client = clientOf(server.port)
    const answers = await Promise.all(
      [1, 2, 3].map((n) => client.send(adt('A03', { msh: { 10: `M-${n}` } }))),
    )
    expect(answers.map(({ code, message }) => [code, message.segment('MSA')?.value(2)])).toEqual([
      ['AA', 'M-1'],
      ['AA', 'M-2'],
      ['AA', 'M-3'],
    ])
    expect(server.connections()).toBe(1)
    expect((await client.send(gb18030(adt('A08', { pid: { 5: '王秀英' } })))).code).toBe('AA')
    expect(await crm.encounters.get('V-1')).toBeDefined()
  })

  it('connects anew when the other side was away', async () => {
    const { server } = await served()
    const client = clientOf(server.port)
    await client.send(adt('A03'))
    await server.close()
    await expect(client.send(adt('A03'))).rejects.toThrow('mllp.no-connection')
    const again = await served({ port: server.port })
    expect((await client.send(adt('A03'))).code).toBe('AA')
    expect(again.server.connections()).toBe(1)
  })

  it('gives up an answer that does not come, and takes none for another’s', async () => {
    let isSlow = true
    const { server } = await served({
      take: async () => {
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 150))
        return nothing
      },
    })
    const client = clientOf(server.port, 0.05)
    await expect(client.send(adt('A03'))).rejects.toThrow('mllp.no-answer')
    isSlow = false
    const patient = clientOf(server.port)
    const { message } = await patient.send(adt('A03', { msh: { 10: 'M-2' } }))
    expect(message.segment('MSA')?.value(2)).toBe('M-2')
  })

  it('waits for its own answer, whatever else it is sent', async () => {
    const ack = (key: string, code: string) => framed(`MSH|^~\\&|||||||ACK\rMSA|${code}|${key}\r`)
    const other = createServer((socket) => {
      socket.on('data', () => {
        socket.write(
          Buffer.concat([utf8('noise'), ack('M-0', 'AR'), framed('x'), ack('M-1', 'AA')]),
        )
      })
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    closing.push(async () => other.close())
    const address = other.address()
    const client = clientOf(typeof address === 'object' && address ? address.port : 0)
    expect((await client.send(adt('A03'))).code).toBe('AA')
  })

  it('refuses what it cannot send', async () => {
    const { server } = await served()
    const client = clientOf(server.port)
    await expect(client.send('hello')).rejects.toThrow('mllp.no-control-id')
    await expect(client.send(adt('A03', { msh: { 10: '' } }))).rejects.toThrow('no-control-id')
    await client.close()
    await expect(client.send(adt('A03'))).rejects.toThrow('mllp.closed')
  })
})

describe('any socket', () => {
  it('leaves nothing behind', async () => {
    const { server } = await served()
    const sockets: Socket[] = []
    for (let n = 0; n < 50; n += 1) {
      const { socket } = connected(server.port)
      socket.write(framed(adt('A03', { msh: { 10: `M-${n}` } })).subarray(0, n * 3))
      sockets.push(socket)
    }
    await until(() => server.connections() === 50)
    for (const socket of sockets) socket.resetAndDestroy()
    await until(() => server.connections() === 0)
    expect(await answersTo(server.port, framed(adt('A03')), 1)).toEqual(['AA M-1'])
  })
})
