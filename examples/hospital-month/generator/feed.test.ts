import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHl7 } from '../../../packages/adapters/src/intake/hl7v2/index.ts'
import type { FeedMessage } from './feed.ts'
import { generateMonth } from './generate-month.ts'
import { checkCharacter } from './identity-number.ts'
import { tally } from './tally.ts'
import { writeFeed } from './write-feed.ts'

const plain = { zone: 'Asia/Shanghai' } as const
const chinese = { zone: 'Asia/Shanghai', dialect: 'cn' } as const

const textOf = (bytes: Uint8Array, charset = 'utf-8') => new TextDecoder(charset).decode(bytes)
const field = (text: string, name: string, at: number) =>
  new RegExp(`^${name}\\|(.*)$`, 'm').exec(text)?.[1]?.split('|')[at - 1] ?? ''

const monthWith = (seed: number, charset: 'utf-8' | 'gb18030' = 'utf-8') =>
  generateMonth({ seed, month: '2026-03', discharges: 400, zone: 'Asia/Shanghai', charset })

/** The messages as they come through a socket, so that each piece stands for itself. */
const framed = (messages: readonly FeedMessage[]) =>
  Buffer.concat(messages.flatMap(({ bytes }) => [Uint8Array.of(11), bytes, Uint8Array.of(28, 13)]))

type Outcome = ReturnType<typeof readHl7> extends Iterable<infer One> ? One : never

const sawIn = (outcome: Outcome) => {
  if (outcome.kind === 'event') return outcome.event.type
  return outcome.kind === 'ignored' ? outcome.type : outcome.code
}

/** A discharge before its admission can be read; it is the core that refuses it. */
const readable = ({ means }: FeedMessage) =>
  means === 'encounter.discharged-before-admitted' ? 'discharged' : means

describe.each([21, 22, 23])('the feed with seed %i', (seed) => {
  const month = monthWith(seed)
  const messages = [...month.messages]
  const outcomes = [...readHl7(framed(messages), plain)]
  const events = outcomes.flatMap((outcome, at) =>
    outcome.kind === 'event' && messages[at]?.kind === 'event'
      ? [{ event: outcome.event, text: textOf(outcome.raw) }]
      : [],
  )

  it('is read as it is meant, also by the Chinese dialect and in GB18030', () => {
    const meant = messages.map(readable)
    expect(outcomes.map(sawIn)).toEqual(meant)
    expect([...readHl7(framed(messages), chinese)].map(sawIn)).toEqual(meant)
    const wide = [...monthWith(seed, 'gb18030').messages]
    expect([...readHl7(framed(wide), plain)].map(sawIn)).toEqual(meant)
    for (const [at, { bytes, kind }] of messages.entries()) {
      if (kind === 'garbage') continue
      const same = textOf(bytes).replace('UNICODE UTF-8', 'GB 18030-2000')
      if (textOf(wide[at]?.bytes ?? bytes, 'gb18030') !== same) expect.fail(same)
    }
  })

  it('holds discharges before their admission for the core to refuse', () => {
    const visits = outcomes.flatMap((outcome, at) => {
      const isMeant = messages[at]?.means === 'encounter.discharged-before-admitted'
      return isMeant && outcome.kind === 'event' && 'visit' in outcome.event
        ? [outcome.event.visit]
        : []
    })
    expect(visits).toHaveLength(month.planted.garbageByCause['discharged-before-admitted'] ?? 0)
    for (const { admittedAt = '', dischargedAt = '' } of visits) {
      expect(dischargedAt < admittedAt).toBe(true)
    }
  })

  it('tells how every visit stands to whoever orders it by the time of recording', () => {
    const visits = new Map<string, { discharge?: object; cancelled?: true }>()
    const recorded = ({ text }: { text: string }) => Number(field(text, 'EVN', 2))
    for (const { event } of [...events].sort((one, other) => recorded(one) - recorded(other))) {
      if (!('visit' in event) || event.visit.class === 'outpatient') continue
      const { number, dischargedAt, disposition, department, attending } = event.visit
      const seen = visits.get(number) ?? {}
      visits.set(number, seen)
      if (event.type === 'discharged') {
        const [code, doctor] = [department?.code, attending?.code]
        seen.discharge = { dischargedAt, disposition, department: code, attending: doctor }
      }
      if (event.type === 'discharge-cancelled') delete seen.discharge
      if (event.type === 'admission-cancelled') seen.cancelled = true
    }
    expect(visits.size).toBe(month.visits.length)
    for (const { visit, fate, dischargedAt, disposition, department, attending } of month.visits) {
      const live = dischargedAt !== undefined && fate !== 'unheard'
      const discharge = { dischargedAt, disposition, department, attending }
      const cancelled = fate === 'admission-cancelled' && { cancelled: true }
      expect(visits.get(visit)).toEqual({ ...(live && { discharge }), ...cancelled })
    }
  })

  it('names as many persons as there are after the merges, and the deaths', () => {
    const persons = events.flatMap(({ event }) => ('person' in event ? [event.person] : []))
    const numbers = new Set(persons.map(({ identifiers }) => identifiers[0]?.value))
    const merged = events.filter(({ event }) => event.type === 'merged').length
    expect(numbers.size - month.planted.merges).toBe(month.expected.patients)
    expect(merged).toBeGreaterThanOrEqual(month.planted.merges)
    const dead = new Set<string | undefined>()
    for (const { died, identifiers } of persons) {
      if (typeof died === 'string') dead.add(identifiers[0]?.value)
    }
    expect(dead.size).toBe(month.planted.deathsLearned + month.planted.deathsRevoked)
  })

  it('repeats bytes, and the numbers of messages, only where planted', () => {
    const seen = new Map<string, string[]>()
    let reused = 0
    for (const { bytes, kind } of messages) {
      if (kind === 'garbage') continue
      const text = textOf(bytes)
      const id = field(text, 'MSH', 9)
      const before = seen.get(id) ?? []
      if (kind !== 'duplicate') reused += Math.min(before.length, 1)
      else if (!before.includes(text)) expect.fail(text)
      seen.set(id, [...before, text])
    }
    expect(reused).toBe(month.planted.reusedControlIds)
  })

  it('names persons by valid identity numbers that no two share, and some by one name', () => {
    const nameOf = new Map<string, string>()
    for (const { text } of events) {
      const number = /~(\d{17}[\dX])\^\^\^PSB\^NI/.exec(field(text, 'PID', 3))?.[1]
      if (number === undefined) continue
      const name = field(text, 'PID', 5)
      expect(nameOf.get(number) ?? name).toBe(name)
      nameOf.set(number, name)
      expect([number.at(-1), number.slice(6, 14), Number(number[16]) % 2 ? 'M' : 'F']).toEqual([
        checkCharacter(number.slice(0, 17)),
        field(text, 'PID', 7),
        field(text, 'PID', 8),
      ])
    }
    expect(new Set(nameOf.values()).size).toBeLessThan(nameOf.size)
  })

  it('is the same from a file, where a stray line stands inside the message before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hospital-month-'))
    try {
      const path = join(folder, 'march.hl7')
      await writeFeed(month.messages, path)
      const saw = [...readHl7(readFileSync(path), plain)].map(sawIn)
      const meant = messages.map((one) => readable(one).replace('no-message', 'no-segment'))
      expect(tally(saw)).toEqual(tally(meant))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
