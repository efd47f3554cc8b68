import { beforeAll, describe, expect, it } from 'vitest'
import { createCrm } from './create-crm.ts'
import { calls } from './every-method.fixture.ts'
import { copyOf, filledHospital, surroundings, workerOf } from './filled-hospital.fixture.ts'
import type { Entry } from './ports/store.ts'

const { slices } = createCrm()

/** Indexes that only the crm itself looks into. */
const inner = ['remind', 'wake', 'silent', 'number', 'frame', 'word']

describe('the lists that slices declare', () => {
  const entries = new Map<string, Map<string, Entry>>()

  beforeAll(async () => {
    const hospital = await filledHospital()
    for (const call of Object.values(calls)) {
      const { store, changed } = await copyOf(hospital)
      const around = surroundings()
      const crm = workerOf(store, hospital, around)
      const caller = { crm, desk: crm.for({}), tenant: 'main', clock: around.clock }
      await call(caller as never, hospital.ward, 'k')
      const committed = hospital.committed.flatMap(([, units]) => units)
      const changes = [...committed.flatMap((unit) => unit.changes), ...changed()]
      for (const { key, entries: found } of changes) {
        const known = entries.get(key.kind) ?? new Map<string, Entry>()
        entries.set(key.kind, known)
        for (const entry of found) known.set(entry.index, entry)
      }
    }
  })

  it.each([...slices.values()].map((slice) => [slice.name, slice] as const))(
    'are those of its records: %s',
    (name, { lists = {}, foundBy }) => {
      const found = entries.get(name) ?? new Map<string, Entry>()
      for (const [index, { equals }] of found) {
        if (!inner.includes(index))
          expect([index, lists[index]?.length]).toEqual([index, equals.length])
      }
      expect(found.has('word')).toBe(foundBy !== undefined)
      expect(Object.keys(lists).filter((index) => !found.has(index))).toEqual([])
    },
  )
})
