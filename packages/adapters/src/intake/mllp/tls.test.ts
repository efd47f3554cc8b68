import { connect } from 'node:net'
import type { Taken } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { adt, shanghai } from '../hl7v2/samples.ts'
import { type MllpNotice, mllpClient, serveMllp } from './index.ts'

const taken: Taken = { read: 1, taken: 1, known: 0, ignored: {}, quarantined: {} }

/** Keys that both sides know stand in for certificates, which a test would have to be issued. */
const psk = Buffer.from('a key of tests only')
const ciphers = 'PSK-AES256-GCM-SHA384'
const base = { ciphers, maxVersion: 'TLSv1.2' } as const

describe('an encrypted connection', () => {
  const served = async (told: MllpNotice[] = []) =>
    serveMllp({
      host: '127.0.0.1',
      port: 0,
      profile: shanghai,
      take: async () => taken,
      tls: { ...base, pskCallback: () => psk },
      onNotice: (notice) => told.push(notice),
    })
  const clientOf = (port: number, key: Buffer) =>
    mllpClient({
      host: '127.0.0.1',
      port,
      tls: {
        ...base,
        pskCallback: () => ({ psk: key, identity: 'his' }),
        checkServerIdentity: () => undefined,
      },
    })

  it('carries messages and answers', async () => {
    const server = await served()
    const client = clientOf(server.port, psk)
    for (const n of [1, 2]) {
      expect((await client.send(adt('A03', { msh: { 10: `M-${n}` } }))).code).toBe('AA')
    }
    await client.close()
    await server.close()
  })

  it('is refused to whom is not trusted, and to whom does not encrypt', async () => {
    const told: MllpNotice[] = []
    const server = await served(told)
    const stranger = clientOf(server.port, Buffer.from('another key'))
    await expect(stranger.send(adt('A03'))).rejects.toThrow('mllp.no-connection')
    const plain = connect({ host: '127.0.0.1', port: server.port })
    const closed = new Promise((resolve) => plain.on('close', resolve))
    plain.on('error', () => {})
    plain.write(`\v${adt('A03')}\x1c\r`)
    await closed
    expect(told.map(({ code }) => code)).toEqual([
      'mllp.broken-connection',
      'mllp.broken-connection',
    ])
    await server.close()
  })
})
