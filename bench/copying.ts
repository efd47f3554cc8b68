import { randomBytes } from 'node:crypto'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { createCrm, memoryStore } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Bench } from './measure.ts'
import { postgresDatabase } from './yardstick/database.ts'
import { dischargeMessage } from './yardstick/discharge-message.ts'
import { type Commit, recording } from './yardstick/recording.ts'
import { createRows, type Rows } from './yardstick/rows.ts'
import { expectSameRows } from './yardstick/same-rows.ts'
import { now } from './yardstick/sides.ts'
import { bareWriter } from './yardstick/write.ts'

const discharges = 500

/** Stands for a cell without a value; in no text of the bench. */
const nothing = '\v'
const special = /[\\\t\n\v]/g
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  [nothing]: '\\N',
}

/** A row as `copy` reads it. */
const line = (cells: readonly (string | number)[]) =>
  `main\t${cells
    .join('\u0000')
    .replace(special, (each) => escapes[each] ?? each)
    .replaceAll('\u0000', '\t')}\n`

/** The new rows of each table, with the columns they are for. */
const tablesOf = ({ records, fresh, events, causes }: Rows) => ({
  'records (tenant, kind, id, version, state, entries, attributes)': records.map(
    ({ key, version, state, entries, attributes }) =>
      line([
        ...[key.kind, key.id, version, JSON.stringify(state), JSON.stringify(entries)],
        attributes || nothing,
      ]),
  ),
  'entries (tenant, kind, "index", equals, "order", id)': fresh.map(line),
  'events (tenant, position, kind, id, version, type, at, actor, cause, place, data)': events.map(
    ({ position, key, version, type, at, actor, cause, place, data }) =>
      line([
        position,
        key.kind,
        key.id,
        version,
        type,
        at,
        actor,
        cause,
        place,
        JSON.stringify(data),
      ]),
  ),
  'causes (tenant, cause, payload_hash, answer)': causes.map(({ cause, payloadHash, answer }) =>
    line([cause, payloadHash, JSON.stringify(answer)]),
  ),
})

/** What an import of discharges writes, stored by the store and by PostgreSQL's own COPY through the same driver. */
export const copying: Bench = async ({ quick, measure }) => {
  const database = await postgresDatabase()
  const store = await database.store('ours')
  const bare = await database.store('theirs')
  const recorded = recording(memoryStore(), aesGcmCipher({ key: randomBytes(32) }))
  const crm = createCrm({ ...recorded, clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const rowsOf = createRows()
  const write = bareWriter(database, 'theirs')
  const known = new Set<string>()
  let commits: readonly Commit[] = recorded.take()
  let nth = 0

  /** Takes more discharges in memory. */
  const more = async () => {
    const messages = Array.from({ length: discharges }, (_, at) => dischargeMessage(nth + at))
    nth += discharges
    await crm.intakes.take(messages)
    commits = recorded.take()
  }
  let created: Rows | undefined
  let rest: Rows | undefined
  const ours = async () => {
    for (const { units } of commits) {
      const outcomes = await store.commit('main', units)
      if (outcomes.some((outcome) => outcome !== 'done')) throw new Error('a commit met another')
    }
  }
  /** All rows of these commits as they stand in the end: new ones to be copied, those that change what is there aside. */
  const handOver = async () => {
    const [first] = commits
    if (!first) return
    const rows = rowsOf({ ...first, loads: [], units: commits.flatMap(({ units }) => units) })
    const isKnown = ({ key }: Rows['records'][number]) => known.has(JSON.stringify(key))
    const old = rows.records.filter(isKnown)
    created = { ...rows, records: rows.records.filter((row) => !isKnown(row)) }
    rest = {
      ...rows,
      records: old,
      fresh: [],
      events: [],
      causes: [],
      sealing: { keys: 0, sealed: [], blinded: [] },
    }
    for (const { key } of rows.records) known.add(JSON.stringify(key))
    await more()
  }
  const theirs = async () => {
    await database.transaction(async (query) => {
      for (const [table, lines] of Object.entries(created ? tablesOf(created) : {})) {
        await database.copy(`theirs.${table}`, lines)
      }
      await query(
        `insert into theirs.heads (tenant, position) values ('main', $1)
         on conflict (tenant) do update set position = excluded.position`,
        [rest?.position],
      )
    })
    if (rest && rest.records.length + rest.gone.length > 0) await write(rest)
  }
  await measure({
    name: `storing ${discharges} imported discharges`,
    yardstick: 'COPY of the same rows',
    tells: 'speed',
    goal: 0.7,
    time: 'wall',
    rounds: 9,
    count: discharges,
    unit: 'discharges',
    check: async () => {
      for (let round = 0; round < (quick ? 2 : 4); round += 1) {
        await ours()
        await handOver()
        await theirs()
      }
      await expectSameRows(database.query, 'ours', 'theirs')
    },
    ours,
    handOver,
    theirs,
  })
  await expectSameRows(database.query, 'ours', 'theirs')
  await store.close()
  await bare.close()
  await crm.close()
  await database.close()
}
