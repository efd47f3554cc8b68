import type { Store } from '../ports/store.ts'

/** Work for one tenant, or for all of them, one after the other. */
export const createTenants = (store: Store) => {
  const names = async () => {
    const found: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await store.tenants(after, 100)
      found.push(...page)
      after = page.at(-1)
      if (after === undefined) return found
    }
  }
  const each = async (tenant: string | undefined, work: (tenant: string) => Promise<void>) => {
    for (const name of tenant === undefined ? await names() : [tenant]) await work(name)
  }
  /** What each tenant gives, added up. */
  const counted = async (tenant: string | undefined, work: (tenant: string) => Promise<number>) => {
    let count = 0
    await each(tenant, async (name) => {
      count += await work(name)
    })
    return count
  }
  return { names, each, counted }
}
