import type { Month } from '@hospital-crm/rules'
import type { Door } from '../../kernel/door.ts'
import { everyPage, page } from '../../kernel/paging.ts'
import { statement } from '../../slices/statements/index.ts'
import type { Frozen } from '../../slices/statements/schema.ts'

/** The frozen statements of a month, by role and payee. */
export const frozenIn = async (door: Door, month: Month): Promise<readonly Frozen[]> => {
  const found = await everyPage((after) =>
    door.list(statement, {
      ...{ index: 'month', equals: [[month]] },
      ...page({ limit: 200, ...(after !== undefined && { after }) }),
    }),
  )
  return found.flatMap(({ state }) => (state.status === 'frozen' ? [state] : []))
}
