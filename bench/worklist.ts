import { deepStrictEqual } from 'node:assert/strict'
import { createCrm, type DayList, memoryCipher, type Services } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Bench } from './measure.ts'
import type { Database, OpenDatabase } from './yardstick/database.ts'
import { seedOpenTasks } from './yardstick/open-tasks.ts'
import { now } from './yardstick/sides.ts'

const limit = 50
const pages = 20

const openFilled = async (database: Database, tasks: number, progress: (text: string) => void) => {
  const schema = `open_${tasks}`
  const store = await database.store(schema)
  await seedOpenTasks(database, schema, tasks, progress)
  const durable = { ...memoryCipher(), durable: true }
  const crm = createCrm({ store, cipher: durable, clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  return crm
}

const pageOf = (crm: Services, after?: string): Promise<DayList> =>
  crm.views.dayList({ of: { tier: 1 }, limit, ...(after && { after }) })

/** The cursor of a page in the middle of the ten years over which the days are spread. */
const middleOf = async (crm: Services) => {
  const { next } = await crm.views.dayList({
    ...{ of: { tier: 1 }, limit },
    due: { from: '2021-03-01' },
  })
  return next ?? ''
}

const many = async (crm: Services, after?: string) => {
  for (let nth = 0; nth < pages; nth += 1) {
    const { items } = await pageOf(crm, after)
    if (items.length !== limit) throw new Error(`a page of ${items.length}`)
  }
}

/** Pages hold what they should, in order, each line once, and the one after a cursor goes on behind it. */
const check = async (crm: Services, after: string) => {
  const first = await pageOf(crm)
  const second = await pageOf(crm, first.next)
  const deep = await pageOf(crm, after)
  const lines = [first, second, deep].flatMap(({ items }) => items)
  deepStrictEqual(
    lines.map(({ due }) => due),
    lines.map(({ due }) => due).sort(),
  )
  deepStrictEqual(new Set(lines.map(({ task }) => task)).size, 3 * limit)
  if ((deep.items[0]?.due ?? '') < '2021-03-01') throw new Error('the deep page is not deep')
}

/** A page of a worklist: with ever more open tasks, ever deeper in the list, and under access rules. */
export const worklist =
  (open: OpenDatabase): Bench =>
  async ({ quick, measure, progress }) => {
    const database = await open()
    try {
      const most = quick ? 100_000 : 1_000_000
      const small = await openFilled(database, 10_000, progress)
      const large = await openFilled(database, most, progress)
      const deep = await middleOf(large)
      const pair = {
        tells: 'cost',
        goal: 1.5,
        time: 'wall',
        count: pages,
        unit: 'pages',
        check: () => check(large, deep),
      } as const
      await measure({
        ...pair,
        name: `50 of ${most.toLocaleString('en')} open tasks`,
        yardstick: '50 of 10,000',
        ours: () => many(large),
        theirs: () => many(small),
      })
      await measure({
        ...pair,
        name: `50 in the middle of ${most.toLocaleString('en')}`,
        yardstick: 'the first 50',
        ours: () => many(large, deep),
        theirs: () => many(large),
      })
      const actor = { id: 'head', roles: ['department-head'], scope: { department: ['N1', 'N2'] } }
      const head = large.for({ actor })
      await measure({
        ...pair,
        name: `50 of ${most.toLocaleString('en')} under a rule that all meet`,
        yardstick: '50 under none',
        check: async () => deepStrictEqual((await pageOf(head)).next, (await pageOf(large)).next),
        ours: () => many(head),
        theirs: () => many(large),
      })
      await small.close()
      await large.close()
    } finally {
      await database.close()
    }
  }
