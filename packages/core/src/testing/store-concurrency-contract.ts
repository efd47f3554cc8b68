import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store, Unit } from '../ports/store.ts'

/** Several openings of one and the same store, as several workers have it; `close` ends them all. */
export interface SharedStore {
  readonly stores: readonly Store[]
  /** Holds a transaction open elsewhere in the same database until it is let go. */
  readonly holdTransaction?: () => Promise<() => Promise<void>>
  close(): Promise<void>
}

const at = '2026-03-02T00:00:00.000Z'
const key = (id: string) => ({ kind: 'thing', id })
const write = (cause: string, id: string, version: number): Unit => ({
  cause,
  kept: { payloadHash: cause, answer: [cause] },
  reads: [],
  changes: [
    { key: key(id), version, state: { cause }, entries: [{ index: 'all', equals: [], order: id }] },
  ],
  events: [
    { key: key(id), version: version + 1, type: 'thing.changed', at, actor: 'a', data: { cause } },
  ],
})

/** What a store must do when many workers share it. `open` gives so many openings of one fresh store. */
export const storeConcurrencyContract = (
  open: (workers: number) => Promise<SharedStore>,
  { name = 'a store shared by workers' }: { name?: string } = {},
) =>
  describe(name, () => {
    let shared: SharedStore
    const workers = 8
    beforeEach(async () => {
      shared = await open(workers)
    })
    afterEach(() => shared.close())

    it('lets one of two writers of a record win, every time', async () => {
      for (let version = 0; version < 50; version += 1) {
        const outcomes = await Promise.all(
          shared.stores.map((store, n) =>
            store.commit('a', [write(`${version}/${n}`, 'one', version)]),
          ),
        )
        expect(outcomes.flat().sort()).toEqual([...Array(workers - 1).fill('conflict'), 'done'])
      }
    })

    it('lets one of two creators of a record win, together with what is written beside it', async () => {
      const rounds = 30
      for (let n = 0; n < rounds; n += 1) {
        const outcomes = await Promise.all(
          shared.stores.map((store, worker) => {
            const beside = write(`b${n}/${worker}`, `beside-${n}-${worker}`, 0)
            const unit = write(`c${n}/${worker}`, `number-${n}`, 0)
            return store.commit('a', [{ ...unit, changes: [...beside.changes, ...unit.changes] }])
          }),
        )
        expect(outcomes.flat().filter((outcome) => outcome === 'done')).toHaveLength(1)
      }
      const { items } = await (shared.stores[0] as Store).list('a', 'thing', {
        index: 'all',
        equals: [],
        limit: 999,
      })
      expect(items).toHaveLength(rounds * 2)
    })

    it('answers one cause once, whoever brings it', async () => {
      for (let n = 0; n < 30; n += 1) {
        const outcomes = await Promise.all(
          shared.stores.map((store) => store.commit('a', [write(`same-${n}`, `record-${n}`, 0)])),
        )
        const dones = outcomes.flat().filter((outcome) => outcome === 'done')
        const again = outcomes.flat().filter((outcome) => typeof outcome === 'object')
        expect([dones.length, again.length]).toEqual([1, workers - 1])
      }
    })

    it('shows a reader nothing later at or below a position it has seen, with a transaction open elsewhere', async () => {
      const letGo = await shared.holdTransaction?.()
      const each = 60
      let writing = true
      const seen: number[] = []
      const read = async (store: Store) => {
        for (let after = 0; ; ) {
          const stop = !writing
          const events = await store.events('a', { after, limit: 1000 })
          seen.push(...events.map(({ position }) => position))
          after = events.at(-1)?.position ?? after
          if (stop && events.length === 0) return
        }
      }
      const writers = shared.stores.slice(1).map(async (store, worker) => {
        for (let n = 0; n < each; n += 1)
          await store.commit('a', [write(`w${worker}/${n}`, `w${worker}/${n}`, 0)])
      })
      const reading = read(shared.stores[0] as Store)
      await Promise.all(writers)
      writing = false
      await reading
      await letGo?.()
      expect(seen).toEqual(Array.from({ length: (workers - 1) * each }, (_, n) => n + 1))
    })

    it('commits batches that touch the same records in opposite order without a deadlock', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `d${n}`)
      await (shared.stores[0] as Store).commit(
        'a',
        ids.map((id) => write(`first/${id}`, id, 0)),
      )
      const outcomes = await Promise.all(
        shared.stores.map((store, worker) => {
          const order = worker % 2 === 0 ? ids : [...ids].reverse()
          return store.commit(
            'a',
            order.map((id) => write(`second/${worker}/${id}`, id, 1)),
          )
        }),
      )
      expect(outcomes.flat().filter((outcome) => outcome === 'done')).toHaveLength(ids.length)
    })

    it('does not hold up one tenant by another', async () => {
      const outcomes = await Promise.all(
        shared.stores.map((store, worker) => store.commit(`t${worker}`, [write('c', 'one', 0)])),
      )
      expect(outcomes.flat()).toEqual(Array(workers).fill('done'))
    })
  })
