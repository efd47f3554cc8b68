import { describe, expect, it } from 'vitest'
import {
  type Attributes,
  attributesOf,
  covers,
  opensUpTo,
  permissionFor,
  whereOf,
} from './access.ts'
import { box, toyKernel } from './toy.fixture.ts'

const put = (id: string, thing: string, keeper?: string) => ({
  type: 'put',
  box: id,
  thing,
  keeper,
})
const keeper = { id: 'kim', roles: ['keeper'] }
const of = (attributes: Attributes) => attributesOf({ attributes: () => attributes }, null, 'b1')
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
    expect(covers(permission, [])).toBe(false)
    expect(covers(permission, of({ keeper: [] }))).toBe(false)
    expect(covers(permission, of({ keeper: ['lee', 'kim'] }))).toBe(true)
    expect(opensUpTo(rules, keeper)).toBe(4)
    expect(opensUpTo(rules, stranger)).toBe(0)
  })

  it('compares a scope that the host gives with an attribute of the same name', () => {
    const rules = [{ role: 'head', may: ['*'], where: { department: 'scope' as const }, opens: 0 }]
    const head = { id: 'h', roles: ['head'], scope: { department: ['eye', 'ear'] } }
    const permission = permissionFor(rules, head, 'box', 'read')
    expect(permission).toEqual([[['department=eye', 'department=ear']]])
    expect(covers(permission, of({ department: ['ear'] }))).toBe(true)
    expect(covers(permission, of({ department: ['nose'] }))).toBe(false)
    expect(permissionFor(rules, { id: 'h', roles: ['head'] }, 'box', 'read')).toBe('never')
  })

  it('takes no name of an attribute together with its value for another name', () => {
    expect(of({ 'a=b': ['c'], a: ['b=c'] })).toEqual(['a%3Db=c', 'a=b=c'])
  })

  it('asks a store each rule once, and for no more values than it should compare', () => {
    const rule = [['keeper=kim']]
    expect(whereOf([rule, [...rule]])).toEqual({ where: [rule] })
    expect(whereOf('always')).toEqual({})
    const scope = Array.from({ length: 1001 }, (_, n) => `d=${n}`)
    expect(() => whereOf([[scope]])).toThrow(
      expect.objectContaining({ code: 'access.scope-too-long' }),
    )
    expect(whereOf([[scope.slice(1)]]).where).toHaveLength(1)
  })
})
