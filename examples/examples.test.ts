import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main as tenLines } from './ten-lines.ts'

describe('the examples', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'hospital-crm-example-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('finds the follow-up that a discharge owes, in ten lines', async () => {
    const [item, ...others] = await tenLines(directory)
    expect(item).toMatchObject({
      visit: 'V1',
      tier: 1,
      owner: 'dr-li',
      state: 'open',
      name: '王**',
    })
    expect(others).toEqual([])
  })
})
