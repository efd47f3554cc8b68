import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cert, certKey } from './certificate.fixture.ts'
import { exchange } from './exchange.ts'
import { type Reaction, serve } from './local-server.fixture.ts'

const asked = async (reaction: Reaction, options = {}) => {
  const { url, seen } = await serve(() => reaction)
  const request = { url: `${url}/x?a=1`, headers: { 'x-a': '1' }, body: '您好' }
  return { answer: await exchange(request, options), seen }
}

describe('an exchange over HTTP', () => {
  it('posts a body, or gets without one', async () => {
    const { url, seen } = await serve(() => ({ status: 201, body: '好' }))
    expect(await exchange({ url, body: '您好' }, {})).toEqual({ status: 201, text: '好' })
    await exchange({ url }, {})
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '您好'],
      ['GET', ''],
    ])
  })

  it('follows no redirect', async () => {
    const { url, seen } = await serve(() => ({ status: 200 }))
    const { answer } = await asked({ status: 307, headers: { location: url } })
    expect(answer).toEqual({ status: 307, text: '' })
    expect(seen).toEqual([])
  })

  it('is lost when the answer is, or is longer than an answer is', async () => {
    expect((await asked('hang up')).answer).toBe('lost')
    expect((await asked('say nothing', { timeout: 100 })).answer).toBe('lost')
    expect((await asked({ status: 200, body: 'x'.repeat(65_537) })).answer).toBe('lost')
    expect((await asked({ status: 200, body: 'x'.repeat(65_536) })).answer).toMatchObject({
      status: 200,
    })
  })

  it('reached nobody when nobody was there', async () => {
    const { url, close } = await serve(() => ({ status: 200 }))
    close()
    expect(await exchange({ url, body: '' }, {})).toBe('unreached')
    expect(await exchange({ url: 'http://no-such-host.invalid/', body: '' }, {})).toBe('unreached')
  })

  it('reached nobody when the certificate does not hold', async () => {
    let asked = 0
    const server = createServer({ cert, key: certKey }, (_, response) => {
      asked += 1
      response.end()
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect(await exchange({ url: `https://127.0.0.1:${port}/`, body: 'x' }, {})).toBe('unreached')
    expect(asked).toBe(0)
  })

  it('goes through the client it is given', async () => {
    const urls: string[] = []
    const fetch = async (url: string | URL | Request) => {
      urls.push(String(url))
      return new Response('ok')
    }
    expect(await exchange({ url: 'https://example.org/' }, { fetch })).toMatchObject({ text: 'ok' })
    expect(urls).toEqual(['https://example.org/'])
  })
})
