import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createWatch } from './canary-watch.fixture.ts'
import { plainWords, scripts, wordsIn } from './canary-words.fixture.ts'
import { createCrm } from './create-crm.ts'
import { Id, Text } from './kernel/fields.ts'
import { Refusal, refuse } from './kernel/refusal.ts'
import type { Slice } from './kernel/slice.ts'
import { memoryStore } from './memory/store.ts'

const Note = z.strictObject({ type: z.literal('write'), note: Id, text: Text })
type Note = z.infer<typeof Note>
const Written = z.strictObject({ type: z.literal('note.written'), text: Text })

/** A vendor's slice that keeps what is said in clear, and repeats what it refuses. */
const note: Slice<{ text?: string }, Note, z.infer<typeof Written>> = {
  name: 'note',
  state: z.strictObject({ text: Text.optional() }),
  command: z.discriminatedUnion('type', [Note]) as never,
  event: z.discriminatedUnion('type', [Written]) as never,
  initial: {},
  keys: (command) => [command.note],
  decide: (_, { text }) =>
    text.startsWith('!') ? refuse('note.bad', { text }) : [{ type: 'note.written', text }],
  evolve: (_, { text }) => ({ text }),
  entries: () => [],
}
const opened = async () => {
  const crm = createCrm({ extensions: [{ slices: [note] }] })
  await crm.hospitals.open({ name: 'x', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const write = (text: string) => crm.door.run(note, { type: 'write', note: 'n', text })
  return { crm, write }
}
/** Titles are printed, and are no place for them either. */
const numbered = plainWords.map((word, at) => [at, word] as const)
const leaks = () => globalThis.canaryWatch.taken()

describe('the watch over all tests', () => {
  it.each(numbered)('finds word %i that a slice keeps or repeats', async (_, word) => {
    const { write } = await opened()
    expect(leaks()).toEqual([])
    await write(`about ${word}.`)
    expect(leaks()).toContain(`store: ${word}`)
    await expect(write(`!${word}`)).rejects.toThrow(Refusal)
    const both = leaks()
    expect(both).toContain(`refusal: ${word}`)
    expect(both).toContain(`error: ${word}`)
  })

  it('finds what is printed, by whomever', () => {
    const watch = createWatch()
    const printed: unknown[] = []
    const stream = { write: (chunk: Uint8Array | string) => printed.push(chunk) > 0 }
    watch.stream(stream)
    stream.write(new TextEncoder().encode(scripts[2].name))
    expect(watch.taken()).toEqual(['output: Ярополк', 'output: Вершинин'])
    const print = (...said: unknown[]) => void printed.push(said)
    const printer = { log: print, info: print, warn: print, error: print, debug: print }
    const unwatched = watch.printer(printer)
    printer.warn('%o', { name: scripts[1].name })
    expect(watch.taken()).toEqual(['output: Quillon', 'output: Brandywine'])
    unwatched()
    printer.warn(scripts[1].name)
    expect(watch.taken()).toEqual([])
    expect(printed).toHaveLength(3)
  })

  it('finds what is logged, and what a cause or a plain error holds', async () => {
    const watch = createWatch()
    const options = watch.options({}, memoryStore)
    options.logger?.warn({ name: scripts[0].name }, 'x')
    expect(watch.taken()).toEqual(['log: 欧阳修竹'])
    await options.store?.commit('main', [
      { cause: scripts[3].name, payloadHash: '', reads: [], changes: [], events: [] } as never,
    ])
    expect(watch.taken()).toEqual(['store: عبدالرحمن', 'store: الخوارزمي'])
    const broken = { pump: () => Promise.reject(new Error('x', { cause: scripts[1].street })) }
    await expect(watch.crm(broken as never).pump()).rejects.toThrow('x')
    expect(watch.taken()).toEqual(['error: Threadneedle Close'])
  })

  it('looks at all of it', () => {
    const { characters } = globalThis.canaryWatch
    const { console: printer } = globalThis
    printer.debug('watched')
    expect(Object.keys(characters).sort()).toEqual(
      expect.arrayContaining(['error', 'output', 'refusal', 'store']),
    )
  })
})

describe('a word of a person', () => {
  const bytes = (text: string, encoding: 'utf8' | 'utf16le') => Buffer.from(text, encoding)
  const inForms = (text: string) => [
    ...[text, text.toLowerCase(), text.toUpperCase(), encodeURIComponent(text)],
    JSON.stringify({ text }),
    ...(['utf8', 'utf16le'] as const).flatMap((each) => [
      bytes(text, each).toString('base64'),
      bytes(text, each).toString('base64url'),
      bytes(text, each).toString('hex'),
      bytes(text, each).toString('latin1'),
    ]),
  ]

  it.each(numbered)('number %i is found in every form, wherever it stands', (_, word) => {
    for (const before of ['', 'a', 'ab', '您'])
      for (const form of inForms(`${before}${word} z`))
        expect([form, wordsIn(form)]).toEqual([form, [word]])
  })

  it('is found in digits however they are cut apart', () => {
    for (const number of ['15400000001', '154-0000-0001', '154 0000 0001', '+86 154.0000.0001'])
      expect(wordsIn(number)).toEqual(['1540000'])
  })

  it('is not found where there is none', () => {
    expect(wordsIn(JSON.stringify(xuzhouPack))).toEqual([])
    expect(wordsIn('"hash":"9f1540000c2a7e1b8d44aa01"')).toEqual([])
    expect(wordsIn('154000, Quill, 王秀, bm9uZQ==')).toEqual([])
  })
})
