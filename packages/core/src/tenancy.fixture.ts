import type { Crm } from './create-crm.ts'
import type { Call, Caller } from './every-method.fixture.ts'
import {
  copyOf,
  type Filled,
  filledHospital,
  openedHospital,
  settling,
  surroundings,
  watched,
  workerOf,
} from './filled-hospital.fixture.ts'
import type { Store } from './ports/store.ts'

/** The hospital whose ids and keys somebody else has. */
export const theirs = await filledHospital({ tenant: 'theirs' })
/** A hospital of one's own: as full as theirs, under the same numbers, or just opened. */
export const own: readonly (readonly [what: string, hospital: Filled])[] = [
  ['full', await filledHospital({ tenant: 'own' })],
  ['new', await openedHospital({ tenant: 'own' })],
]

const answerOf = async (call: Call, tenant: string, crm: Crm, clock: Caller['clock']) => {
  try {
    const desk = crm.for({ tenant })
    return (await call({ crm, desk, tenant, clock }, theirs.ward, 'k')) ?? null
  } catch (error) {
    return { thrown: String(error), ...(error as object) }
  }
}

/** A tree with its keys in order: a database may give them in another. */
const sorted = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (_, of) =>
      typeof of === 'object' && of !== null && !Array.isArray(of)
        ? Object.fromEntries(Object.entries(of).sort())
        : of,
    ),
  )

/** What somebody of a tenant is told who calls with their ids and keys, and what it changes for whom. */
export const told = async (
  call: Call,
  tenant: string,
  hospitals: readonly Filled[],
  { isBusy = false, filled }: { readonly isBusy?: boolean; readonly filled?: Store } = {},
) => {
  const { store, changed, happened } = await (filled
    ? watched(filled, hospitals)
    : copyOf(...hospitals))
  const around = surroundings()
  const crm = workerOf(store, theirs, around)
  if (isBusy) await answerOf(call, 'theirs', crm, around.clock)
  const before = JSON.stringify([changed('theirs/'), await happened('theirs')])
  const answer = await answerOf(call, tenant, crm, around.clock)
  const after = JSON.stringify([changed('theirs/'), await happened('theirs')])
  const settle = settling()
  const settled = (tree: unknown) => settle(sorted(tree))
  return {
    answer: settled(answer),
    own: settled([
      changed('own/'),
      // What happens in one commit comes in the order of a state's fields, which a database may change.
      (await happened('own'))
        .map(({ position: _, place: __, ...each }) => JSON.stringify(sorted(each)))
        .sort(),
    ]),
    isUntouched: before === after,
  }
}
