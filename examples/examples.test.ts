import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@hospital-crm/core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { main as firstWorklist } from './first-worklist.ts'
import { main as hearBack } from './hear-back.ts'
import { main as otherFeeds } from './other-feeds.ts'
import { main as ownTransaction } from './own-transaction.ts'
import { main as personalData, withAnotherKey } from './personal-data.ts'
import { main as services } from './services.ts'
import { main as settleAMonth } from './settle-a-month.ts'
import { main as takeAFeed } from './take-a-feed.ts'
import { main as tenLines } from './ten-lines.ts'
import { parkedAndRedriven, main as twoWorkers } from './workers.ts'

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

  it('print what the tutorial shows, and nothing twice when they run again', async () => {
    const page = readFileSync('docs/tutorial/first-worklist.md', 'utf8')
    const first: string[] = []
    await firstWorklist(directory, (line) => first.push(line))
    expect(first.filter((line) => !page.includes(`\n${line}\n`))).toEqual([])
    expect(first).toHaveLength(7)
    const again: string[] = []
    await firstWorklist(directory, (line) => again.push(line))
    expect(again).toEqual(['2 read, 0 taken, 2 known', ...first.slice(3)])
    expect(page).toContain(again.slice(0, 2).join('\n'))
  })

  it('hear that a message arrived, and that nothing more is wanted', async () => {
    expect(await hearBack()).toMatchObject({
      status: [200, 200],
      receipt: { arrived: true, code: 'DELIVERED' },
      consents: { '*': { allowed: false } },
    })
  })

  it('let two workers on one database send every message once', async () => {
    const left = await twoWorkers(inject('postgres'), directory)
    expect(new Set(left).size).toBe(20)
    expect(left).toHaveLength(20)
  })

  it('free a bed and plan the follow-ups together, or do neither', async () => {
    const { beds, tasks, refused } = await ownTransaction(inject('postgres'), directory)
    expect(beds).toEqual([
      { bed: 'A1', visit: null },
      { bed: 'A2', visit: 'V2' },
    ])
    expect(tasks).toEqual([
      ['V1', 1],
      ['V1', 2],
      ['V1', 3],
    ])
    expect(refused).toBe('patient.unknown')
  })

  it('park what fails for good, and let it go on once it is mended', async () => {
    const told: string[] = []
    const { parked, after } = await parkedAndRedriven((line) => told.push(line))
    expect(parked).toMatchObject([{ status: 'parked', code: 'failed', tries: 5 }])
    expect(told).toEqual([expect.stringMatching(/^flow:registry:.*: failed, 5 tries$/)])
    expect(after).toEqual([])
  })

  it('settle a month, pay it, and keep of the wage what the law lets be kept', async () => {
    const { payable, slips, csv } = await settleAMonth()
    expect(payable).toBe(62_000)
    expect(slips).toMatchObject([
      { staff: 'chen', pay: { gross: 332_000 }, deduction: { deducted: 66_400 }, net: 265_600 },
    ])
    expect(csv.split('\r\n')).toHaveLength(8)
  })

  it('take a feed, keep what cannot be taken, and find who is missing', async () => {
    const told: string[] = []
    expect(await takeAFeed(directory, (line) => told.push(line))).toMatchObject({
      taken: {
        read: 4,
        taken: 1,
        ignored: { 'ORU^R01': 1 },
        quarantined: { 'hl7.charset': 1, 'encounter.discharged-before-admitted': 1 },
      },
      replayed: { read: 2, taken: 1, quarantined: { 'encounter.discharged-before-admitted': 1 } },
      compared: { listed: 3, known: 2, missing: [{ visit: 'I3' }], unexpected: [] },
      acknowledged: ['MSA|AA|HIS-1|', ''],
      alarms: ['silence:hl7v2:HIS|XZCH:2026-03-02T03:15:00.000Z'],
    })
    expect(told).toEqual(['4 read'])
  })

  it('take bills, appointments and the calls of a platform', async () => {
    const { taken, lines, booked, answered } = await otherFeeds()
    expect(taken).toMatchObject({ read: 3, taken: 3, quarantined: {} })
    expect(lines).toEqual([
      ['F-1', 4500],
      ['F-2', 96_000],
      ['F-3', -4500],
    ])
    expect(booked).toMatchObject([
      { status: 'booked', day: '2026-03-09', channel: 'his' },
      { status: 'booked', day: '2026-03-10', channel: 'web' },
    ])
    expect(answered).toMatch(/typeCode="AA".*extension="M-1"/)
  })

  it('ask, solve, book and count', async () => {
    const { asked, solved, booked, figures } = await services()
    expect(asked).toEqual({ asked: 'asked', alarms: ['red-flag.worse'], responses: 2 })
    expect(solved).toEqual({ due: 1, status: 'closed', owner: 'wang' })
    expect(booked).toEqual({ full: 'appointment.full', taken: 'missed' })
    expect(figures.rows.map((row) => [row[0], row[4], row[5]])).toEqual([['cardiology', 1, 3]])
    expect(figures.chart.series[0]?.data).toEqual([1000 / 3])
    expect([figures.before, figures.names.length]).toEqual([[], 10])
  })

  it('show a patient covered, then plain to who may see them, then to nobody', async () => {
    const store = memoryStore()
    const { states, found, actors, lines } = await personalData(store, directory)
    expect(states).toMatchObject([
      { name: '王**', phones: ['154****0001'] },
      { name: '王秀英', phones: ['15400000001'], identifiers: [{ value: '****' }] },
      { status: 'erased' },
    ])
    expect([found, actors, lines]).toEqual([1, ['A7'], []])
    await expect(withAnotherKey(store, directory)).rejects.toMatchObject({
      code: 'cipher.wrong-key',
    })
  })
})
