import { afterEach, beforeEach, describe, it } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { commitCases } from './commits.ts'
import { listCases } from './lists.ts'

/** Tests of a contract that an adapter does not fulfil, by full name, and why. */
export interface Skip {
  readonly reason: string
  readonly tests: readonly string[]
}

export interface StoreContractOptions {
  /** What the suite is called in the report. */
  readonly name?: string
  readonly skip?: readonly Skip[]
}

/**
 * What every store must do, as tests. Call it in a test file with a factory of empty stores; each
 * test gets a fresh one and closes it. Concurrency cases want `storeConcurrencyContract` besides.
 */
export const storeContract = (
  create: () => Store | Promise<Store>,
  { name = 'a store', skip = [] }: StoreContractOptions = {},
) => {
  const skipped = new Set(skip.flatMap(({ tests }) => tests))
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await create()
    })
    afterEach(() => store.close())
    const suite = {
      holds: (title: string, check: () => Promise<void>) =>
        // biome-ignore lint/suspicious/noSkippedTests: a named skip, with its reason beside it
        skipped.has(title) ? it.skip(title) : it(title, check),
      store: () => store,
    }
    commitCases(suite)
    listCases(suite)
  })
}
