import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshSchema } from '../../store/testing/fresh-schema.ts'
import type { ColumnMapping } from '../columns/index.ts'
import { pullView, refusals, type SqlView, startAt, type ViewCursor } from './index.ts'

const mapping: ColumnMapping = {
  source: 'view:stays',
  zone: 'Asia/Shanghai',
  event: 'stay',
  recordedAt: '更新时间',
  person: { identifiers: [{ column: '患者ID', type: 'PI' }], name: '姓名' },
  visit: {
    number: '住院号',
    class: { always: 'inpatient' },
    admittedAt: '入院日期',
    dischargedAt: '出院日期',
    bed: '床号',
  },
}

const start = '2026-03-01T00:00:00.000Z'
const at = (minutes: number) => new Date(Date.parse(start) + minutes * 60_000).toISOString()

const { schema, drop } = freshSchema(inject('postgres'))
let pool: pg.Pool

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: inject('postgres'), max: 3 })
  pool.on('error', () => {})
  await pool.query(`create schema ${schema};
    create table ${schema}.stay (
      visit text collate "C" primary key, patient text, name text,
      admitted timestamp, discharged timestamp, bed int, written timestamptz
    );
    create view ${schema}.discharges as select
      visit as "住院号", patient as "患者ID", name as "姓名",
      to_char(admitted, 'YYYY-MM-DD HH24:MI:SS') as "入院日期",
      to_char(discharged, 'YYYY/MM/DD HH24:MI') as "出院日期",
      bed as "床号", written as "更新时间"
    from ${schema}.stay`)
})

beforeEach(() => pool.query(`truncate ${schema}.stay`))

afterAll(async () => {
  await pool.end()
  await drop()
})

interface Stay {
  readonly discharged?: string | null
  readonly bed?: number
  readonly written?: string
}

/** Writes a stay into the hospital's table, as it is from then on. */
const write = (visit: string, { discharged = null, bed = 1, written = start }: Stay = {}) =>
  pool.query(
    `insert into ${schema}.stay values ($1, $2, '王秀英', '2026-02-20 08:00', $3, $4, $5)
     on conflict (visit) do update set discharged = $3, bed = $4, written = $5`,
    [visit, `P-${visit}`, discharged, bed, written],
  )

const erase = (visits = '%') =>
  pool.query(`delete from ${schema}.stay where visit like $1`, [visits])

const view: SqlView = {
  mapping,
  key: '住院号',
  query: async (asked) => {
    const { rows } = await pool.query(
      `select * from ${schema}.discharges where "更新时间" >= $1
       and ($2::text is null or "住院号" > $2) order by "住院号" limit $3`,
      [asked.since, asked.after ?? null, asked.limit],
    )
    return rows
  },
  find: async (keys) => {
    const found = `select * from ${schema}.discharges where "住院号" = any($1)`
    return (await pool.query(found, [keys])).rows
  },
}

/** A crm that pulls the view, from where it stood before unless told. */
const puller = async (own: Partial<SqlView> = {}) => {
  const crm = createCrm()
  await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
  let cursor: ViewCursor = startAt(start)
  const pull = async (now = at(60), from = cursor) => {
    const pulled = await pullView(
      { ...view, ...own },
      { take: crm.intakes.take, cursor: JSON.parse(JSON.stringify(from)), now },
    )
    cursor = pulled.cursor
    return pulled
  }
  const visit = async (number: string) => (await crm.encounters.get(number))?.state
  return { crm, pull, visit, cursor: () => cursor }
}

const nothing = { changed: 0, missing: 0, gone: 0, held: 0 }

describe('a view', () => {
  it('is taken once', async () => {
    const { pull, visit } = await puller()
    await write('V1', { discharged: '2026-03-01 10:10' })
    await write('V2')
    expect(await pull()).toMatchObject({ ...nothing, rows: 2, changed: 2, taken: { taken: 2 } })
    expect(await visit('V1')).toMatchObject({
      status: 'discharged',
      dischargedAt: '2026-03-01T02:10:00.000Z',
      bed: '1',
    })
    expect(await visit('V2')).toMatchObject({ status: 'in-progress' })
    expect(await pull()).toMatchObject({ ...nothing, rows: 2, taken: { read: 0 } })
  })

  it('is read page by page, whatever is written meanwhile', async () => {
    await pool.query(
      `insert into ${schema}.stay select 'V' || n, 'P' || n, '王秀英', '2026-02-20', null, 1, $1
       from generate_series(1000, 1249) n`,
      [start],
    )
    const query: SqlView['query'] = async (asked) => {
      if (asked.after !== undefined) await write(`V0-${asked.after}`)
      return view.query(asked)
    }
    const { pull, crm } = await puller({ query, limit: 50 })
    expect(await pull()).toMatchObject({ rows: 250, taken: { taken: 250 } })
    // Five rows came in below the page that was being read; they are of the next pull.
    expect(await pull()).toMatchObject({ changed: 5, taken: { taken: 5 } })
    expect(await crm.encounters.get('V1249')).toBeDefined()
  })

  it('tells of a stay’s changes and of its discharge', async () => {
    const { pull, visit } = await puller()
    await write('V1')
    await pull()
    await write('V1', { bed: 2, written: at(1) })
    expect(await pull()).toMatchObject({ rows: 1, changed: 1 })
    expect(await visit('V1')).toMatchObject({ status: 'in-progress', bed: '2' })
    await write('V1', { bed: 2, discharged: '2026-03-01 10:10', written: at(2) })
    await pull()
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('tells of a discharge that is taken back, and of the next', async () => {
    const { pull, visit } = await puller()
    await write('V1', { discharged: '2026-03-01 10:10' })
    await pull()
    await write('V1', { written: at(1) })
    expect(await pull()).toMatchObject({ changed: 1, taken: { read: 2 } })
    expect(await visit('V1')).toMatchObject({ status: 'in-progress' })
    await write('V1', { discharged: '2026-03-02 09:00', written: at(2) })
    await pull()
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('that goes back to what it said before is taken at its word', async () => {
    const { pull, visit } = await puller({ mapping: { ...mapping, recordedAt: undefined } })
    for (const bed of [1, 2, 1, 2]) {
      await write('V1', { bed })
      expect(await pull()).toMatchObject({ changed: 1, taken: { taken: 1 } })
      expect(await visit('V1')).toMatchObject({ bed: String(bed) })
    }
  })

  it('may show a row after its time', async () => {
    const { pull, visit, cursor } = await puller({ overlapHours: 24 })
    await write('V1', { written: at(3 * 1440) })
    await pull(at(4 * 1440))
    expect(cursor().since).toBe(at(2 * 1440))
    await write('V2', { written: at(2 * 1440 + 1) })
    await pull(at(5 * 1440))
    expect(await visit('V2')).toMatchObject({ status: 'in-progress' })
  })

  it('may date a row in time to come, and loses none for it', async () => {
    const { pull, visit, cursor } = await puller({ overlapHours: 1 })
    await write('V1', { written: '2099-01-01T00:00:00Z' })
    await pull(at(300))
    expect(cursor().since).toBe(at(240))
    await write('V2', { written: at(301) })
    await pull(at(302))
    expect(await visit('V2')).toBeDefined()
  })

  it('is asked in UTC and on the clock of its zone', async () => {
    const asked: unknown[] = []
    const query: SqlView['query'] = async (one) => {
      asked.push(one)
      return []
    }
    const { pull } = await puller({ query, limit: 7 })
    await pull()
    expect(asked).toEqual([{ since: start, sinceLocal: '2026-03-01 08:00:00', limit: 7 }])
  })

  it('has rows that cannot be read, which are kept once', async () => {
    const unreadable: ColumnMapping = { ...mapping, visit: { number: '姓名', bed: '床号' } }
    const { pull, crm } = await puller({
      mapping: { ...unreadable, event: 'visit-updated', person: mapping.person },
      query: async () => [
        { 住院号: 'V1', 患者ID: null, 姓名: '王秀英', 床号: 1, 更新时间: new Date(start) },
      ],
    })
    expect((await pull()).taken.quarantined).toEqual({ 'columns.no-number': 1 })
    expect((await pull()).taken).toMatchObject({ read: 0 })
    expect((await crm.intakes.quarantined()).items).toHaveLength(1)
  })
})

describe('a row that is there no more', () => {
  const discharged = { discharged: '2026-03-01 10:10' }

  it('is gone when it is missed twice running, and undoes its stay', async () => {
    const { pull, visit } = await puller()
    await write('V1', discharged)
    await write('V2')
    await pull()
    await erase('V1')
    expect(await pull()).toMatchObject({ missing: 1, gone: 0, taken: { read: 0 } })
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
    expect(await pull()).toMatchObject({ missing: 1, gone: 1, taken: { taken: 1 } })
    expect(await visit('V1')).toMatchObject({ status: 'cancelled' })
    expect(await pull()).toMatchObject(nothing)
    expect(await visit('V2')).toMatchObject({ status: 'in-progress' })
  })

  it('undoes only the discharge where the view lists discharges', async () => {
    const { pull, visit } = await puller({ mapping: { ...mapping, event: 'discharged' } })
    await write('V1', discharged)
    for (const _ of [1, 2, 3]) {
      await pull()
      await erase()
    }
    expect(await visit('V1')).toMatchObject({ status: 'in-progress' })
  })

  it('may come back, and says everything anew', async () => {
    const { pull, visit } = await puller()
    await write('V1')
    for (const _ of [1, 2, 3]) {
      await pull()
      await erase()
    }
    expect(await visit('V1')).toMatchObject({ status: 'cancelled' })
    await write('V1', { ...discharged, written: at(120) })
    expect(await pull(at(180))).toMatchObject({ changed: 1, taken: { taken: 1 } })
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('may come back as it was, which is no old message', async () => {
    const { pull } = await puller()
    await write('V1')
    for (const _ of [1, 2, 3]) {
      await pull()
      await erase()
    }
    await write('V1')
    expect(await pull()).toMatchObject({ changed: 1, taken: { taken: 1, known: 0 } })
  })

  it('for one pull only has never been away', async () => {
    const { pull, visit } = await puller()
    await write('V1', discharged)
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await pull()).toMatchObject({ missing: 0 })
      await erase()
      expect(await pull()).toMatchObject({ missing: 1, gone: 0 })
      await write('V1', discharged)
    }
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('is not gone when it only left the window', async () => {
    const { pull, visit } = await puller({ mapping: { ...mapping, recordedAt: undefined } })
    await write('V1', discharged)
    await pull()
    await write('V1', { discharged: '2026-02-20 10:10', written: '2026-02-20T00:00:00Z' })
    expect(await pull()).toMatchObject({ missing: 0, changed: 1 })
    expect(await visit('V1')).toMatchObject({ dischargedAt: '2026-02-20T02:10:00.000Z' })
  })

  it('with far too many others is not believed', async () => {
    const { pull, visit, crm } = await puller({ mostGone: 2 })
    for (const visit of ['V1', 'V2', 'V3']) await write(visit, discharged)
    await pull()
    await erase()
    await pull()
    for (const _ of [1, 2]) expect(await pull()).toMatchObject({ missing: 3, gone: 0, held: 3 })
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
    await write('V1', discharged)
    expect(await pull()).toMatchObject({ missing: 2, gone: 2, held: 0 })
    expect((await crm.encounters.get('V2'))?.state).toMatchObject({ status: 'cancelled' })
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('is only counted where the host cannot look for it', async () => {
    const { pull, visit } = await puller({ find: undefined })
    await write('V1', discharged)
    await pull()
    await erase()
    for (const _ of [1, 2, 3]) expect(await pull()).toMatchObject({ missing: 1, gone: 0 })
    expect(await visit('V1')).toMatchObject({ status: 'discharged' })
  })

  it('is forgotten when the window has left it behind', async () => {
    const { pull, cursor } = await puller({ overlapHours: 1 })
    await write('V1')
    await pull()
    await write('V2', { written: at(600) })
    await pull(at(601))
    await erase('V1')
    expect(await pull(at(602))).toMatchObject(nothing)
    expect(cursor().rows.map(({ key }) => key)).toEqual(['V2'])
  })
})

describe('a view of charges', () => {
  const bills: ColumnMapping = {
    source: 'view:bills',
    zone: 'Asia/Shanghai',
    event: 'charges-posted',
    recordedAt: 'written',
    visit: { number: 'visit' },
    charge: {
      ...{ id: 'line', occurredOn: 'day', amount: 'amount', category: 'category' },
      payer: { always: 'self-pay' },
    },
  }
  const line = (name: string, amount: string, written = start) => ({
    ...{ key: `V1/${name}`, visit: 'V1', line: name, day: '2026-03-01', amount },
    ...{ category: 'drug', written },
  })

  const billing = async () => {
    const table = new Map<string, ReturnType<typeof line>>()
    const query: SqlView['query'] = async ({ after, limit }) =>
      [...table.values()]
        .filter(({ key }) => key > String(after ?? ''))
        .sort((one, other) => (one.key < other.key ? -1 : 1))
        .slice(0, limit)
    const find: SqlView['find'] = async (keys) =>
      [...table.values()].filter(({ key }) => keys.includes(key))
    const made = await puller({ mapping: bills, key: 'key', query, find, limit: 3 })
    const { id: patient } = await made.crm.patients.register({ identifiers: [{ value: 'P1' }] })
    await made.crm.encounters.admit('V1', { patient, at: start })
    const set = (...lines: ReturnType<typeof line>[]) => {
      for (const each of lines) table.set(each.line, each)
    }
    const bill = async () => {
      const { state } = (await made.crm.charges.of('V1')) ?? {}
      return state?.status === 'charged' ? state.lines.map(({ id, amount }) => [id, amount]) : []
    }
    return { ...made, table, set, bill }
  }

  it('is posted once, and a line that the source rewrote is taken back and posted anew', async () => {
    const { pull, set, bill, cursor } = await billing()
    set(line('1', '12.30'), line('2', '5'))
    expect(await pull()).toMatchObject({ changed: 2, taken: { taken: 2 } })
    expect(await pull()).toMatchObject({ changed: 0, taken: { read: 0 } })
    set(line('1', '12.31', at(1)), line('2', '5', at(1)))
    const before = cursor()
    expect(await pull()).toMatchObject({ changed: 2, taken: { taken: 3, quarantined: {} } })
    expect(await pull(at(60), before)).toMatchObject({ taken: { taken: 0, known: 3 } })
    expect(await bill()).toEqual([
      ['1', 1230],
      ['2', 500],
      ['1#back', -1230],
      ['1#2', 1231],
    ])
  })

  it('takes back a line that is gone, and posts it anew when it is there again', async () => {
    const { pull, set, table, bill } = await billing()
    set(line('1', '12.30'))
    await pull()
    table.clear()
    expect(await pull()).toMatchObject({ missing: 1, gone: 0 })
    expect(await pull()).toMatchObject({ missing: 1, gone: 1, taken: { taken: 1 } })
    set(line('1', '12.30'))
    await pull()
    expect(await bill()).toEqual([
      ['1', 1230],
      ['1#back', -1230],
      ['1#2', 1230],
    ])
  })

  const step = fc.tuple(fc.constantFrom('set', 'set', 'erase', 'pull'), fc.nat(3), fc.nat(99))

  it('comes to what the table holds, whatever was done to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const { pull, set, table, bill } = await billing()
        for (const [nth, [what, name, amount]] of steps.entries()) {
          if (what === 'set') set(line(`F${name}`, amount === 0 ? '?' : `${amount}`, at(nth)))
          if (what === 'erase') table.delete(`F${name}`)
          if (what === 'pull') await pull(at(nth))
        }
        for (const quiet of [1, 2, 3]) await pull(at(100 + quiet))
        // What cannot be read leaves standing what the row said before.
        for (const [name, row] of table) if (row.amount === '?') set(line(name, '7', at(110)))
        await pull(at(111))
        const sum = (await bill()).reduce((whole, [, minor]) => whole + Number(minor), 0)
        const due = [...table.values()].reduce(
          (whole, { amount }) => whole + Number(amount) * 100,
          0,
        )
        expect(sum).toBe(due)
      }),
      { numRuns: 20 },
    )
  })
})

describe('whatever is done to a table between pulls', () => {
  interface Row {
    readonly patient: string
    readonly discharged?: string
    readonly bed: number
    readonly written: string
  }

  const step = fc.tuple(
    fc.constantFrom('write', 'write', 'discharge', 'take-back', 'erase', 'pull', 'pull', 'break'),
    fc.nat(2),
  )

  it('is known after three quiet pulls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
        const table = new Map<string, Row>()
        let minute = 0
        let failsAt = Number.POSITIVE_INFINITY
        const rowOf = ([visit, { patient, discharged, bed, written }]: [string, Row]) => ({
          住院号: visit,
          患者ID: patient,
          姓名: null,
          入院日期: '2026-02-20',
          出院日期: discharged,
          床号: bed,
          更新时间: written,
        })
        const query: SqlView['query'] = async ({ since, after, limit }) => {
          failsAt -= 1
          if (failsAt < 0) throw new Error('connection lost')
          return [...table]
            .filter(([visit, { written }]) => written >= since && visit > String(after ?? ''))
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .slice(0, limit)
            .map(rowOf)
        }
        const find: SqlView['find'] = async (keys) =>
          [...table].filter(([visit]) => keys.includes(visit)).map(rowOf)
        const { pull, visit } = await puller({ query, find, limit: 2 })
        const seen = new Set<string>()
        for (const [what, place] of steps) {
          minute += 1
          const own = [...table.keys()][place] ?? `V${minute}`
          const row = table.get(own) ?? { patient: `P${minute}`, bed: 1, written: at(minute) }
          const { discharged: _, ...open } = row
          const written = { ...row, bed: minute, written: at(minute) }
          if (what === 'write') table.set(own, written)
          if (what === 'discharge') table.set(own, { ...written, discharged: at(minute) })
          if (what === 'take-back') table.set(own, { ...open, bed: minute, written: at(minute) })
          if (what === 'erase') table.delete(own)
          if (what === 'break') failsAt = place
          if (what === 'pull' || what === 'break') {
            await pull(at(minute)).catch(() => {})
            failsAt = Number.POSITIVE_INFINITY
            for (const number of table.keys()) seen.add(number)
          }
        }
        for (let quiet = 1; quiet <= 3; quiet += 1) await pull(at(minute + quiet))
        for (const [number, { discharged, bed }] of table) {
          const status = discharged ? 'discharged' : 'in-progress'
          expect(await visit(number)).toMatchObject({ status, bed: String(bed) })
        }
        for (const number of seen) {
          if (table.has(number)) continue
          expect((await visit(number)) ?? { status: 'cancelled' }).toMatchObject({
            status: 'cancelled',
          })
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('a pull that is broken off', () => {
  it('is done again from the old cursor, and takes nothing twice', async () => {
    let calls = 0
    const query: SqlView['query'] = async (asked) => {
      calls += 1
      if (calls === 3) throw new Error('connection lost')
      return view.query(asked)
    }
    const { pull, crm } = await puller({ query, limit: 1 })
    for (const visit of ['V1', 'V2', 'V3']) await write(visit)
    await expect(pull()).rejects.toThrow('connection lost')
    expect(await pull()).toMatchObject({ rows: 3 })
    const log = await crm.door.log()
    expect(await pull(at(60), startAt(start))).toMatchObject({ taken: { known: 3, taken: 0 } })
    expect(await crm.door.log()).toEqual(log)
  })

  it('may be the one that undid something', async () => {
    const { pull, visit, cursor } = await puller()
    await write('V1', { discharged: '2026-03-01 10:10' })
    await pull()
    await erase()
    await pull()
    const before = cursor()
    expect(await pull(at(61), before)).toMatchObject({ gone: 1, taken: { taken: 1 } })
    expect(await pull(at(62), before)).toMatchObject({ gone: 1, taken: { known: 1 } })
    expect(await visit('V1')).toMatchObject({ status: 'cancelled' })
  })

  it.each<[string, Partial<SqlView>]>([
    ['sql-view.no-key', { key: 'visit' }],
    ['sql-view.repeated-key', { key: '姓名' }],
    [
      'sql-view.not-paged',
      { limit: 2, query: (asked) => view.query({ ...asked, after: undefined }) },
    ],
    ['columns.no-column', { query: async () => [{ 住院号: 'V1' }] }],
  ])('is refused with %s', async (code, own) => {
    const { pull } = await puller(own)
    for (const visit of ['V1', 'V2']) await write(visit)
    await expect(pull()).rejects.toMatchObject({ code })
  })

  it('is refused by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^sql-view\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})
