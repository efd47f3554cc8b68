import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Hl7Message as OracleMessage } from '@medplum/core'
import { Message as SecondOracle } from 'node-hl7-client'
import { describe, expect, it } from 'vitest'
import { type Hl7Message, parseHl7, readHl7 } from './index.ts'
import { adt, line, shanghai, utf8 } from './samples.ts'

/** Two other parsers see the same in every message, where they are right. They are development dependencies only. */
const folder = new URL('../../../../../../shared/data/hl7/', import.meta.url)

const ours = [
  adt('A01', {
    pid: { 5: 'Everyman^Adam', 11: '1&Long Lane^^Town' },
    pv1: { 3: '3E^324^01', 7: '851^West' },
  }),
  adt('A31', { pid: { 3: '~P-1^^^H&1.2&ISO^MR~', 5: '王^秀英~WANG^XIUYING' } }),
  adt('A03', {
    more: [line('DG1', { 3: 'I63.9^Stroke' }), line('DG1', { 4: 'a b' }), 'ZZ9', 'OBX|1||'],
  }),
  adt('A40', { more: [line('MRG', { 1: 'P-9~P-8' })] }),
].map(utf8)

const published = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.hl7'))
      .map((name) => new Uint8Array(readFileSync(new URL(name, folder))))
  : []

const messages = [...ours, ...published].flatMap((bytes) =>
  [...readHl7(bytes, shanghai)].map(({ raw }) => raw),
)

const parsed = (raw: Uint8Array): Hl7Message => {
  const message = parseHl7(raw, shanghai)
  if (!message) throw new Error('no header')
  return message
}

describe(`each of ${messages.length} messages`, () => {
  it('has the segments, fields, repetitions and components that @medplum/core finds', () => {
    let compared = 0
    const different: string[] = []
    for (const raw of messages) {
      const message = parsed(raw)
      const oracle = OracleMessage.parse(new TextDecoder().decode(raw))
      const segments = message.segments()
      if (segments.length !== oracle.segments.length) different.push('segments')
      segments.forEach((segment, row) => {
        const other = oracle.segments[row]
        if (segment.name !== other?.name) different.push(segment.name)
        const last = (other?.fields.length ?? 0) + (segment.name === 'MSH' ? 1 : 0)
        for (let field = 1; field < last; field += 1) {
          const theirs = other?.getField(field)
          const place = `${segment.name}-${field}`
          if (segment.field(field) !== (theirs?.toString() ?? '')) different.push(place)
          if (segment.name === 'MSH' && field < 3) continue
          theirs?.components.forEach((components, repetition) => {
            components.forEach((value, component) => {
              // It leaves escapes as they are, so those are compared on the wire only.
              if (value.includes('\\')) return
              const own = segment.value(field, component + 1, undefined, repetition + 1)
              if ((own ?? (own === null ? '""' : '')) !== value) different.push(place)
              compared += 1
            })
          })
        }
      })
    }
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(messages.length * 20)
  })

  it('has the main values that node-hl7-client finds, escapes resolved', () => {
    const places = [
      'PID.5.1',
      'PID.5.2',
      'PID.7.1',
      'PID.8.1',
      'PV1.2.1',
      'PV1.3.1',
      'PV1.19.1',
      'PV1.44.1',
    ]
    for (const raw of messages) {
      const message = parsed(raw)
      const oracle = new SecondOracle({ text: message.text })
      for (const place of places) {
        const [name = '', field, component] = place.split('.')
        const segment = message.segment(name)
        if (segment?.count(Number(field)) !== 1) continue
        const theirs = oracle.get(place).toString()
        // It gives a value for a field with subcomponents that is none of them.
        if (segment.field(Number(field)).includes('&')) continue
        expect([place, segment.value(Number(field), Number(component)) ?? '']).toEqual([
          place,
          theirs,
        ])
      }
    }
  })
})
