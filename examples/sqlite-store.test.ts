import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeConcurrencyContract, storeContract } from '@hospital-crm/core/testing'
import { sqliteStore } from './sqlite-store.ts'

// #region contract
storeContract(() => sqliteStore(':memory:'), { name: 'the SQLite store' })
// #endregion contract

// #region shared
storeConcurrencyContract(
  async (workers) => {
    const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-sqlite-'))
    const stores = Array.from({ length: workers }, () => sqliteStore(join(folder, 'store.db')))
    const close = async () => {
      await Promise.all(stores.map((store) => store.close()))
      rmSync(folder, { recursive: true })
    }
    return { stores, close }
  },
  { name: 'a SQLite store shared by workers' },
)
// #endregion shared
