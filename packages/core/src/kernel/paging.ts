import type { ReadOptions } from './reader.ts'

/** How a list is read page by page: 50 items unless told, after the `next` of the page before. */
export type Paging = ReadOptions & { readonly limit?: number; readonly after?: string }

/** What of it a query takes. */
export const page = ({ limit = 50, after }: Paging) => ({ limit, ...(after && { after }) })

/** All of a list, page by page. */
export const everyPage = async <Item>(
  list: (after?: string) => Promise<{ items: readonly Item[]; next?: string }>,
): Promise<readonly Item[]> => {
  const items: Item[] = []
  for (let after: string | undefined; ; ) {
    const found = await list(after)
    items.push(...found.items)
    if (found.next === undefined) return items
    after = found.next
  }
}
