import { createCrm, memoryCipher, memoryStore } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Database } from './database.ts'
import { recording } from './recording.ts'
import { createRows } from './rows.ts'
import { seed } from './seed.ts'
import { now } from './sides.ts'
import type { Template } from './template.ts'

/** No tick comes to what is stored: it is to be found by worklists only. */
const never = '9999-12-31T00:00:00.000Z'

/** The records of one patient whose three follow-ups are all open, as a crm keeps them, and how they are found. */
const learn = async () => {
  const cipher = memoryCipher()
  const recorded = recording(memoryStore(), cipher)
  const crm = createCrm({ ...recorded, clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const identifiers = [{ type: 'MR', authority: 'BENCH', value: 'M00000001' }]
  const { id: patient } = await crm.patients.register({ identifiers })
  const rowsOf = createRows()
  recorded.take().map(rowsOf)
  const discharge = { patient, at: '2026-03-01T02:00:00.000Z', attending: 'D1', department: 'N1' }
  await crm.encounters.discharge('V00000001', discharge)
  const records = recorded
    .take()
    .map(rowsOf)
    .flatMap((rows) => rows.records)
  const found = records.filter(({ key: { kind } }) => kind === 'follow-up').at(-1)
  if (!found) throw new Error('nothing was planned')
  return { patient, found }
}

type State = { readonly tasks: readonly object[] }

/** What worklists read of a record; the facts behind it would only take time to write. */
const lean = (state: State) => ({
  ...state,
  tasks: state.tasks.map((task) => ({ ...task, state: 'open', inDenominator: true })),
  ...{ facts: [], draws: [], candidates: [], wake: never },
})

export const tasksOfRecord = 3

/**
 * Fills a schema's empty tables with so many open follow-ups, three a patient, their days spread over ten
 * years; patients themselves are there without contents. Returns how many records there are.
 */
export const seedOpenTasks = async (
  database: Database,
  schema: string,
  tasks: number,
  progress: (text: string) => void,
): Promise<number> => {
  const { patient, found } = await learn()
  const entries = found.entries.map(
    ([index, equals, order]) => [index, equals, index === 'wake' ? never : order] as const,
  )
  const state = lean(found.state as unknown as State)
  const templates: Template[] = [
    {
      table: 'records',
      columns: 'kind, id, version, state, entries, attributes',
      rows: [
        ['follow-up', patient, 1, { json: state }, { json: entries }, { array: found.attributes }],
        ['patient', patient, 1, { json: {} }, { json: [] }, { array: '{}' }],
      ],
    },
    {
      table: 'entries',
      columns: 'kind, "index", equals, "order", id',
      rows: entries.map((entry) => ['follow-up', ...entry, patient]),
    },
  ]
  const records = Math.ceil(tasks / tasksOfRecord)
  await seed(database, schema, templates, records, (sofar) =>
    progress(`storing ${tasks.toLocaleString('en')} open tasks: ${sofar * tasksOfRecord}`),
  )
  return records
}
