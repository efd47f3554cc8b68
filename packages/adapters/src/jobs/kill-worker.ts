// A worker that the soak beside it kills: it discharges patients one after another, says the number of each
// once that is committed, asks for a message to each, and works for the tenant as it goes.
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { postgresStore } from '../store/postgres/index.ts'
import { notedProvider } from './noted-provider.fixture.ts'

const [connectionString = '', schema = '', provider = '', offset = '0', from = '0'] =
  process.argv.slice(2)

const crm = createCrm({
  store: await postgresStore({ connectionString, schema, connections: 2 }),
  cipher: aesGcmCipher({ key: new Uint8Array(32).fill(7) }),
  clock: { now: () => new Date(Date.now() + Number(offset)) },
  channels: [notedProvider(provider)],
})
await crm.hospitals.open(
  { name: 'Killed', zone: 'Asia/Shanghai', pack: xuzhouPack },
  { cause: 'open' },
)
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
