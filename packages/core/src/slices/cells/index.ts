import { Cell } from '@hospital-crm/rules'
import * as z from 'zod'
import type { Door } from '../../kernel/door.ts'
import { everyPage, page } from '../../kernel/paging.ts'
import type { Slice } from '../../kernel/slice.ts'

const Nothing = z.never()

/** A sum of the statistics. Nobody commands it: it is written as the log is added up, and read by its fold. */
export const cell: Slice<Cell, never, never> = {
  name: 'cell',
  state: Cell,
  command: Nothing,
  event: Nothing,
  initial: { fold: '', measure: '', period: '0000-00', keys: {}, known: '0000-00-00', n: 0 },
  keys: () => [],
  decide: () => [],
  evolve: (state) => state,
  lists: { fold: ['fold'] },
  entries: ({ fold, period }) => [{ index: 'fold', equals: [fold], order: period }],
  attributes: ({ keys }) =>
    Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, [value]])),
}

const pageSize = 500

/** All cells of a fold in periods from one day to another, both included, that the actor may see. */
export const cellsOf = async (
  door: Door,
  {
    fold,
    from,
    to,
  }: {
    readonly fold: string
    readonly from?: string | undefined
    readonly to?: string | undefined
  },
): Promise<readonly Cell[]> => {
  const found = await everyPage((after) =>
    door.list(cell, {
      index: 'fold',
      equals: [[fold]],
      // A month's cell stands before its days.
      ...(from !== undefined && { from: from.slice(0, 7) }),
      ...(to !== undefined && { to }),
      ...page({ limit: pageSize, after }),
    }),
  )
  return found.map(({ state }) => state)
}
