import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { type Reaction, serve } from '../local-server.fixture.ts'
import { changesChannel, verifyWebhook } from './index.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A hospital with a subscriber on a real socket, who takes what is signed and knows it by its id. */
const subscribed = async (allowed = true) => {
  const state: { react?: Reaction } = {}
  const taken = new Map<string, Record<string, string>>()
  const server = await serve(({ headers, body }) => {
    if (state.react !== undefined) return state.react
    const { id } = verifyWebhook(new Headers(headers), body, { secrets: [secret] })
    taken.set(id, JSON.parse(body))
    return { status: 204 }
  })
  const { host } = new URL(server.url)
  const clock = { at: Date.now(), now: () => new Date(clock.at) }
  const channel = changesChannel({ secrets: [secret], allow: allowed ? [host] : [] })
  const crm = createCrm({ clock, channels: [channel] })
  await crm.hospitals.open({ name: 'East', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const types = ['patient.registered', 'staff.*']
  await crm.subscriptions.subscribe('his', { channel: 'changes', to: `${server.url}/hook`, types })
  return { ...server, crm, clock, state, taken }
}

describe('a webhook of what happens', () => {
  it('is a signed CloudEvent under its own id, and holds ids only', async () => {
    const { crm, seen, taken } = await subscribed()
    const { id } = await crm.patients.register({ name: '王秀英', phones: ['15400000001'] })
    expect((await crm.work()).told).toBe(1)
    const [[key, event] = []] = [...taken]
    expect(event).toMatchObject({ id: key, type: 'patient.registered', subject: `patient/${id}` })
    expect(event).toMatchObject({ specversion: '1.0', source: '/tenants/main' })
    expect(seen[0]?.headers['content-type']).toBe('application/cloudevents+json')
    expect(seen[0]?.body).not.toMatch(/王|15400000001/)
  })

  it.each<[string, Reaction]>([
    ['answers a fault', { status: 500 }],
    ['hangs up', 'hang up'],
  ])('comes again under the same id to a receiver that %s', async (_, react) => {
    const { crm, clock, seen, taken, state } = await subscribed()
    await crm.staff.enrol('li', {})
    state.react = react
    expect((await crm.work()).told).toBe(0)
    delete state.react
    expect((await crm.work()).told).toBe(0)
    clock.at += 61_000
    expect((await crm.work()).told).toBe(1)
    expect(new Set(seen.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(taken.keys()))
    expect(seen).toHaveLength(2)
  })

  it('goes nowhere inside that the host did not allow, and to nobody who is gone', async () => {
    const inside = await subscribed(false)
    await inside.crm.staff.enrol('li', {})
    await inside.crm.work()
    expect(inside.seen).toEqual([])
    const gone = await subscribed()
    gone.state.react = { status: 410 }
    await gone.crm.staff.enrol('li', {})
    for (let turn = 0; turn < 3; turn += 1) await gone.crm.work()
    expect(gone.seen).toHaveLength(1)
    for (const { crm } of [inside, gone]) {
      expect((await crm.subscriptions.get('his'))?.state).toMatchObject({
        status: 'suspended',
        reason: 'rejected',
      })
    }
  })
})
