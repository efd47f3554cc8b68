import { createServer } from 'node:net'
import type { Taken } from '@hospital-crm/core'
import { Hl7Message as MedplumMessage } from '@medplum/core'
import { Hl7Client, Hl7Server } from '@medplum/hl7'
import { describe, expect, it } from 'vitest'
import { adt, shanghai } from '../hl7v2/samples.ts'
import { mllpClient, serveMllp } from './index.ts'

/** The other server takes no port 0. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Another implementation on the other side of the wire; a development dependency only. */

const taken: Taken = { read: 1, taken: 1, known: 0, ignored: {}, quarantined: {} }

describe('the server', () => {
  it('answers the client of @medplum/hl7', async () => {
    const keys: string[] = []
    const server = await serveMllp({
      host: '127.0.0.1',
      port: 0,
      profile: shanghai,
      take: async (outcomes) => {
        for (const one of outcomes) if (one.kind === 'event') keys.push(one.event.key)
        return taken
      },
    })
    const client = new Hl7Client({ host: '127.0.0.1', port: server.port })
    for (let n = 0; n < 20; n += 1) {
      const message = MedplumMessage.parse(adt('A03', { msh: { 10: `M-${n}` } }))
      // It brings an older copy of the same class.
      const answer = await client.sendAndWait(message as never)
      expect(answer.getSegment('MSA')?.toString()).toBe(`MSA|AA|M-${n}|`)
    }
    await client.close()
    await server.close()
    expect(keys).toEqual(Array.from({ length: 20 }, (_, n) => `M-${n}`))
  })
})

describe('the client', () => {
  it('is answered by the server of @medplum/hl7', async () => {
    const seen: (string | undefined)[] = []
    const server = new Hl7Server((connection) => {
      connection.addEventListener('message', (event: object) => {
        const { message } = event as { message: MedplumMessage }
        seen.push(message.getSegment('PID')?.getComponent(5, 1))
        connection.send(message.buildAck() as never)
      })
    })
    const port = await freePort()
    await server.start(port)
    const client = mllpClient({ host: '127.0.0.1', port })
    for (const name of ['Everyman', '王秀英']) {
      expect((await client.send(adt('A03', { pid: { 5: name } }))).code).toBe('AA')
    }
    await client.close()
    await server.stop()
    expect(seen).toEqual(['Everyman', '王秀英'])
  })
})
