import { describe, expect, it } from 'vitest'
import { type Crm, createCrm } from './create-crm.ts'
import { type Call, type Caller, calls, methodsOf } from './every-method.fixture.ts'
import {
  copyOf,
  type Filled,
  filledHospital,
  openedHospital,
  settling,
  surroundings,
  workerOf,
} from './filled-hospital.fixture.ts'

/** Methods that make something new or find no payout yet, so that their answers are alike in any hospital, and two that answer nothing. */
const alike = [
  'claims.record',
  'close',
  'door.run',
  'door.runMany',
  'feedback.receive',
  'hospitals.open',
  'hospitals.publish',
  'intakes.hear',
  'intakes.quarantine',
  'intakes.take',
  'messages.ask',
  'partners.register',
  'patients.register',
  'payees.nameAccount',
  'redrive',
  'releases.propose',
  'rewrap',
  'rounds.plan',
  'schedules.define',
  'settlements.payout',
  'spotChecks.ask',
  'staff.defineUnit',
  'subscriptions.subscribe',
  'surveys.submitAnonymously',
  'tasks.open',
  'tenants',
]

const theirs = await filledHospital({ tenant: 'theirs' })
/** A hospital of one's own: as full as theirs, under the same numbers, or just opened. */
const own: readonly (readonly [what: string, hospital: Filled])[] = [
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

/** What somebody of a tenant is told who calls with their ids and keys, and what it changes for whom. */
const told = async (call: Call, tenant: string, hospitals: readonly Filled[], isBusy = false) => {
  const { store, changed, happened } = await copyOf(...hospitals)
  const around = surroundings()
  const crm = workerOf(store, theirs, around)
  if (isBusy) await answerOf(call, 'theirs', crm, around.clock)
  const before = JSON.stringify([changed('theirs/'), await happened('theirs')])
  const answer = await answerOf(call, tenant, crm, around.clock)
  const after = JSON.stringify([changed('theirs/'), await happened('theirs')])
  const settled = settling()
  return {
    answer: settled(answer),
    own: settled([
      changed('own/'),
      (await happened('own')).map(({ position: _, ...each }) => each),
    ]),
    isUntouched: before === after,
  }
}

describe('somebody of another hospital, with the ids and keys of this one', () => {
  it('may call every method there is', () => {
    expect(Object.keys(calls).sort()).toEqual(methodsOf(createCrm()).sort())
  })

  describe.each(own)('in a %s hospital of their own', (_, hospital) => {
    it.each(Object.entries(calls))(
      '%s tells and does what it would if this hospital did not exist',
      async (_name, call) => {
        const alone = await told(call, 'own', [hospital])
        expect(await told(call, 'own', [theirs, hospital])).toEqual(alone)
        // In the same process, right after this hospital's own call under the same key.
        expect(await told(call, 'own', [theirs, hospital], true)).toEqual(alone)
      },
    )
  })

  it('would be told otherwise, were they let in', async () => {
    const [, [, hospital]] = own as [unknown, (typeof own)[number]]
    const same = []
    for (const [name, call] of Object.entries(calls)) {
      const outside = await told(call, 'own', [theirs, hospital])
      const inside = await told(call, 'theirs', [theirs, hospital])
      if (inside.answer === outside.answer) same.push(name)
    }
    expect(same.sort()).toEqual(alike)
  })
})
