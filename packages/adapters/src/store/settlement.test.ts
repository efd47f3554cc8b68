import { account, type Crm, createCrm, type Store } from '@hospital-crm/core'
import { cnStrict, RulePack, xuzhouPack, yangzhouMarketerTerms } from '@hospital-crm/rules'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { freshSchema } from './testing/fresh-schema.ts'

const cipher = aesGcmCipher({ key: Uint8Array.from({ length: 32 }, (_, at) => at) })
const clock = { now: () => new Date('2026-03-02T02:00:00.000Z') }
const month = '2026-02'
const pack = RulePack.parse({
  ...xuzhouPack,
  compliance: { profile: cnStrict, staff: { representative: 'own-marketer' } },
  commission: {
    from: month,
    terms: [yangzhouMarketerTerms],
    staff: { representative: 'yangzhou-marketer' },
  },
})

const { open, drop } = freshSchema(inject('postgres'))
const stores: Store[] = []
const payees = Array.from({ length: 8 }, (_, at) => `R${at + 10}`)

/** A worker with connections of its own. */
const worker = async (): Promise<Crm> => {
  const store = await open(2)
  stores.push(store)
  return createCrm({ store, cipher, clock })
}

const as = (crm: Crm, id: string) => crm.for({ actor: { id, roles: ['admin'] } })

const charge = (payee: string, visit: string, amount: number) => {
  const line = {
    ...{ id: `${visit}/c`, visit, occurredOn: '2026-02-10', postedOn: '2026-02-10', amount },
    ...{ category: 'treatment', payer: 'self-pay', basis: 'attribution', payee, role: 'rep' },
    ...{ touch: `T-${visit}`, rules: 'evidence@1', occasion: 'first', holds: [] },
  }
  return { type: 'take', role: 'rep', payee, visit, removed: [], added: [line] }
}

beforeAll(async () => {
  const crm = await worker()
  await crm.hospitals.open({ name: 'H', zone: 'Asia/Shanghai', pack })
  for (const payee of payees) await crm.staff.enrol(payee, { roles: ['representative'] })
  const opinion = { author: 'Law Firm', document: 'sha256:00' }
  const said = { rule: 'own-marketer-commission', opinion, validUntil: '2027-01-01T00:00:00Z' }
  await as(crm, 'director').releases.propose('o1', { ...said, role: 'director' })
  await as(crm, 'counsel').releases.confirm('o1', { role: 'legal' })
  const lines = payees.flatMap((payee, at) =>
    [1, 2, 3].map((nth) => charge(payee, `V${payee}-${nth}`, 100_000 * (at + nth))),
  )
  await crm.door.runMany(lines.map((input) => ({ asks: [{ slice: account, input }] })))
})

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await drop()
})

describe('sixteen workers over one PostgreSQL', () => {
  it('settle a month once between them, and answer alike', async () => {
    const workers = await Promise.all(Array.from({ length: 16 }, worker))
    const drafts = await Promise.all(workers.map((crm) => crm.settlements.draft(month)))
    const [{ hash } = { hash: '' }] = drafts
    expect(new Set(drafts.map((draft) => draft.hash))).toEqual(new Set([hash]))

    const [crm] = workers
    if (!crm) return
    const { approvals } = pack.commission ?? { approvals: [] }
    for (const { step, role } of approvals) {
      await as(crm, role).settlements.approve(month, { step, hash })
    }
    const frozen = await Promise.all(
      workers.map((each, at) => each.settlements.freeze(month, { hash }, { cause: `w${at}` })),
    )
    expect(frozen).toEqual(Array.from({ length: 16 }, () => frozen[0]))
    expect(frozen[0]).toMatchObject({ status: 'frozen', hash, statements: payees.length })

    const files = await Promise.all(
      workers.map((each) => each.settlements.export(month, 'payroll')),
    )
    expect(new Set(files.map(({ csv }) => csv)).size).toBe(1)
    expect(files[0]?.payout).toBe(`${month}/payroll/1`)
    const log = await crm.door.log({ limit: 5000 })
    const count = (type: string) => log.filter((event) => event.type === type).length
    expect([count('settlement.drafted'), count('settlement.frozen')]).toEqual([1, 1])
    expect([count('statement.frozen'), count('settlement.exported')]).toEqual([payees.length, 1])
  })

  it('lose no line that is posted while they settle', async () => {
    const [one, two] = await Promise.all([worker(), worker()])
    const march = '2026-03'
    const posting = Promise.all(
      payees.map((payee) => one.door.run(account, charge(payee, `L${payee}`, 50_000))),
    )
    const late = { ...clock, now: () => new Date('2026-04-02T02:00:00.000Z') }
    const [store] = stores
    if (!store) return
    const april = createCrm({ store, cipher, clock: late })
    await april.settlements.draft(march)
    await posting
    const { hash } = await april.settlements.draft(march)
    for (const { step, role } of pack.commission?.approvals ?? []) {
      await as(april, role).settlements.approve(march, { step, hash })
    }
    await april.settlements.freeze(march, { hash })
    for (const payee of payees) {
      const { statement } = await two.settlements.statement(march, { role: 'rep', payee })
      const [section] = statement.sections
      expect([section?.month, section?.lines.length]).toEqual([month, 4])
    }
  })
})
