import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startChild } from '../testing/child.ts'
import { lockDirectory } from './lock.ts'
import { type Owner, ownerHere } from './owner.ts'

describe('the lock of a directory', () => {
  let folder: string
  let directory: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hospital-crm-lock-'))
    directory = join(folder, 'data')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const leave = (owner: Partial<Owner>) =>
    writeFileSync(`${directory}.lock`, JSON.stringify({ ...ownerHere(), ...owner }))
  const locked = expect.objectContaining({ code: 'store.locked' })

  it('is had once, under whatever name, and again when it is let go', async () => {
    const { release } = await lockDirectory(directory)
    symlinkSync(directory, join(folder, 'link'))
    const names = [
      directory,
      `${directory}/`,
      relative(process.cwd(), directory),
      join(folder, 'link'),
    ]
    for (const name of names) await expect(lockDirectory(name)).rejects.toEqual(locked)
    release()
    const again = await lockDirectory(join(folder, 'link'))
    expect(again.path).toBe(directory)
    again.release()
    expect(readdirSync(folder).sort()).toEqual(['data', 'link'])
  })

  it('names who has it, and says what to do', async () => {
    const { release } = await lockDirectory(directory)
    const { pid } = process
    const details = expect.objectContaining({
      directory,
      pid,
      remedy: expect.stringMatching(/close/),
    })
    await expect(lockDirectory(directory)).rejects.toMatchObject({ details })
    release()
  })

  it('is taken over from a process that is dead, even if its number is another’s by now', async () => {
    for (const dead of [
      { pid: 2 ** 22 + 1 },
      { started: '1' },
      { realm: 'before the last boot' },
    ]) {
      leave(dead)
      const { release } = await lockDirectory(directory)
      release()
    }
    expect(existsSync(`${directory}.lock`)).toBe(false)
  })

  it('is not taken over from another host, nor when it cannot be read', async () => {
    leave({ host: 'elsewhere', pid: 2 ** 22 + 1 })
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      details: { host: 'elsewhere', remedy: expect.stringContaining('delete') },
    })
    writeFileSync(`${directory}.lock`, '')
    await expect(lockDirectory(directory)).rejects.toEqual(locked)
  })

  it('is taken over past one who died while taking it over', async () => {
    leave({ started: '1', token: 'first' })
    writeFileSync(
      `${directory}.lock.first`,
      JSON.stringify({ ...ownerHere(), started: '2', token: 'second' }),
    )
    const { release } = await lockDirectory(directory)
    release()
    expect(readdirSync(folder)).toEqual(['data'])
  })

  it('is let go when the process ends, and taken over when it is killed', async () => {
    const child = startChild('lock-racer.ts', directory)
    expect(await child.next()).toBe('held')
    await expect(lockDirectory(directory)).rejects.toMatchObject({ details: { pid: child.pid } })
    await child.kill()
    expect(existsSync(`${directory}.lock`)).toBe(true)
    const { release } = await lockDirectory(directory)
    release()
  })

  it('goes to one of several that race for a dead one’s, every time', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < 3; round += 1) {
      leave({ started: '1', token: `dead-${round}` })
      const moment = String(Date.now() + 600)
      const racers = Array.from({ length: 4 }, () => startChild('lock-racer.ts', directory, moment))
      const said = await Promise.all(racers.map(({ next }) => next()))
      expect(said.sort()).toEqual(['held', ...Array(3).fill('store.locked')])
      await Promise.all(racers.map(({ kill }) => kill()))
    }
  })
})
