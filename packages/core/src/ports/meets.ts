import type { Where } from './store.ts'

/** Whether a record of these attributes is one that `where` asks for. */
export const meets = (where: Where, attributes: readonly string[] | undefined): boolean =>
  attributes === undefined ||
  where.some((rule) => rule.every((list) => list.some((each) => attributes.includes(each))))
