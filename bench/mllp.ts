import { readHl7 } from '@hospital-crm/adapters/intake/hl7v2'
import { mllpClient, serveMllp } from '@hospital-crm/adapters/intake/mllp'
import { createCrm, type IntakeOutcome, memoryStore, type Taken } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { Hl7Message } from '@medplum/core'
import { Hl7Client, Hl7Server } from '@medplum/hl7'
import type { Bench } from './measure.ts'

const host = '127.0.0.1'
const profile = { zone: 'Asia/Shanghai', charset: 'UTF-8' }

const digits = (value: number, length: number) => String(value).padStart(length, '0')

/** The nth invented patient's discharge, about as long as a hospital's. */
const messageOf = (nth: number): string => {
  const number = digits(nth, 8)
  const at = '20260301080500'
  return [
    `MSH|^~\\&|HIS|BENCH|CRM|BENCH|${at}||ADT^A03|M${number}|P|2.4`,
    `EVN|A03|${at}`,
    `PID|1||P${number}^^^BENCH^MR||王某${nth}||19500601|F|||幸福路${nth}号^^某市^某省||1540000${number.slice(-4)}^PRN^CP`,
    `PV1|1|I|W${nth % 20}^R${nth % 9}^${nth % 40}||||D${nth % 30}^医生${nth % 30}|||N${nth % 12}^某科|||||||||V${number}|||||||||||||||||1||||||||20260220080000|${at}`,
    'DG1|1||I63.9^脑梗死^ICD-10|||F',
    '',
  ].join('\r')
}

type Take = (outcomes: readonly IntakeOutcome[]) => Promise<Taken>

/** The same intake behind the other server: read, committed, then answered. */
const otherServer = async (port: number, take: Take) => {
  const server = new Hl7Server((connection) => {
    connection.addEventListener('message', async (event: object) => {
      const { message } = event as { message: Hl7Message }
      const bytes = new TextEncoder().encode(message.toString())
      await take([...readHl7(bytes, profile)])
      connection.send(message.buildAck() as never)
    })
  })
  await server.start(port)
  return server
}

const freshTake = async (): Promise<Take> => {
  const crm = createCrm({ store: memoryStore() })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  return crm.intakes.take
}

const uncommitted: Take = async (outcomes) => {
  return { read: outcomes.length, taken: outcomes.length, known: 0, ignored: {}, quarantined: {} }
}

interface Sender {
  readonly send: (text: string) => Promise<string | undefined>
  readonly close: () => Promise<void>
}

const ourSender = (port: number): Sender => {
  const client = mllpClient({ host, port })
  return { send: async (text) => (await client.send(text)).code, close: client.close }
}

const otherSender = (port: number): Sender => {
  const client = new Hl7Client({ host, port })
  return {
    send: async (text) => {
      const answer = await client.sendAndWait(Hl7Message.parse(text) as never)
      return answer.getSegment('MSA')?.getComponent(1, 1)
    },
    close: () => client.close(),
  }
}

/** Sends so many new messages by several senders, each its next when the one before is answered. */
const sending = (senders: readonly Sender[], count: number) => {
  let nth = 0
  return async () => {
    const share = async ({ send }: Sender) => {
      for (let left = count / senders.length; left > 0; left -= 1) {
        nth += 1
        if ((await send(messageOf(nth))) !== 'AA') throw new Error('a message was not taken')
      }
    }
    await Promise.all(senders.map(share))
  }
}

const kinds = [
  { name: '8 senders, committed in memory', senders: 8, open: freshTake, goal: 1 },
  { name: '1 sender, committed in memory', senders: 1, open: freshTake },
  { name: '1 sender, read and answered', senders: 1, open: async () => uncommitted, goal: 1 },
] as const

/** Messages over sockets of this machine: sent, read, committed, answered. */
export const mllp: Bench = async ({ quick, measure }) => {
  const count = 24
  for (const { name, senders, open, ...goal } of kinds) {
    const server = await serveMllp({ host, port: 0, profile, take: await open() })
    const otherPort = server.port + 1
    const other = await otherServer(otherPort, await open())
    const many = (make: (port: number) => Sender, port: number) =>
      Array.from({ length: senders }, () => make(port))
    const [mine, others] = [many(ourSender, server.port), many(otherSender, otherPort)]
    const [ours, theirs] = [sending(mine, count), sending(others, count)]
    const check = async () => {
      for (let turn = 0; turn < (quick ? 1 : 5); turn += 1) {
        await ours()
        await theirs()
      }
    }
    await measure({
      name,
      yardstick: 'server and client of @medplum/hl7, the same intake behind',
      tells: 'speed',
      ...goal,
      time: 'processor',
      count,
      unit: 'messages',
      check,
      ours,
      theirs,
    })
    for (const { close } of [...mine, ...others]) await close()
    await server.close()
    await other.stop()
  }
}
