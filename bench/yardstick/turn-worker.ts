// A process of its own that works once for every tenant whenever it is told to, and says how much it has sent.
import { setTimeout as pause } from 'node:timers/promises'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { postgresStore } from '@hospital-crm/adapters/store/postgres'
import { createCrm } from '@hospital-crm/core'
import { fromAnyOf } from '../../packages/adapters/src/jobs/jobs.ts'

const [connectionString = '', schema = '', key = '', takesMs = '0', now = ''] =
  process.argv.slice(2)
let sent = 0
const crm = createCrm({
  store: await postgresStore({ connectionString, schema, connections: 2 }),
  cipher: aesGcmCipher({ key: Buffer.from(key, 'hex') }),
  clock: { now: () => new Date(now) },
  channels: [
    {
      name: 'sms',
      send: async (messages) => {
        for (const _ of messages) if (takesMs !== '0') await pause(Number(takesMs))
        sent += messages.length
        return messages.map(() => ({ outcome: 'sent' as const }))
      },
    },
  ],
})
process.on('message', async () => {
  sent = 0
  for (const tenant of fromAnyOf(await crm.tenants())) await crm.work(tenant)
  process.send?.(sent)
})
process.send?.(sent)
