import { describe, expect, it } from 'vitest'
import { peer } from './peer.ts'

const missing = Object.assign(new Error("Cannot find package 'pg' imported from /app/open.js"), {
  code: 'ERR_MODULE_NOT_FOUND',
})

describe('an optional peer', () => {
  it('that is missing is named, with the command that installs it', async () => {
    await expect(peer(() => Promise.reject(missing), ['kysely', 'pg'])).rejects.toMatchObject({
      code: 'store.missing-peer',
      details: { package: 'pg', remedy: expect.stringContaining('npm install kysely pg') },
    })
  })

  it('that fails for another reason says its own', async () => {
    await expect(peer(() => Promise.reject(missing), ['kysely'])).rejects.toBe(missing)
  })

  it('that is there is given', async () => {
    expect(await peer(async () => 'module', ['pg'])).toBe('module')
  })
})
