import { describe, expect, it } from 'vitest'
import { tellingOf } from './canary-watch.fixture.ts'
import { idWord, nameOf, scriptOf, scripts, wordsIn } from './canary-words.fixture.ts'
import { createCrm } from './create-crm.ts'
import {
  calls,
  choking,
  fill,
  filledAt,
  methodsOf,
  type Person,
  someone,
} from './every-method.fixture.ts'
import { countedIds, stillCipher } from './filled-hospital.fixture.ts'
import { setClock } from './kernel/toy.fixture.ts'
import { memoryCipher } from './memory/cipher.ts'
import type { Channel } from './ports/channel.ts'
import type { Cipher } from './ports/cipher.ts'
import { recordedStore } from './recorded-store.fixture.ts'

const person: Person = (number) => {
  const nth = [...number].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
  const { street, digits } = scriptOf(number)
  const tail = String(nth).padStart(4, '0')
  return {
    number: `${idWord}${tail}X`,
    name: nameOf(number),
    phones: [`${digits}${tail}`],
    address: `${street} ${number}`,
    birthDate: '1950-01-02',
  }
}

const hospital = async (cipher: Cipher) => {
  const said: string[] = []
  const logger = {
    info: (...told: unknown[]) => void said.push(JSON.stringify(told)),
    warn: (...told: unknown[]) => void said.push(JSON.stringify(told)),
  }
  const sent: string[] = []
  let mood: 'well' | 'throwing' | 'rejecting' | 'garbled' = 'throwing'
  const sms: Channel = {
    name: 'sms',
    send: async (messages) => {
      if (mood === 'throwing')
        throw new Error(`cannot reach ${messages.map(({ to, text }) => `${to}: ${text}`)}`)
      if (mood === 'well') sent.push(...messages.map(({ to }) => to))
      return messages.map(({ to }) =>
        mood === 'garbled'
          ? ({ outcome: to, [to]: to } as never)
          : { outcome: mood === 'rejecting' ? 'rejected' : 'sent' },
      )
    },
  }
  const setMood = (to: typeof mood) => {
    mood = to
  }
  const store = recordedStore()
  const clock = setClock(filledAt)
  const crm = createCrm({
    store,
    cipher,
    clock,
    ids: countedIds('new'),
    channels: [sms],
    extensions: [choking],
    logger,
  })
  const ward = await fill({
    crm,
    desk: crm,
    tenant: 'main',
    clock,
    person,
    cutOff: async (call) => void (await call(crm)),
  })
  return { crm, ward, store, clock, said, sent, setMood }
}

/** Seals nothing, so that everything can be found; the watch over all tests is told of it. */
const clearCipher = (): Cipher => {
  const still = stillCipher()
  const cipher: Cipher = {
    ...still,
    seal: (_, items) => items.map(({ key, bound, plain }) => JSON.stringify([key, bound, plain])),
    open: (_, items) => items.map(({ sealed }) => JSON.parse(sealed)[2]),
  }
  globalThis.canaryWatch.unsealed.add(cipher)
  return cipher
}

type Path = readonly (string | number)[]

const isData = (value: object) =>
  !Object.values(value).some((member) => typeof member === 'function') &&
  !(Symbol.iterator in value && !Array.isArray(value))

/** Every place inside the arguments of a call. */
const placesIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path]
  if (!isData(value)) return []
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [
    ...(path.length > 0 ? [path] : []),
    ...parts.flatMap(([key, part]) => placesIn(part, [...path, key])),
  ]
}

const put = (value: unknown, [key, ...rest]: Path, what: unknown): unknown => {
  if (key === undefined) return what
  if (Array.isArray(value))
    return value.map((part, at) => (at === key ? put(part, rest, what) : part))
  const known = value as Record<string, unknown>
  return { ...known, [key]: put(known[key], rest, what) }
}

/** The same object, with every call's arguments changed on the way. */
const changing = <T extends object>(part: T, change: (args: unknown[]) => unknown[]): T =>
  Object.fromEntries(
    Object.entries(part).map(([name, member]) => {
      if (typeof member === 'function')
        return [
          name,
          (...args: unknown[]) => (member as (...args: unknown[]) => unknown)(...change(args)),
        ]
      return [name, typeof member === 'object' && member ? changing(member, change) : member]
    }),
  ) as T

const canary = scripts.map(({ name }) => name).join(' ')
/** Fields in which hosts name records, calls and parts of their pack. Refusals repeat those names, and nothing else that was said. */
const records = ['cause', 'patient', 'visit', 'agreement', 'id', 'from', 'to']
const inPack = ['questionnaire', 'class', 'severity', 'rule']
const naming = [...records, ...inPack]
const isDay = (method: string, place: Path) =>
  `${method} ${place.join('.')}` === 'intakes.reconcile 1'
const isNaming = (method: string, place: Path) =>
  naming.includes(String(place.at(-1))) || (place.length === 1 && !isDay(method, place))

/** What may stand where something else belongs. */
const wrongsAt = (method: string, place: Path): [Path, unknown][] => {
  const wrongs = [{ [canary]: canary }, [{ value: canary }]]
  const named = isNaming(method, place) ? [] : [canary, [canary]]
  return [...wrongs, ...named].map((wrong) => [place, wrong])
}

type Made = Awaited<ReturnType<typeof hospital>>

/** Calls a method of a hospital with its arguments changed, and gives what can be read of its error. */
const ask = async (
  made: Made,
  name: string,
  change: (args: unknown[]) => unknown[],
  cause = `k ${name}`,
) => {
  const { clock, ward } = made
  const crm = changing(made.crm, change)
  try {
    const answer = await calls[name]?.({ crm, desk: crm, clock, person }, ward, cause)
    const refused = Array.isArray(answer) ? answer.filter((each) => each instanceof Error) : []
    return refused.map((each) => tellingOf(each)).join('\n')
  } catch (error) {
    return tellingOf(error)
  }
}

/** Persons of each script, by their numbers, and the digits in which each one's telephone is written. */
const addressees = ['20', '21', '22', '23']

/** A hospital that has been through everything, over a channel in every mood. */
const lived = async (cipher: Cipher) => {
  const made = await hospital(cipher)
  const errors = []
  for (const name of Object.keys(calls)) errors.push(await ask(made, name, (args) => args))
  for (const mood of ['throwing', 'garbled', 'rejecting', 'well'] as const) {
    made.setMood(mood)
    for (const number of addressees) {
      const { id } = await made.crm.patients.register(someone(person, number))
      await made.crm.messages.ask(`${mood} ${number}`, {
        to: { patient: id },
        purpose: 'clinical',
        template: 'follow-up.due',
        params: { visit: 'V1', tier: 2, due: '2026-03-16' },
      })
    }
    made.clock.pass(3600)
    await made.crm.work()
  }
  return { ...made, errors }
}

const through = await lived(memoryCipher())

describe('the words of persons in four scripts', () => {
  it('go through every method there is, and arrive where they are meant to', async () => {
    const { crm, sent } = through
    expect(Object.keys(calls).sort()).toEqual(methodsOf(crm).sort())
    expect(sent).toEqual(addressees.flatMap((number) => person(number).phones))
    for (const number of addressees) {
      const { name, phones, address } = person(number)
      const { items } = await crm.patients.find({ name }, { open: true })
      expect(items.map(({ state }) => state)).toMatchObject([{ name, phones, address }])
    }
  })

  it('are in no log line, error, record, index entry, kept answer or event', async () => {
    const { said, errors, store, crm } = through
    expect(said.length).toBeGreaterThan(5)
    expect(wordsIn(said.join('\n'))).toEqual([])
    expect(errors.filter(Boolean).length).toBeGreaterThan(3)
    expect(wordsIn(errors.join('\n'))).toEqual([])
    expect(wordsIn(await store.everything())).toEqual([])
    expect(wordsIn(JSON.stringify(await crm.parked()))).toEqual([])
  })

  it('are in no message, whether it was sent, refused, lost or called off', () => {
    const { store } = through
    const messages = [...store.recordsOf('message').values()] as { status: string }[]
    const ends = [...new Set(messages.map(({ status }) => status))].sort()
    expect(ends).toEqual(['cancelled', 'failed', 'sent', 'skipped'])
    expect(wordsIn(JSON.stringify(messages))).toEqual([])
  })

  it('are found in each script, as they are and encoded, where nothing seals them', async () => {
    const { store } = await lived(clearCipher())
    const found = wordsIn(await store.everything())
    for (const { name, street } of scripts)
      for (const each of [...name.split(' '), street]) expect(found).toContain(each)
  })
})

describe('what somebody said in the wrong place', () => {
  it('is repeated by no error and no log line, whatever the method and the place', async () => {
    const made = await hospital(memoryCipher())
    const repeated: string[] = []
    let tried = 0
    for (const name of Object.keys(calls)) {
      let places: Path[] = []
      await ask(made, name, (args) => {
        places = placesIn(args)
        return args
      })
      for (const [place, wrong] of places.flatMap((each) => wrongsAt(name, each))) {
        tried += 1
        // Under a cause of its own: what was asked before is answered or refused without a decision.
        const change = (args: unknown[]) => put(args, place, wrong) as unknown[]
        const error = await ask(made, name, change, `k ${tried}`)
        if (wordsIn(error).length > 0) repeated.push(`${name} ${place.join('.')}: ${error}`)
      }
    }
    // Names stand where the host's own names of things do: what the watch over all tests found is our doing.
    globalThis.canaryWatch.taken()
    expect(repeated).toEqual([])
    expect(wordsIn(made.said.join('\n'))).toEqual([])
    expect(tried).toBeGreaterThan(1000)
  })
})
