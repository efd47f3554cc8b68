import { describe, expect, it } from 'vitest'
import { type Fault, faultyStore } from './faulty-store.fixture.ts'
import { copyOf } from './filled-hospital.fixture.ts'
import { testCrm } from './hospital.fixture.ts'
import { memoryCipher } from './memory/cipher.ts'
import { memoryStore } from './memory/store.ts'
import type { Store, Unit } from './ports/store.ts'
import { recordedStore } from './recorded-store.fixture.ts'
import {
  as,
  line,
  marketing,
  on,
  partner,
  releaseReps,
  rep,
  settle,
  signatories,
  take,
} from './settlement.fixture.ts'

const cipher = memoryCipher()

/** A hospital that has settled February, with a late refund and March's charges, as it was committed. */
const filled = await (async () => {
  const inner = memoryStore()
  const committed: [string, readonly Unit[]][] = []
  const store: Store = {
    ...inner,
    commit: async (tenant, units) => {
      const outcomes = await inner.commit(tenant, units)
      committed.push([tenant, units.filter((_, at) => outcomes[at] === 'done')])
      return outcomes
    },
  }
  const { crm } = await marketing({ store: recordedStore(store), cipher })
  await releaseReps(crm)
  await take(crm, [line(rep('R1'), 'c1', 52_000, '2026-02-10')])
  await settle(crm, '2026-02')
  await take(crm, [
    line(rep('R1'), 'r1', -3_000, '2026-03-20', { visit: 'V-c1', refundOf: 'c1' }),
    line(rep('R1'), 'c2', 70_000, '2026-03-21'),
    line(partner('P1'), 'c2', 70_000, '2026-03-21'),
  ])
  return { committed }
})()

const worker = async (store: Store) =>
  (await testCrm({ at: on('2026-04-02'), store: store as never, cipher, open: false })).crm

type Worker = Awaited<ReturnType<typeof worker>>

/** All of March's settlement, each call under a cause of its own. */
const settleMarch = async (crm: Worker) => {
  const month = '2026-03'
  const { hash } = await crm.settlements.draft(month, { cause: 'draft' })
  for (const [step, by] of signatories) {
    await as(crm, by).settlements.approve(month, { step, hash }, { cause: `sign ${step}` })
  }
  const frozen = await crm.settlements.freeze(month, { hash }, { cause: 'freeze' })
  const file = await crm.settlements.export(month, 'payroll', { cause: 'export' })
  const paid = { payout: file.payout ?? '', reference: 'wages' }
  await as(crm, 'cashier').settlements.pay(month, paid, { cause: 'pay' })
  return { hash, frozen: frozen.hash, csv: file.csv }
}

type Copy = Awaited<ReturnType<typeof copyOf>>

const pictureOf = async ({ changed, happened }: Copy) => [
  changed('main')
    .filter(({ key }) => ['settlement', 'statement', 'account'].includes(key.kind))
    .map(({ key, version, state }) => [key, version, state]),
  (await happened('main')).map(({ key, type, actor, data }) => [key, type, actor, data]),
]

/** Statements are there all together, and with them the frozen header, or not at all. */
const expectWhole = ({ changed }: Copy) => {
  const statements = changed('main').filter(({ key }) => key.kind === 'statement')
  const header = changed('main').find(
    ({ key }) => key.kind === 'settlement' && key.id === '2026-03',
  )
  const { status = 'none' } = (header?.state ?? {}) as { status?: string }
  expect(statements.length).toBe(['frozen', 'paid'].includes(status) ? 3 : 0)
}

const run = async (call?: number, fault?: Fault) => {
  const copy = await copyOf(filled)
  const faulty = faultyStore(copy.store, {
    ...(call !== undefined && { call }),
    ...(fault && { fault }),
  })
  const crm = await worker(faulty.store)
  const failed = await settleMarch(crm).then(
    () => false,
    () => true,
  )
  expectWhole(copy)
  faulty.reconnect()
  const answer = await settleMarch(await worker(copy.store))
  return { calls: faulty.calls(), failed, answer, picture: await pictureOf(copy) }
}

const clean = await run()

describe('a settlement over a store that fails', () => {
  it.each(['refused', 'dropped'] as const)(
    `leaves nothing or all, and ends the same when it is made again: %s, at each call`,
    async (fault) => {
      let failures = 0
      for (let call = 1; call <= clean.calls; call += 1) {
        const { failed, answer, picture } = await run(call, fault)
        expect([call, answer]).toEqual([call, clean.answer])
        expect([call, picture]).toEqual([call, clean.picture])
        failures += failed ? 1 : 0
      }
      expect(failures).toBeGreaterThan(clean.calls / 2)
    },
  )
})
