import { describe, expect, it } from 'vitest'
import { Refusal } from './refusal.ts'
import { box, toyKernel } from './toy.fixture.ts'

const owner = '王秀英'
const put = (thing: string, more = {}) => ({ type: 'put', box: 'b1', thing, ...more })
const everything = async ({ store }: ReturnType<typeof toyKernel>) => {
  const kinds = ['box', 'subject', 'access']
  const keys = kinds.flatMap((kind) => ['b1', 'box/b1', 'host'].map((id) => ({ kind, id })))
  const { records } = await store.load('a', keys, [])
  return JSON.stringify([records, await store.events('a', { after: 0, limit: 1000 })])
}

describe('personal data', () => {
  it('is sealed before anything decides on it, in state and log alike', async () => {
    const kernel = toyKernel()
    await kernel.found()
    await kernel.door().run(box, put('pen', { owner }))
    expect(await everything(kernel)).not.toContain(owner)
    expect(await everything(kernel)).toContain('"as":"name"')
  })

  it('is found by its blinded words, which the log does not keep', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('pen', { owner }))
    const equals = [await door.blind('name', ` ${owner} `)]
    const { items } = await door.list(box, { index: 'owner', equals, limit: 5 })
    expect(items.map(({ id }) => id)).toEqual(['b1'])
    const log = JSON.stringify(await kernel.store.events('a', { after: 0, limit: 10 }))
    expect(log).not.toContain(equals[0]?.[0])
  })

  it('is shown covered, and plain to who asks and may, which the log notes', async () => {
    const kernel = toyKernel()
    await kernel.found()
    await kernel.door().run(box, put('pen', { owner }))
    expect((await kernel.door().get(box, 'b1'))?.state).toMatchObject({ owner: '王**' })
    const opened = async (role: string) => {
      const door = kernel.door({ id: `the-${role}`, roles: [role] })
      return (await door.get(box, 'b1', { open: true }))?.state
    }
    expect(await opened('reader')).toMatchObject({ owner })
    const log = await kernel.store.events('a', { after: 0, limit: 10 })
    expect(log.filter(({ type }) => type === 'access.opened')).toMatchObject([
      { key: { kind: 'access', id: 'box/b1' }, actor: 'the-reader' },
    ])
  })

  it('cannot be read by anyone after the person is erased, nor written again', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('pen', { owner }))
    const before = await kernel.store.load('a', [{ kind: 'box', id: 'b1' }], [])
    await door.run(box, { type: 'burn', box: 'b1' })
    const [state] = await kernel.reader.opener.open('a', [before.records[0]?.state])
    expect(state).toMatchObject({ owner: null })
    const again = await door.run(box, put('ink', { owner })).catch((error: unknown) => error)
    expect(again).toBeInstanceOf(Refusal)
    expect(again).toMatchObject({ code: 'subject.erased', details: { subject: 'box/b1' } })
  })

  it('is refused from outside when it comes sealed, so that nobody can pass off another value', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const sealed = { sealed: 'x', subject: 'box/b2', level: 3, as: 'name' }
    const refused = kernel.door().run(box, put('pen', { owner: sealed }))
    await expect(refused).rejects.toMatchObject({ code: 'command.malformed' })
  })

  it('makes one key for a person whom two commands name at once', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await Promise.all(['pen', 'ink', 'cap'].map((thing) => door.run(box, put(thing, { owner }))))
    const key = { kind: 'subject', id: 'box/b1' }
    expect((await kernel.store.load('a', [key], [])).records[0]?.version).toBe(1)
    expect((await door.get(box, 'b1', { open: true }))?.state).toMatchObject({ owner })
  })

  it('is not mixed under two secrets: a cipher that opens nothing of the store is refused', async () => {
    const kernel = toyKernel()
    await kernel.found()
    await kernel.door().run(box, put('pen', { owner }))
    const stranger = toyKernel({}, { store: kernel.store })
    const refused = { code: 'cipher.wrong-key' }
    await expect(stranger.door().run(box, put('ink', { owner }))).rejects.toMatchObject(refused)
    await expect(stranger.door().get(box, 'b1', { open: true })).rejects.toMatchObject(refused)
  })
})
