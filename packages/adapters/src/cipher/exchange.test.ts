import { createCrm, memoryCipher, memoryStore, type Store } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { aesGcmCipher } from './aes-gcm/index.ts'
import { sm4Cipher } from './sm4/index.ts'

const [first, second, third] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
]
const suites = { aesGcmCipher, sm4Cipher }
const mr = (value: string) => ({ type: 'MR', authority: 'H', value })

/** Six persons under the first secret, one of them erased. */
const begun = async (cipherOf: typeof aesGcmCipher) => {
  const store = memoryStore()
  const crm = createCrm({ store, cipher: cipherOf({ key: first }) })
  await crm.hospitals.open({ name: 'H', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const people: string[] = []
  for (const number of ['1', '2', '3', '4', '5', '6']) {
    const said = { name: `canary-${number}`, phones: [`1540000000${number}`] }
    people.push((await crm.patients.register({ identifiers: [mr(number)], ...said })).id)
  }
  await crm.patients.erase(people[5] ?? '', { reason: 'requested' })
  return { store, people: people.slice(0, 5), erased: people[5] ?? '' }
}

const namesUnder = async (store: Store, cipher: ReturnType<typeof aesGcmCipher>, ids: string[]) => {
  const crm = createCrm({ store, cipher })
  const seen = await Promise.all(ids.map((id) => crm.patients.get(id, { open: true })))
  return seen.map((one) => one && 'name' in one.state && one.state.name)
}
const names = [1, 2, 3, 4, 5].map((number) => `canary-${number}`)

describe.each(Object.entries(suites))('exchanging the secret of %s', (_, cipherOf) => {
  it('opens and finds everybody before, amid and after, and needs the former one to find only', async () => {
    const { store, people } = await begun(cipherOf)
    const both = { key: second, former: [first] }
    const crm = createCrm({ store, cipher: cipherOf(both) })
    const found = () => crm.patients.find({ phone: '15400000003' })
    expect(await namesUnder(store, cipherOf(both), people)).toEqual(names)
    const one = await crm.rewrap({ limit: 3 })
    expect(one.keys).toBeGreaterThan(0)
    expect(one.next).toBeTypeOf('number')
    expect((await found()).items).toHaveLength(1)
    // Broken off, and gone on with by another process.
    const other = createCrm({ store, cipher: cipherOf(both) })
    let keys = one.keys
    for (let next = one.next; next !== undefined; ) {
      const more = await other.rewrap({ limit: 3, after: next })
      keys += more.keys
      next = more.next
    }
    // Five persons, and the probe by which a store knows its secret.
    expect(keys).toBe(6)
    expect(await other.rewrap()).toEqual({ keys: 0 })
    expect(await namesUnder(store, cipherOf({ key: second }), people)).toEqual(names)
    await expect(namesUnder(store, cipherOf({ key: first }), people)).rejects.toMatchObject({
      code: 'cipher.wrong-key',
    })
    expect((await found()).items).toHaveLength(1)
    const alone = createCrm({ store, cipher: cipherOf({ key: second }) })
    expect((await alone.patients.find({ phone: '15400000003' })).items).toEqual([])
  })

  it('can be done again, and finds people by the oldest secret', async () => {
    const { store, people } = await begun(cipherOf)
    await createCrm({ store, cipher: cipherOf({ key: second, former: [first] }) }).rewrap()
    const now = cipherOf({ key: third, former: [second, first] })
    const crm = createCrm({ store, cipher: now })
    expect((await crm.rewrap()).keys).toBe(6)
    expect(await namesUnder(store, now, people)).toEqual(names)
    expect((await crm.patients.find({ identifier: '2' })).items.map(({ id }) => id)).toEqual([
      people[1],
    ])
  })

  it('brings nobody back who is erased meanwhile', async () => {
    const { store, people } = await begun(cipherOf)
    const cipher = cipherOf({ key: second, former: [first] })
    const beside = createCrm({ store, cipher })
    const [victim = ''] = people
    let isFirst = true
    const racing: Store = {
      ...store,
      load: (...asked) => store.load(...asked),
      commit: async (tenant, units) => {
        if (isFirst) {
          isFirst = false
          await beside.patients.erase(victim, { reason: 'requested' })
        }
        return store.commit(tenant, units)
      },
    }
    await createCrm({ store: racing, cipher }).rewrap()
    expect(isFirst).toBe(false)
    expect((await beside.patients.get(victim, { open: true }))?.state.status).toBe('erased')
    expect(await namesUnder(store, cipherOf({ key: second }), people.slice(1))).toEqual(
      names.slice(1),
    )
  })

  it('is refused where a former secret is none', () => {
    expect(() => cipherOf({ key: second, former: [new Uint8Array(8)] })).toThrow(
      expect.objectContaining({ code: 'cipher.bad-key' }),
    )
    expect(() => cipherOf({ key: second, former: ['no-such-folder/key'] })).toThrow(
      expect.objectContaining({ code: 'cipher.bad-key-file' }),
    )
  })
})

it('is refused by a cipher that keeps one secret', async () => {
  const { rewrap: _, ...cipher } = memoryCipher()
  await expect(createCrm({ cipher }).rewrap()).rejects.toMatchObject({
    code: 'cipher.keeps-one-secret',
  })
})
