import { describe, expect, it } from 'vitest'
import { memoryStore } from '../memory/store.ts'
import type { Store } from '../ports/store.ts'
import {
  type Attributes,
  attributesOf,
  covers,
  opensUpTo,
  permissionFor,
  whereOf,
} from './access.ts'
import type { Door } from './door.ts'
import { box, toyKernel } from './toy.fixture.ts'

const put = (id: string, thing: string, keeper?: string) => ({
  type: 'put',
  box: id,
  thing,
  keeper,
})
const keeper = { id: 'kim', roles: ['keeper'] }
const of = (attributes: Attributes) => ({ attributes: () => attributes })
const stranger = { id: 'sam', roles: ['stranger'] }

describe('access', () => {
  it('follows the rules of the pack, record by record', async () => {
    const kernel = toyKernel()
    await kernel.found()
    await kernel.door().run(box, put('mine', 'pen', 'kim'))
    await kernel.door().run(box, put('theirs', 'pen', 'lee'))
    const door = kernel.door(keeper)
    expect(await door.run(box, put('mine', 'ink'))).toMatchObject({ version: 2 })
    expect((await door.get(box, 'mine'))?.id).toBe('mine')
    const { items } = await door.list(box, { index: 'all', equals: [], limit: 9 })
    expect(items.map(({ id }) => id)).toEqual(['mine'])
  })

  it('reads a list of what may be seen at once, however much else there is', async () => {
    const calls: string[] = []
    const store = new Proxy(memoryStore(), {
      get: (of, name: keyof Store) => {
        if (typeof of[name] === 'function') calls.push(name)
        return of[name]
      },
    })
    const kernel = toyKernel({}, { store })
    await kernel.found()
    const inputs = Array.from({ length: 2000 }, (_, n) =>
      put(`${n}`, 'pen', n === 1234 ? 'kim' : 'lee'),
    )
    await kernel.door().runMany(inputs.map((input) => ({ asks: [{ slice: box, input }] })))
    const query = { index: 'all', equals: [], limit: 9 }
    const listed = async (door: Door, options = {}) => {
      calls.length = 0
      const { items, next } = await door.list(box, query, options)
      return [items.map(({ id }) => id), next, ...calls]
    }
    // The first call is for the policy.
    expect(await listed(kernel.door(keeper))).toEqual([['1234'], undefined, 'load', 'list'])
    expect(await listed(kernel.door(stranger))).toEqual([[], undefined, 'load'])
    const refused = listed(kernel.door(keeper), { breakGlass: 'a fire' })
    await expect(refused).rejects.toMatchObject({ code: 'access.denied' })
    expect(calls).toEqual(['load'])
  })

  it('shows nothing that a store should have left out', async () => {
    const inner = memoryStore()
    const list: Store['list'] = (tenant, kind, { where: _, ...query }) =>
      inner.list(tenant, kind, query)
    const kernel = toyKernel({}, { store: { ...inner, list } })
    await kernel.found()
    await kernel.door().run(box, put('theirs', 'pen', 'lee'))
    const query = { index: 'all', equals: [], limit: 9 }
    expect((await kernel.door(keeper).list(box, query)).items).toEqual([])
    expect((await kernel.door().list(box, query)).items).toHaveLength(1)
  })

  it('answers for what may not be seen as for what does not exist', async () => {
    const kernel = toyKernel()
    await kernel.found()
    await kernel.door().run(box, put('theirs', 'pen', 'lee'))
    const door = kernel.door(keeper)
    const answers = await Promise.all(
      ['theirs', 'nowhere'].map(async (id) => [
        await door.get(box, id),
        await door.run(box, put(id, 'ink')).catch(({ code, details }) => [code, details]),
        await door.history(box, id),
        await door.restore(box, id, 1).catch(({ code, details }) => [code, details]),
      ]),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[1]).toEqual(['box.unknown', {}])
  })

  it('denies what no rule allows, without a look at the record', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door(stranger)
    await expect(door.run(box, put('b1', 'pen'))).rejects.toMatchObject({ code: 'access.denied' })
    expect(await door.get(box, 'b1')).toBeUndefined()
  })

  it('is a no for empty roles, rules without a match and attributes without a value', () => {
    const rules = [{ role: 'keeper', may: ['box.*'], where: { keeper: 'self' as const }, opens: 4 }]
    expect(permissionFor([], keeper, 'box', 'put')).toBe('never')
    expect(permissionFor(rules, { id: 'kim', roles: [] }, 'box', 'put')).toBe('never')
    expect(permissionFor(rules, keeper, 'boxes', 'put')).toBe('never')
    const permission = permissionFor(rules, keeper, 'box', 'put')
    expect(permission).toEqual([[['keeper=kim']]])
    expect(covers(permission, undefined, null, 'b1')).toBe(false)
    expect(covers(permission, of({ keeper: [] }), null, 'b1')).toBe(false)
    expect(covers(permission, of({ keeper: ['lee', 'kim'] }), null, 'b1')).toBe(true)
    expect(opensUpTo(rules, keeper)).toBe(4)
    expect(opensUpTo(rules, stranger)).toBe(0)
  })

  it('compares a scope that the host gives with an attribute of the same name', () => {
    const rules = [{ role: 'head', may: ['*'], where: { department: 'scope' as const }, opens: 0 }]
    const head = { id: 'h', roles: ['head'], scope: { department: ['eye', 'ear'] } }
    const permission = permissionFor(rules, head, 'box', 'read')
    expect(permission).toEqual([[['department=eye', 'department=ear']]])
    expect(covers(permission, of({ department: ['ear'] }), null, 'b1')).toBe(true)
    expect(covers(permission, of({ department: ['nose'] }), null, 'b1')).toBe(false)
    expect(permissionFor(rules, { id: 'h', roles: ['head'] }, 'box', 'read')).toBe('never')
  })

  it('takes no name of an attribute together with its value for another name', () => {
    expect(attributesOf(of({ 'a=b': ['c'], a: ['b=c'] }), null, 'b1')).toEqual(['a%3Db=c', 'a=b=c'])
  })

  it('asks a store each rule once, and for no more values than it should compare', () => {
    const rule = [['keeper=kim']]
    expect(whereOf([rule, [...rule]])).toEqual({ where: [rule] })
    expect(whereOf('always')).toEqual({})
    const scope = Array.from({ length: 201 }, (_, n) => `d=${n}`)
    expect(() => whereOf([[scope]])).toThrow(
      expect.objectContaining({ code: 'access.scope-too-long' }),
    )
    expect(whereOf([[scope.slice(1)]]).where).toHaveLength(1)
  })
})
