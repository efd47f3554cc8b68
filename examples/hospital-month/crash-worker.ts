// Reads a month into an embedded database from a given message on, and says after each batch how far it
// has come: what it has said is committed. It is killed at any instant by the test beside it.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { readHl7 } from '@hospital-crm/adapters/intake/hl7v2'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { type Channel, createCrm } from '@hospital-crm/core'
import { crashMonth, stepOf, steps } from './crash-month.ts'
import { profile, zone } from './job.ts'
import { openHospital } from './open-hospital.ts'
import { setClock } from './set-clock.ts'

const [directory = '', from = '0'] = process.argv.slice(2)

/** A provider that writes down what it is given, key and text. */
const provider: Channel = {
  name: 'sms',
  send: async (messages) =>
    messages.map(({ id, text }) => {
      appendFileSync(join(directory, 'sent'), `${JSON.stringify([id, text])}\n`)
      return { outcome: 'sent' as const }
    }),
}

const store = await pgliteStore({ directory: join(directory, 'store') })
const cipher = aesGcmCipher({ keyFile: join(directory, 'key') })
const clock = setClock('2026-01-01T00:00:00Z')
const crm = createCrm({ store, cipher, clock, channels: [provider] })
await openHospital(crm, zone)
const month = crashMonth()
for (let step = Number(from); step < steps(month); step += 1) {
  const { instant, messages } = stepOf(month, step)
  clock.set(instant)
  await crm.intakes.take(messages.flatMap(({ bytes }) => [...readHl7(bytes, profile)]))
  for (const { visit } of messages) {
    const seen = visit === undefined ? undefined : await crm.encounters.get(visit)
    if (seen?.state.status !== 'discharged') continue
    const told = {
      to: { patient: seen.state.patient },
      purpose: 'clinical',
      template: 'follow-up.due',
    }
    const params = { visit: seen.id, tier: 1, due: '2026-03-31' }
    await crm.messages.ask(`told:${seen.id}`, { ...told, params }, { cause: `told:${seen.id}` })
  }
  await crm.work()
  console.log(step + 1)
}
await crm.close()
console.log('done')
