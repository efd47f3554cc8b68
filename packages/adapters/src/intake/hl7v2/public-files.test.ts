import { IntakeEvent } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { parseTime } from './codec/time.ts'
import { type Hl7Outcome, parseHl7, readHl7Stream } from './index.ts'
import { bytesOf, files, isHere, meanings, profile, read } from './public-samples.ts'
import { personOf, saidBy } from './samples.ts'

describe.runIf(isHere)('each public file of many messages', () => {
  const many = files.filter(({ summary }) => summary)

  it.each(many)('$file has the messages the index counts', ({ file, messages, summary }) => {
    const outcomes = read(file)
    expect(outcomes.length).toBe(messages)
    const counts: Record<string, number> = {}
    for (const { raw } of outcomes) {
      const header = parseHl7(raw, profile)?.header
      const kind = `${header?.value(9)}^${header?.value(9, 2)}/${header?.value(12)}`
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    expect(counts).toEqual(summary)
  })

  it.each(many)(
    '$file is mapped message by message, each as a naive splitter sees it',
    ({ file }) => {
      const text = new TextDecoder('latin1').decode(bytesOf(file)).replace(/\r\n|\n/g, '\r')
      const naive = text.split(/(?=MSH\|)/).filter((one) => one.startsWith('MSH'))
      const outcomes = read(file)
      expect(outcomes.length).toBe(naive.length)
      naive.forEach((message, place) => {
        const outcome = outcomes[place]
        const fields = (name: string) =>
          message
            .split('\r')
            .find((row) => row.startsWith(`${name}|`))
            ?.split('|') ?? []
        const [type = '', trigger = ''] = fields('MSH')[8]?.split('^') ?? []
        if (type !== 'ADT') {
          expect(outcome && saidBy(outcome)).toBe(`ignored ${type}^${trigger}`)
          return
        }
        if (outcome?.kind !== 'event') throw new Error(`message ${place + 1} is no event`)
        const { event } = outcome
        const person = event.type === 'merged' ? event.survivor : personOf(event)
        const [pid, pv1] = [fields('PID'), fields('PV1')]
        const [family, given] = pid[5]?.split('^') ?? []
        expect([event.type, event.key]).toEqual([meanings[trigger], fields('MSH')[9]])
        expect(person.identifiers[0]?.value).toBe(pid[3]?.split('^')[0])
        expect(person.name).toBe([given, family].filter(Boolean).join(' '))
        expect(person.birthDate?.replaceAll('-', '')).toBe(pid[7]?.slice(0, 8))
        if (!('visit' in event)) return
        expect(event.visit.number).toBe(pv1[19]?.split('^')[0])
        expect(event.visit.ward).toBe(pv1[3]?.split('^')[0] || undefined)
        expect(event.visit.bed).toBe(pv1[3]?.split('^')[2] || undefined)
        expect(event.visit.attending?.code).toBe(pv1[7]?.split('^')[0] || undefined)
        expect(event.occurredAt).toBe(event.visit.admittedAt)
        expect(parseTime(pv1[44] ?? '')).toBeTypeOf('object')
      })
    },
  )
})

describe.runIf(isHere)('all public messages together', () => {
  it('are events, ignored or refused as follows, and none is lost', () => {
    const counts: Record<string, number> = {}
    for (const outcome of files.flatMap(({ file }) => read(file))) {
      const kind = outcome.kind === 'ignored' ? 'ignored' : saidBy(outcome)
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    expect(counts).toEqual({
      'event admitted': 452,
      'event registered': 10,
      'event discharged': 4,
      'event visit-updated': 1,
      'event admission-cancelled': 1,
      'event discharge-cancelled': 1,
      'event person-updated': 66,
      'event merged': 4,
      ignored: 617,
      'hl7.no-control-id MSH-10': 1,
    })
    expect(files.reduce((sum, { messages }) => sum + messages, 0)).toBe(1157)
  })

  it('are all told apart by source, key and hash, though some share their control id', () => {
    const names = new Map<string, Set<string>>()
    for (const { file } of files) {
      for (const { raw, ...outcome } of read(file)) {
        const { source, key, hash } = outcome.kind === 'event' ? outcome.event : outcome
        const name = `${source} ${key}`
        names.set(name, (names.get(name) ?? new Set()).add(hash))
      }
    }
    const shared = [...names].filter(([, hashes]) => hashes.size > 1)
    expect(shared.map(([name, hashes]) => `${name}: ${hashes.size}`)).toEqual([
      'hl7v2:ADTApp|GHHSFacility MSG00001: 6',
      'hl7v2:AccMgr|1 603266: 2',
      'hl7v2:TestSystem| controlID: 2',
    ])
  })

  it('give events that the core takes as they are', () => {
    for (const outcome of files.flatMap(({ file }) => read(file))) {
      if (outcome.kind === 'event') expect(IntakeEvent.parse(outcome.event)).toEqual(outcome.event)
    }
  })

  it('come out of a stream as out of the whole file, in chunks of any size', async () => {
    for (const { file } of files) {
      const bytes = bytesOf(file)
      const size = 1 + (bytes.length % 997)
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
        bytes.subarray(place * size, (place + 1) * size),
      )
      const streamed: Hl7Outcome[] = []
      for await (const outcome of readHl7Stream(chunks, profile)) streamed.push(outcome)
      expect(streamed).toEqual(read(file))
    }
  })
})
