import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main as byExpress } from './http-express.ts'
import { main as byFastify } from './http-fastify.ts'
import { main as byNode } from './http-node.ts'

const person = { name: '王秀英', phones: ['15400000001'] }

describe.each([
  ['node:http', byNode],
  ['Express', byExpress],
  ['Fastify', byFastify],
])('the crm behind %s', (name, main) => {
  let server: Server
  let url = ''

  beforeAll(async () => {
    const crm = createCrm({ tenant: 'xuzhou' })
    await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
    server = await main(crm)
    if (!server.listening) await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(closed))
  })

  const ask = (path: string, body?: RequestInit['body'], more: Record<string, string> = {}) =>
    fetch(`${url}/crm${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: 'Bearer li-token', 'content-type': 'application/json', ...more },
      ...(body !== undefined && { body }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit)

  it('takes a command once, whoever loses the answer, and shows the record', async () => {
    const register = () =>
      ask('/commands/patient/register', JSON.stringify(person), { 'idempotency-key': 'k1' })
    const [first, again] = [await register(), await register()]
    expect(first.status).toBe(200)
    const { id, version } = (await first.json()) as { id: string; version: number }
    expect(await again.json()).toMatchObject({ id, version })
    const record = await ask(`/records/patient/${id}`)
    expect(record.headers.get('etag')).toBe(`"${version}"`)
    expect(await record.json()).toMatchObject({
      id,
      state: { name: '王**', phones: ['154****0001'] },
    })
    const unit = JSON.stringify({ unit: 'eye/1', kind: 'department', name: '眼科' })
    await ask('/commands/staff/define-unit', unit)
    const slashed = await ask(`/records/staff/${encodeURIComponent('unit:eye/1')}`)
    expect(await slashed.json()).toMatchObject({ id: 'unit:eye/1' })
  })

  it('reads list and changes by the links that it gives', async () => {
    const page = await ask('/changes?limit=1')
    const link = page.headers.get('link')?.match(/<(.*)>/)?.[1] ?? ''
    const next = await fetch(new URL(link, page.url), {
      headers: { authorization: 'Bearer li-token' },
    })
    expect(await next.json()).toMatchObject({ items: [{ sequence: '0000000000000002' }] })
  })

  it('refuses in the reader’s language, and strangers at all', async () => {
    const lost = await ask('/records/patient/nobody', undefined, { 'accept-language': 'zh' })
    expect([lost.status, await lost.json()]).toMatchObject([404, { title: '没有该患者。' }])
    expect((await ask('/changes', undefined, { authorization: 'Bearer x' })).status).toBe(401)
  })

  it.skipIf(name === 'node:http')('leaves the host its own pages', async () => {
    expect(await (await fetch(`${url}/`)).text()).toBe('the host’s own page')
  })

  it('takes no more of a body than it may', async () => {
    const long = new Blob(['"', 'x'.repeat(2_000_000), '"'])
    expect((await ask('/commands/patient/register', long)).status).toBe(413)
    const endless = await ask('/commands/patient/register', long.stream()).catch(() => undefined)
    // The connection may be cut while the rest is still coming.
    expect(endless?.status ?? 413).toBe(413)
  })
})
