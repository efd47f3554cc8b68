// Another system is told of discharges. Explained in docs/explanation/scaling.md
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { changesChannel, verifyWebhook } from '@hospital-crm/adapters/channel/webhook'
import { type CloudEvent, createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'

const secrets = ['whsec_aG9zcGl0YWwtY3JtLWV4YW1wbGUtc2VjcmV0']

/** The other system: takes what is signed, and knows by its id what has come before. */
const receiver = async () => {
  const taken = new Map<string, CloudEvent>()
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const { id } = verifyWebhook(new Headers(request.headers as Record<string, string>), body, {
      secrets,
    })
    taken.set(id, JSON.parse(body))
    response.writeHead(204).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, taken, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

export const main = async () => {
  const { server, taken, host } = await receiver()

  // #region tell
  const hooks = changesChannel({ secrets, allow: [host] })
  const crm = createCrm({ channels: [hooks] })
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const types = ['encounter.discharged', 'feedback.*']
  await crm.subscriptions.subscribe('his', { channel: 'changes', to: `http://${host}/`, types })
  // #endregion tell

  const { id: patient } = await crm.patients.register({ name: '王秀英' })
  await crm.encounters.discharge('V1', { patient, at: new Date().toISOString() })
  await crm.work()
  const { events } = await crm.door.changes({ types })
  server.close()
  return { told: [...taken.values()], read: events }
}
