import { randomBytes } from 'node:crypto'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { type Crm, createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { OpenDatabase } from './database.ts'
import { recording } from './recording.ts'
import { createRows, type Rows } from './rows.ts'
import { expectSameRows } from './same-rows.ts'
import { bareWriter } from './write.ts'

/** The day after the invented patients have gone home. */
export const now = new Date('2026-03-02T02:00:00Z')

/** A crm, and beside it in the same database the bare driver, which writes what the crm has written. */
export interface Sides {
  readonly crm: Crm
  /** Gives the bare driver what the crm has written since. */
  readonly handOver: () => void
  readonly theirs: () => Promise<void>
  /** Throws unless both have written the same rows. */
  readonly expectSame: () => Promise<void>
}

/** Opens both sides with a hospital each, and closes them after the work. */
export const withSides = async (
  open: OpenDatabase,
  work: (sides: Sides) => Promise<void>,
): Promise<void> => {
  const database = await open()
  try {
    const bare = await database.store('theirs')
    const recorded = recording(await database.store('ours'), aesGcmCipher({ key: randomBytes(32) }))
    const crm = createCrm({ ...recorded, clock: { now: () => now } })
    await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const rowsOf = createRows()
    const write = bareWriter(database, 'theirs')
    let waiting: readonly Rows[] = []
    await work({
      crm,
      handOver: () => {
        waiting = recorded.take().map(rowsOf)
      },
      theirs: async () => {
        for (const rows of waiting) await write(rows)
      },
      expectSame: () => expectSameRows(database.query, 'ours', 'theirs'),
    })
    await crm.close()
    await bare.close()
  } finally {
    await database.close()
  }
}
