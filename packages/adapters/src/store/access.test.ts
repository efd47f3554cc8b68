import {
  type Actor,
  createCrm,
  type Listing,
  memoryCipher,
  memoryStore,
  type Services,
  type Slice,
  type Store,
} from '@hospital-crm/core'
import { type AccessRule, xuzhouPack } from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { droppedAtClose, freshSchema } from './testing/fresh-schema.ts'
import { pgliteEngine } from './testing/pglite-engine.ts'

const State = z.strictObject({ owners: z.array(z.string()), wards: z.array(z.string()) })
type State = z.infer<typeof State>
const Command = State.extend({ type: z.literal('write'), sheet: z.string() })
const Event = State.extend({ type: z.literal('sheet.written') })

/** A record that is nothing but what access rules compare; found once in each of its wards. */
const sheet: Slice<State, z.infer<typeof Command>, z.infer<typeof Event>> = {
  name: 'sheet',
  state: State,
  command: Command,
  event: Event,
  initial: { owners: [], wards: [] },
  keys: (command) => [command.sheet],
  decide: (_, { owners, wards }) => [{ type: 'sheet.written', owners, wards }],
  evolve: (_, { owners, wards }) => ({ owners, wards }),
  entries: ({ wards }, id) =>
    wards.map((ward, at) => ({ index: 'ward', equals: [ward], order: `${at}${id}` })),
  attributes: ({ owners, wards }) => ({ owner: owners, ward: wards }),
}

const names = ['li', 'wang', 'zhao']
const wards = ['ear', 'eye', 'nose']
const some = (of: readonly string[]) => fc.subarray([...of])
const by = fc.constantFrom('self' as const, 'scope' as const)
const rule: fc.Arbitrary<AccessRule> = fc.record({
  role: fc.constantFrom('doctor', 'nurse'),
  may: fc.constantFrom(
    ['*'],
    ['sheet.*'],
    ['sheet.read'],
    ['sheet.read', 'log.read'],
    ['sheet.write'],
  ),
  where: fc.oneof(
    fc.record({ owner: by, ward: fc.constant('scope' as const) }),
    fc.record({ owner: by, ward: by }, { requiredKeys: [] }),
  ),
  opens: fc.constant(0),
})
const actor: fc.Arbitrary<Actor> = fc.record({
  id: fc.constantFrom(...names),
  roles: fc.subarray(['doctor', 'nurse'], { minLength: 1 }),
  scope: fc.record({ owner: some(names), ward: some(wards) }),
})
const written = fc.record({ owners: some(names), wards: some(wards) })
const asked = fc.record({
  equals: fc.tuple(fc.subarray(wards, { minLength: 1 })),
  limit: fc.integer({ min: 1, max: 4 }),
  direction: fc.constantFrom('ascending' as const, 'descending' as const),
})
const courses = fc.record({
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  // Each is written twice, so that what it says of itself changes.
  sheets: fc.array(fc.tuple(written, written), { minLength: 4, maxLength: 12 }),
  lists: fc.array(fc.tuple(actor, asked), { minLength: 4, maxLength: 8 }),
})

/** The rules as a reader of the pack understands them. */
const maySee = (rules: readonly AccessRule[], { id, roles, scope = {} }: Actor, state: State) =>
  rules.some(({ role, may, where = {} }) => {
    if (!roles.includes(role) || may.includes('sheet.write')) return false
    const mine = { owner: scope.owner ?? [], ward: scope.ward ?? [] }
    const meets = (name: 'owner' | 'ward', own: readonly string[]) =>
      where[name] === undefined ||
      own.some((value) => (where[name] === 'self' ? value === id : mine[name].includes(value)))
    return meets('owner', state.owners) && meets('ward', state.wards)
  })

const pagesOf = async (crm: Services, query: Omit<Listing, 'index'>) => {
  const pages: (readonly unknown[])[] = []
  for (let after: string | undefined; ; ) {
    const paged = { ...query, index: 'ward', ...(after !== undefined && { after }) }
    const { items, next } = await crm.door.list(sheet, paged)
    pages.push(items)
    if (next === undefined) return pages
    after = next
  }
}

const { start, fresh, stop } = pgliteEngine()
beforeAll(start, 60_000)
afterAll(stop)
const postgres = async () => {
  const { open, drop } = freshSchema(inject('postgres'))
  return droppedAtClose(await open(), drop)
}
const stores: readonly (readonly [string, number, () => Store | Promise<Store>])[] = [
  ['memory', 60, memoryStore],
  ['PGlite', 12, fresh],
  ['PostgreSQL', 12, postgres],
]

describe.each(stores)('a list under access rules, on %s', (_, numRuns, open) => {
  it('has the pages of a list of nothing else, whatever the rules', async () => {
    const store = await open()
    const cipher = { ...memoryCipher(), durable: true }
    const all = createCrm({ store, cipher, extensions: [{ slices: [sheet] }] })
    let nth = 0
    let left = 0
    const same = fc.asyncProperty(courses, async ({ rules, sheets, lists }) => {
      nth += 1
      const tenant = `t${nth}`
      const crm = all.for({ tenant })
      const pack = { ...xuzhouPack, access: rules }
      await crm.hospitals.open({ name: 'H', zone: 'Asia/Shanghai', pack })
      for (const time of [0, 1] as const) {
        const asks = sheets.map((said, at) => ({
          type: 'write',
          sheet: `${10 + at}`,
          ...said[time],
        }))
        await crm.door.runMany(asks.map((input) => ({ asks: [{ slice: sheet, input }] })))
      }
      for (const [actor, { limit, ...query }] of lists) {
        const [everything = []] = await pagesOf(crm, { ...query, limit: 100 })
        const seen = (everything as { state: State }[]).filter((item) =>
          maySee(rules, actor, item.state),
        )
        const pages = seen.flatMap((_, at) => (at % limit ? [] : [seen.slice(at, at + limit)]))
        const shown = await pagesOf(all.for({ tenant, actor }), { ...query, limit })
        expect(shown).toEqual(pages.length > 0 ? pages : [[]])
        if (seen.length > 0 && seen.length < everything.length) left += 1
      }
    })
    await fc.assert(same, { numRuns })
    expect(left).toBeGreaterThan(numRuns / 3)
    await store.close()
  })
})
