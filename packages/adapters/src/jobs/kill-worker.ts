// A worker that the soak beside it kills: it discharges patients one after another, says the number of each
// once that is committed, asks for a message to each, and works for the tenant as it goes.
import { appendFileSync } from 'node:fs'
import { type Channel, createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { postgresStore } from '../store/postgres/index.ts'

const [connectionString = '', schema = '', provider = '', offset = '0', from = '0'] =
  process.argv.slice(2)

/** A provider that writes down what it is given, key and text. */
const sms: Channel = {
  name: 'sms',
  send: async (messages) =>
    messages.map(({ id, text }) => {
      appendFileSync(provider, `${JSON.stringify([id, text])}\n`)
      return { outcome: 'sent' as const }
    }),
}

const crm = createCrm({
  store: await postgresStore({ connectionString, schema, connections: 2 }),
  cipher: aesGcmCipher({ key: new Uint8Array(32).fill(7) }),
  clock: { now: () => new Date(Date.now() + Number(offset)) },
  channels: [sms],
})
await crm.hospitals
  .open({ name: 'Killed', zone: 'Asia/Shanghai', pack: xuzhouPack }, { cause: 'open' })
  .catch(() => {})
for (let number = Number(from); ; number += 1) {
  const visit = `V${number}`
  const person = { identifiers: [{ type: 'MR', value: `${number}` }], phones: ['15400000001'] }
  const { id: patient } = await crm.patients.register(person, { cause: `person:${number}` })
  const told = { patient, at: '2026-03-02T01:00:00Z', attending: 'li' }
  await crm.encounters.discharge(visit, told, { cause: `discharge:${number}` })
  const params = { visit, tier: 1, due: '2026-03-09' }
  const said = { purpose: 'clinical', template: 'follow-up.due', params }
  await crm.messages.ask(`told:${visit}`, { to: { patient }, ...said }, { cause: `told:${number}` })
  process.stdout.write(`${number}\n`)
  await crm.work()
}
