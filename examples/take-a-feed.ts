// A feed with what feeds have: docs/how-to/take-a-feed.md
import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  encodeAck,
  type Hl7Profile,
  parseHl7,
  readHl7,
  readHl7Stream,
} from '@hospital-crm/adapters/intake/hl7v2'
import { type Crm, createCrm, timedIds } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { setClock } from './hospital-month/set-clock.ts'

/** A segment by its fields' numbers. */
const segment = (name: string, fields: Readonly<Record<number, string>>) => {
  const last = Math.max(...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_, at) => fields[at + 1] ?? '')].join('|')
}

const discharge = (number: number, visit: string, admitted: string, discharged: string) =>
  [
    `MSH|^~\\&|HIS|XZCH|||20260302120000||ADT^A03|HIS-${number}|P|2.5`,
    segment('EVN', { 1: 'A03', 2: discharged }),
    segment('PID', { 1: '1', 3: `${number}^^^XZCH^MR`, 5: `?^`, 13: `1540000000${number}` }),
    segment('PV1', { 2: 'I', 10: 'CARD', 19: visit, 44: admitted, 45: discharged }),
  ].join('\r')

/** 王秀英 as a system writes it that knows no Unicode. */
const inGb18030 = Buffer.from('cdf5d0e3d3a2', 'hex')

const first = discharge(1, 'I1', '20260220', '20260302091500').replace('?^', 'ADAMS^JO')

const feed = Buffer.concat([
  Buffer.from(`${first}\r`),
  Buffer.from('MSH|^~\\&|LIS|XZCH|||20260302100000||ORU^R01|LIS-1|P|2.5\r'),
  ...discharge(2, 'I2', '20260221', '20260302101500')
    .split('?')
    .flatMap((part, at) => [...(at > 0 ? [inGb18030] : []), Buffer.from(part)]),
  Buffer.from(`\r${discharge(3, 'I3', '20260303', '20260302111500').replace('?^', 'MA^LI')}\r`),
])

// #region answer
/** Takes one message off a connection, and answers it when it is kept. */
export const answer = async (crm: Crm, frame: Uint8Array, profile: Hl7Profile) => {
  const message = parseHl7(frame, profile)
  const receipt = { at: new Date(), controlId: timedIds.next() }
  try {
    await crm.intakes.take(readHl7(frame, profile))
    return encodeAck(message, { code: 'AA', ...receipt })
  } catch {
    return encodeAck(message, { code: 'AE', ...receipt })
  }
}
// #endregion answer

/** A morning with a feed. Answers what the page shows. */
export const main = async (directory: string, print: (line: string) => void = console.log) => {
  const file = join(directory, 'feed.hl7')
  writeFileSync(file, feed)
  const clock = setClock('2026-03-02T05:00:00Z')
  const crm = createCrm({ clock })
  await crm.hospitals.open({ name: 'A feed', zone: 'Asia/Shanghai', pack: xuzhouPack })

  // #region take
  const profile: Hl7Profile = { zone: 'Asia/Shanghai', charset: 'UTF-8' }
  const taken = await crm.intakes.take(readHl7Stream(createReadStream(file), profile), {
    onProgress: ({ read }) => print(`${read} read`),
  })
  // #endregion take

  // #region quarantine
  const { items } = await crm.intakes.quarantined()
  const waiting = items.flatMap(({ state }) =>
    state.status === 'quarantined' ? [{ key: state.key, code: state.code, hash: state.hash }] : [],
  )
  // #endregion quarantine

  // #region replay
  const mended: Hl7Profile = { zone: 'Asia/Shanghai', dialect: 'cn' }
  const replayed = await crm.intakes.replay((raw) => readHl7(raw, mended))
  // #endregion replay

  // #region settle
  const stubborn = waiting.find(({ code }) => code === 'encounter.discharged-before-admitted')
  if (stubborn) await crm.intakes.settle({ hash: stubborn.hash, how: 'dismissed' })
  // #endregion settle

  // #region reconcile
  const list = [{ visit: 'I1', department: 'CARD' }, { visit: 'I2' }, { visit: 'I3' }]
  const compared = await crm.intakes.reconcile('his-list', '2026-03-02', list)
  // #endregion reconcile

  const [, ...acknowledged] = (await answer(crm, Buffer.from(first), mended)).split('\r')

  clock.set('2026-03-03T05:00:00Z')
  // #region silent
  await crm.work()
  const alarms = await crm.messages.to('role/administrator')
  // #endregion silent

  await crm.close()
  const silent = alarms.items.map(({ id }) => id)
  return { taken, waiting, replayed, compared, acknowledged, alarms: silent }
}
