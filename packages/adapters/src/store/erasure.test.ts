import { PGlite } from '@electric-sql/pglite'
import { createCrm, memoryChannel, type Store } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { readHl7 } from '../intake/hl7v2/index.ts'
import { adt, chinese, gb18030, utf8 } from '../intake/hl7v2/samples.ts'
import { chineseWords } from '../words/chinese/index.ts'
import { pgliteStore } from './pglite/index.ts'
import { freshSchema, withClient } from './testing/fresh-schema.ts'

const tenant = 'h'
const start = '2026-03-02T02:00:00.000Z'
const cipher = aesGcmCipher({ key: Uint8Array.from({ length: 32 }, (_, at) => at) })
const words = chineseWords()

/** Somebody who is forgotten, and somebody who is not. */
const gone = {
  name: '欧阳修竹兰',
  number: '320311195001021237',
  record: 'MR5400017',
  phone: '15400001234',
  address: '云龙区解放南路八十八号',
  note: '患者自述胸闷三日',
  born: '1950-01-02',
}
const kept = {
  name: '王秀英',
  number: '320311196203040027',
  record: 'MR5400018',
  phone: '15400005678',
  address: '泉山区淮海西路',
  note: '',
  born: '1962-03-04',
}
type Person = typeof gone

/** A department's code, which is nobody's word and stands in clear. */
const marker = 'department-in-clear'

const message = (
  trigger: string,
  key: string,
  { name, number, record, phone, address, born }: Person,
  pv1: Record<number, string>,
  charset = 'UNICODE UTF-8',
) =>
  adt(trigger, {
    msh: { 10: key, 18: charset },
    pid: {
      3: `${record}^^^HIS^MR~${number}^^^^NI`,
      5: name,
      7: born.replaceAll('-', ''),
      11: address,
      13: phone,
    },
    pv1: { 2: 'I', 3: marker, 44: '20260220080000', ...pv1 },
  })
const discharge = { 45: '20260301090000' }
const chineseBytes = (...said: Parameters<typeof message>) => {
  const [trigger, key, who, pv1] = said
  return gb18030(message(trigger, key, who, pv1, 'GB 18030-2000'))
}

/** Stays of both; a message of the first that cannot be taken, and one that cannot even be read; in two charsets. */
const feed = [
  utf8(message('A01', 'k1', gone, { 19: 'V1' })),
  utf8(message('A03', 'k2', gone, { 19: 'V1', ...discharge })),
  chineseBytes('A03', 'k3', kept, { 19: 'V2', ...discharge }),
  utf8(message('A03', 'k4', gone, { 19: 'V9', 44: '20260302080000', ...discharge })),
  chineseBytes('A03', 'k5', gone, { 19: 'V8', 45: 'yesterday' }),
]

const lived = async (store: Store) => {
  const clock = { now: () => new Date(start) }
  const sms = memoryChannel('sms')
  const crm = createCrm({ store, cipher, clock, words, tenant, channels: [sms] })
  const pack = { ...xuzhouPack, channels: { patients: ['sms'] } }
  await crm.hospitals.open({ name: '医院', zone: 'Asia/Shanghai', pack })
  const taken = await crm.intakes.take(feed.flatMap((bytes) => [...readHl7(bytes, chinese)]))
  const [found] = (await crm.patients.find({ name: gone.name })).items
  const patient = found?.id ?? ''
  await crm.followUps.recordContact({
    visit: 'V1',
    role: 'attending',
    at: start,
    result: 'completed',
    note: gone.note,
  })
  await crm.messages.ask('m', {
    to: { patient },
    purpose: 'clinical',
    template: 'follow-up.due',
    params: { visit: 'V1', tier: 1, due: '2026-03-09' },
  })
  await crm.work()
  return { crm, sms, patient, taken }
}

type Row = Readonly<Record<string, unknown>>
type Ask = (text: string) => Promise<readonly Row[]>

/** Every row of every table of a schema, as JSON with whatever is binary written in hex. */
const rowsOf = async (ask: Ask, schema: string): Promise<readonly Row[]> => {
  const tables = await ask(
    `select table_name as name from information_schema.tables where table_schema = '${schema}'`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) =>
      ask(`select row_to_json(t)::text as row from ${schema}."${name}" as t`),
    ),
  )
  expect(tables.length).toBeGreaterThanOrEqual(6)
  return rows.flat().map(({ row }) => JSON.parse(String(row)))
}

const decoded = (bytes: Uint8Array) =>
  ['utf-8', 'gb18030', 'utf-16le'].map((charset) => new TextDecoder(charset).decode(bytes))

/** A text and whatever texts it may be hiding: base64 in either alphabet, and hex. */
const readings = (text: string): string =>
  [
    text,
    ...[...text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].flatMap(([run]) =>
      decoded(Buffer.from(run, 'base64')),
    ),
    ...[...text.matchAll(/(?:[0-9a-f]{2}){4,}/gi)].flatMap(([run]) =>
      decoded(Buffer.from(run, 'hex')),
    ),
  ].join('\n')

/** Everything that tells of a person, as it is written and as it is looked up. */
const plainWordsOf = ({ name, number, record, phone, address, note, born }: Person) =>
  [
    ...words.of('name', name),
    ...words.of('identifier', number),
    ...words.of('phone', phone),
    ...[record, phone, address, note, born, born.replaceAll('-', '')],
  ].filter((word) => word.length > 3 || /\p{Script=Han}/u.test(word))
/** Initials could stand in any sealed text by chance, so a word of letters counts on its own only. */
const isIn = (text: string) => (word: string) =>
  /^[a-z]+$/.test(word)
    ? new RegExp(`(?<![A-Za-z0-9_-])${word}(?![A-Za-z0-9_-])`).test(text)
    : text.includes(word)
const foundIn = (rows: readonly Row[], sought: readonly string[]) => {
  const text = readings(JSON.stringify(rows))
  return sought.filter(isIn(text))
}

const blindWordsOf = async ({ name, number, record, phone }: Person) => {
  const blind = async (as: 'name' | 'phone' | 'identifier', ...values: string[]) =>
    cipher.blind(
      tenant,
      values.flatMap((value) => words.of(as, value)).map((word) => `${as}:${word}`),
    )
  return {
    names: await blind('name', name),
    phones: await blind('phone', phone),
    numbers: await blind('identifier', record, number),
  }
}

interface Sealed {
  readonly sealed: string
  readonly subject: string
}
const sealedIn = (tree: unknown): Sealed[] => {
  if (typeof tree !== 'object' || tree === null) return []
  if ('sealed' in tree && 'subject' in tree) return [tree as Sealed]
  return Object.values(tree).flatMap(sealedIn)
}

/** Whatever the keys that are still stored open of all that is sealed anywhere, each tried on each. */
const openedFrom = async (rows: readonly Row[]) => {
  const keys = rows.flatMap(({ state }) => {
    const { key } = (state ?? {}) as { key?: unknown }
    return typeof key === 'string' ? [key] : []
  })
  const asked = sealedIn(rows).flatMap(({ sealed, subject }) =>
    keys.map((key) => ({ key, bound: `${tenant}|${subject}`, sealed })),
  )
  const texts = await cipher.open(tenant, asked)
  return texts.flatMap((text) => (text === undefined ? [] : [{ text }]))
}

const database = async (kind: 'PGlite' | 'PostgreSQL') => {
  const { schema, open, drop } = freshSchema(inject('postgres'))
  if (kind === 'PostgreSQL') {
    const ask: Ask = (text) =>
      withClient(inject('postgres'), async (client) => (await client.query(text)).rows)
    return { schema, ask, store: await open(), stop: drop }
  }
  const engine = await PGlite.create()
  const ask: Ask = async (text) => (await engine.query<Row>(text)).rows
  const store = await pgliteStore({ database: engine, schema })
  return { schema, ask, store, stop: () => engine.close() }
}

/** What can be read of the persons and their stays, as their hospital reads it. */
const readBy = async ({ crm, patient }: Awaited<ReturnType<typeof lived>>) => {
  const { entries } = await crm.views.timeline({ patient })
  const { items } = await crm.patients.find({ name: kept.name }, { open: true })
  return {
    dealings: entries.map(({ code }) => code),
    coverage: await crm.views.coverage({ from: '2026-02-01T00:00:00Z', to: start }),
    others: items.map(({ state }) => state),
    quarantined: (await crm.intakes.quarantined({ open: true })).items.length,
  }
}

describe('the scan', () => {
  it('sees through base64 and hex, in every charset that a feed may have', () => {
    for (const bytes of [utf8(gone.name), gb18030(gone.name), Buffer.from(gone.name, 'utf16le')]) {
      const [hex, base64] = (['hex', 'base64url'] as const).map((as) =>
        Buffer.from(bytes).toString(as),
      )
      for (const hidden of [hex, base64]) expect(foundIn([{ hidden }], [gone.name])).toHaveLength(1)
    }
  })
})

const addressesOf = (rows: readonly Row[], sought: readonly string[]) =>
  rows.flatMap(({ kind, id, state, type }) => {
    const isNamed = sought.some((word) => String(id).includes(word))
    return isNamed ? [`${kind} ${type ?? (state as { status?: string })?.status ?? 'entry'}`] : []
  })

describe.each(['PGlite', 'PostgreSQL'] as const)('a person in %s', (kind) => {
  type Then = { readonly rows: readonly Row[]; readonly read: Awaited<ReturnType<typeof readBy>> }
  let made: Awaited<ReturnType<typeof lived>>
  let before: Then
  let after: Then

  beforeAll(async () => {
    const { schema, ask, store, stop } = await database(kind)
    made = await lived(store)
    const now = async () => ({ rows: await rowsOf(ask, schema), read: await readBy(made) })
    before = await now()
    await made.crm.patients.erase(made.patient, { reason: 'requested' })
    await made.crm.work()
    after = await now()
    return async () => {
      await store.close()
      await stop()
    }
  })

  it('stands in no table in plain, neither before they are forgotten nor after', () => {
    expect(made.taken).toMatchObject({ taken: 3, quarantined: { 'hl7.bad-time': 1 } })
    expect(made.sms.sent.map(({ to }) => to)).toEqual([gone.phone])
    for (const { rows } of [before, after]) {
      expect(foundIn(rows, [...plainWordsOf(gone), ...plainWordsOf(kept)])).toEqual([])
      expect(foundIn(rows, [marker])).toEqual([marker])
    }
  })

  it('is found by blind words before, and by none in any index or record after', async () => {
    const blind = await blindWordsOf(gone)
    const all = Object.values(blind).flat()
    expect(foundIn(before.rows, all)).toEqual(all)
    expect(foundIn(after.rows, [...blind.names, ...blind.phones])).toEqual([])
    const contents = after.rows.map(({ state, entries, equals, order }) => {
      return { state, entries, equals, order }
    })
    expect(foundIn(contents, all)).toEqual([])
    // What made a number unique keeps its keyed hash as its name, and the log tells when it was free again.
    expect(new Set(addressesOf(after.rows, blind.numbers))).toEqual(
      new Set([
        'patient released',
        'patient patient.number-given',
        'patient patient.number-released',
      ]),
    )
    const others = Object.values(await blindWordsOf(kept)).flat()
    expect(foundIn(after.rows, others)).toEqual(others)
  })

  it('is opened by keys that are stored before, quarantine included, and by none after', async () => {
    const told = foundIn(await openedFrom(before.rows), plainWordsOf(gone))
    expect(told).toEqual(
      expect.arrayContaining([
        gone.name,
        gone.number,
        gone.phone,
        gone.address,
        gone.note,
        '19500102',
      ]),
    )
    const opened = await openedFrom(after.rows)
    expect(foundIn(opened, plainWordsOf(gone))).toEqual([])
    expect(foundIn(opened, [kept.name, kept.number, kept.phone, kept.address])).toHaveLength(4)
    expect([before.read.quarantined, after.read.quarantined]).toEqual([2, 0])
  })

  it('leaves the rest of the history as it was', () => {
    expect(after.read.coverage).toMatchObject([{ tier: 1, owed: 2, completed: 1 }, {}, {}])
    expect(after.read.dealings).toEqual(
      expect.arrayContaining(['timeline.contact', 'timeline.discharged']),
    )
    expect(after.read.others).toEqual(before.read.others)
    expect(after.read.others).toMatchObject([{ name: kept.name, phones: [kept.phone] }])
  })
})
