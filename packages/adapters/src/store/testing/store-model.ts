import type { Change, Entry, Happening, Key, Store, Unit } from '@hospital-crm/core'
import * as fc from 'fast-check'
import { expect } from 'vitest'

// Few names, so that causes come twice, records are fought over and pages meet.
const tenant = fc.constantFrom('a', 'b')
const id = fc.constantFrom('1', '2', '𠮷')
const kind = fc.constantFrom('thing', 'thing', 'other')
const key: fc.Arbitrary<Key> = fc.record({ kind, id })
const text = fc.constantFrom('', 'x', 'y', '["x"]', '\uffee', '𠮷', "'")
const index = fc.constantFrom('due', 'due', 'all')
const value = fc.constantFrom('', 'x', '["x"]')
const entry: fc.Arbitrary<Entry> = fc.record({
  index,
  equals: fc.oneof({ weight: 4, arbitrary: fc.tuple(value) }, fc.array(text, { maxLength: 2 })),
  order: text,
})
const json = fc
  .oneof(
    fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }),
    fc.constantFrom('\0', 'a\uffff', '\ud83d', { '\udc00': ['\uffff0000'] }),
  )
  .map((value) => JSON.parse(JSON.stringify(value)))
const attribute = fc.constantFrom('o=x', 'o=y', 'w="x"', 'w=\\,{}')
// Added to the version that stands when the commit is asked for.
const version = fc.constantFrom(0, 0, 0, 0, 1, -1)

const change: fc.Arbitrary<Change> = fc.record(
  {
    key,
    version,
    state: json,
    entries: fc.array(entry, { maxLength: 4 }),
    attributes: fc.array(attribute, { maxLength: 3 }),
  },
  { requiredKeys: ['key', 'version', 'state', 'entries'] },
)
const where = fc.array(fc.array(fc.array(attribute, { maxLength: 2 }), { maxLength: 2 }), {
  maxLength: 3,
})
const happening: fc.Arbitrary<Happening> = fc.record({
  key,
  version,
  type: text,
  at: text,
  actor: text,
  data: json,
})
const unit: fc.Arbitrary<Unit> = fc
  .record(
    {
      cause: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'),
      kept: fc.record({ payloadHash: text, answer: json }),
      reads: fc.array(fc.record({ key, version }), { maxLength: 1 }),
      changes: fc.uniqueArray(change, { maxLength: 3, selector: (of) => JSON.stringify(of.key) }),
      events: fc.array(happening, { maxLength: 3 }),
    },
    { requiredKeys: ['cause', 'reads', 'changes', 'events'] },
  )
  // A store need not know a tenant by a unit that leaves no trace.
  .filter((of) => of.kept !== undefined || of.changes.length + of.events.length > 0)

/** One thing to ask a store, by name. `scope` sets its tenants apart from those of other courses. */
type Step = readonly [name: string, ask: (store: Store, scope: string) => Promise<unknown>]

/** A unit whose versions are those that stand, give or take a little. */
const asOf = async (store: Store, of: string, unit: Unit): Promise<Unit> => {
  const named = [...unit.reads, ...unit.changes].map((each) => each.key)
  const { records } = await store.load(of, named, [])
  let at = 0
  const moved = <Each extends { readonly version: number }>(each: Each): Each => {
    const version = Math.max(0, (records[at]?.version ?? 0) + each.version)
    at += 1
    return { ...each, version }
  }
  return { ...unit, reads: unit.reads.map(moved), changes: unit.changes.map(moved) }
}

const commits = fc
  .tuple(tenant, fc.array(unit, { minLength: 1, maxLength: 4 }))
  .map(([of, units]): Step => {
    const commit = async (store: Store, scope: string) => {
      const moved = units.map((each) => asOf(store, scope + of, each))
      return store.commit(scope + of, await Promise.all(moved))
    }
    return ['commit', commit]
  })
const loads = fc
  .tuple(tenant, fc.array(key, { maxLength: 4 }), fc.array(fc.constantFrom('c1', 'c2', 'no')))
  .map(([of, keys, causes]): Step => {
    return ['load', (store, scope) => store.load(scope + of, keys, causes)]
  })
const lists = fc
  .record({
    of: tenant,
    kind,
    index,
    equals: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.uniqueArray(value, { minLength: 1 })) },
      fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
    ),
    bounds: fc.record({ from: text, to: text, where }, { requiredKeys: [] }),
    direction: fc.constantFrom('ascending' as const, 'descending' as const),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ of, kind: sought, bounds, ...query }): Step => {
    const pages = async (store: Store, scope: string) => {
      const seen: unknown[] = []
      let after: string | undefined
      do {
        const wanted = { ...query, ...bounds, ...(after !== undefined && { after }) }
        const page = await store.list(scope + of, sought, wanted)
        seen.push(page.items)
        after = page.next
      } while (after !== undefined)
      return seen
    }
    return ['list', pages]
  })
const logs = fc
  .tuple(tenant, fc.nat({ max: 6 }), fc.integer({ min: 1, max: 5 }), fc.option(key))
  .map(([tenantOf, after, limit, of]): Step => {
    const query = { after, limit, ...(of && { of }) }
    return ['events', (store, scope) => store.events(scope + tenantOf, query)]
  })

/** Any course of business with a store. */
export const courses = fc.array(
  fc.oneof({ weight: 3, arbitrary: commits }, { weight: 2, arbitrary: lists }, loads, logs),
  { minLength: 1, maxLength: 14 },
)

/** Expects that two stores, asked the same, answer the same. */
export const expectSame = async (
  course: readonly Step[],
  model: Store,
  store: Store,
  scope: string,
) => {
  for (const [name, ask] of course) {
    expect([name, await ask(store, scope)]).toEqual([name, await ask(model, scope)])
  }
}
