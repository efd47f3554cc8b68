import { randomBytes } from 'node:crypto'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { OpenDatabase } from './database.ts'
import { recording } from './recording.ts'
import { createRows, type Rows } from './rows.ts'
import { expectSameRows } from './same-rows.ts'
import { bareWriter } from './write.ts'

/** Three weeks after what happens to the invented patients. */
export const now = new Date('2026-03-02T02:00:00Z')

/**
 * A crm with an open hospital, and beside it in the same database the bare driver, which writes after the
 * crm what the crm has written.
 */
export const openSides = async (open: OpenDatabase) => {
  const database = await open()
  const recorded = recording(await database.store('ours'), aesGcmCipher({ key: randomBytes(32) }))
  const bare = await database.store('theirs')
  const crm = createCrm({ ...recorded, clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const rowsOf = createRows()
  const write = bareWriter(database, 'theirs')
  let waiting: readonly Rows[] = []
  const handOver = () => {
    waiting = recorded.take().map(rowsOf)
  }
  const theirs = async () => {
    for (const rows of waiting) await write(rows)
  }
  handOver()
  await theirs()
  return {
    crm,
    handOver,
    theirs,
    /** What is to be written next. */
    waiting: () => waiting,
    expectSame: () => expectSameRows(database.query, 'ours', 'theirs'),
    close: async () => {
      await crm.close()
      await bare.close()
      await database.close()
    },
  }
}
