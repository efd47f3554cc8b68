import type { Store } from './ports/store.ts'

/**
 * What goes wrong with one call. `refused`: it fails before anything was done. `lost`: it was done, and
 * its answer lost. `dropped`: the same, and every call after it fails until somebody connects again.
 * `slow`: it is done only after what was to happen meanwhile.
 */
export const faults = ['refused', 'lost', 'dropped', 'slow'] as const
export type Fault = (typeof faults)[number]

export interface Failing {
  /** The number of the call that fails, from 1, or the first that commits; none when it is absent. */
  readonly call?: number | 'commit'
  readonly fault?: Fault
  readonly meanwhile?: () => Promise<unknown>
  /** The error of the driver below; one is made unless told. */
  readonly error?: Error
}

const reset = () => Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' })

/** A store whose nth call goes wrong. */
export const faultyStore = (
  inner: Store,
  { call, fault = 'refused', meanwhile, error = reset() }: Failing = {},
) => {
  let calls = 0
  let isDown = false
  const failing =
    <Args extends unknown[], T>(method: (...args: Args) => Promise<T>, name?: 'commit') =>
    async (...args: Args): Promise<T> => {
      calls += 1
      if (isDown) throw error
      if (call !== calls && (call !== name || !name)) return method(...args)
      if (fault === 'refused') throw error
      if (fault === 'slow') await meanwhile?.()
      const answer = await method(...args)
      if (fault === 'slow') return answer
      isDown = fault === 'dropped'
      throw error
    }
  const { durable, load, commit, list, events, tenants, close } = inner
  const store: Store = {
    durable,
    load: failing(load),
    commit: failing(commit, 'commit'),
    list: failing(list),
    events: failing(events),
    tenants: failing(tenants),
    close: failing(close),
  }
  return {
    store,
    calls: () => calls,
    reconnect: () => {
      isDown = false
    },
  }
}
