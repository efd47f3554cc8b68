import { describe, expect, it } from 'vitest'
import { signWebhook, webhookChannel } from './index.ts'

const secrets = ['whsec_aG9zcGl0YWwtY3JtLWV4YW1wbGUtc2VjcmV0']
const channel = webhookChannel({ secrets })

const posted = (body: unknown, { at = new Date(), id = 'evt_1', by = secrets } = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { ...signWebhook({ id, at, body: text }, by), 'content-type': 'application/json' }
  return new Request('https://crm.example/', { method: 'POST', body: text, headers })
}
const receipt = { type: 'receipt', timestamp: '2026-03-02T02:00:00Z' }

describe('what a receiver of webhooks tells', () => {
  it('is what became of a message, by the id under which it was sent', async () => {
    const data = { id: 'msg_1', arrived: false, code: 'closed' }
    const { heard, response } = await channel.receive(posted({ ...receipt, data }))
    expect(heard).toEqual([
      { type: 'receipt', key: 'evt_1', providerId: 'msg_1', arrived: false, code: 'closed' },
    ])
    expect(response.status).toBe(204)
  })

  it('is what somebody answered, in any script', async () => {
    const data = { from: '15400000001', text: '退订,谢谢' }
    const { heard } = await channel.receive(posted({ type: 'reply', data }))
    expect(heard).toMatchObject([{ from: ['15400000001'], text: '退订,谢谢', stop: true }])
  })

  it('is refused where it is not signed, late, changed, or nothing that is told', async () => {
    const data = { from: '15400000001', text: 'STOP' }
    const because = async (request: Request) => {
      const error = await channel.receive(request).catch((each: unknown) => each)
      expect(String(error)).not.toMatch(/1540000|STOP/)
      const { code, details } = error as { code: string; details: { because?: string } }
      return details.because ?? code
    }
    const other = ['whsec_aG9zcGl0YWwtY3JtLW90aGVyLXNlY3JldC0x']
    const at = new Date(Date.now() - 301_000)
    const reply = { type: 'reply', data }
    expect(await because(posted(reply, { by: other }))).toBe('webhook.bad-signature')
    expect(await because(posted(reply, { at }))).toBe('webhook.bad-time')
    const bare = new Request('https://crm.example/', { method: 'POST', body: '{}' })
    expect(await because(bare)).toBe('webhook.bad-headers')
    const changed = new Request(posted(reply), { body: JSON.stringify(reply).replace('S', 's') })
    expect(await because(changed)).toBe('webhook.bad-signature')
    for (const body of ['', '15400000001', { type: 'reply', data: { from: 1540000 } }, receipt])
      expect(await because(posted(body))).toBe('channel.unreadable')
  })
})
