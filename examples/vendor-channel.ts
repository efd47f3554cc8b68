// A vendor's own channel: nurse pagers behind a line protocol over TCP. It needs nothing but the port, and
// travels the same road as the crm's own.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { type Channel, createCrm, type Delivery } from '@hospital-crm/core'
import type { ChannelAtWork } from '@hospital-crm/core/testing'
import { xuzhouPack } from '@hospital-crm/rules'

// #region channel
const outcomes = { taken: 'sent', stranger: 'rejected', busy: 'try-later' } as const

/** Pages nurses: one line of JSON for a page, one word for an answer. The station drops a page it has by its id: a nurse's new pager is another page. */
export const pagerChannel = (port: number): Channel => ({
  name: 'pager',
  send: async (messages) => {
    const deliveries = messages.map((): Delivery => ({ outcome: 'try-later' }))
    try {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      const answers = createInterface(socket)[Symbol.asyncIterator]()
      for (const [at, { id, to, text }] of messages.entries()) {
        deliveries[at] = { outcome: 'unknown' }
        socket.write(`${JSON.stringify({ id: `${id} ${to}`, to, text })}\n`)
        const { value } = await answers.next()
        if (value === undefined) break
        deliveries[at] = { outcome: outcomes[value as keyof typeof outcomes] ?? 'unknown' }
      }
      socket.end()
    } catch {
      // What was not written yet can wait; what was, may have arrived.
    }
    return deliveries
  },
})
// #endregion channel

/** The vendor's station as its test bench has it: pager 000 does not exist. */
export const pagerStation = async () => {
  const pages = new Map<string, { readonly to: string; readonly text: string }>()
  let isBusy = false
  const server = createServer(async (socket) => {
    socket.unref()
    for await (const line of createInterface(socket)) {
      const { id, to, text } = JSON.parse(line)
      const answer = isBusy ? 'busy' : to === '000' ? 'stranger' : 'taken'
      if (answer === 'taken') pages.set(id, { to, text })
      socket.write(`${answer}\n`)
    }
  })
  server.listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const disturb = async () => {
    isBusy = true
  }
  return { port: (server.address() as AddressInfo).port, pages, disturb }
}

/** The channel with its station, as `channelContract` wants them. */
export const pagerAtWork = async (): Promise<ChannelAtWork> => {
  const { port, pages, disturb } = await pagerStation()
  const arrived = async () => [...pages.values()]
  return {
    channel: pagerChannel(port),
    arrived,
    address: '117',
    elsewhere: '118',
    impossible: '000',
    disturb,
  }
}

/** Pages a nurse through the crm and gives back what her pager showed. */
export const main = async () => {
  const { port, pages } = await pagerStation()
  const catalogues = { en: { 'template.call-light': 'Bed {bed} is calling' } }
  const crm = createCrm({ channels: [pagerChannel(port)], catalogues })
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
  await crm.staff.enrol('nurse-wang', { phone: '117', channel: 'pager' })
  await crm.messages.ask('call-light:12:1', {
    to: { staff: 'nurse-wang' },
    purpose: 'clinical',
    template: 'call-light',
    params: { bed: 12 },
  })
  await crm.work()
  await crm.close()
  return [...pages.values()]
}
