import { describe, expect, it } from 'vitest'
import { createCrm } from './create-crm.ts'
import { calls, methodsOf } from './every-method.fixture.ts'
import { own, theirs, told } from './tenancy.fixture.ts'

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
  'receive',
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
        expect(await told(call, 'own', [theirs, hospital], { isBusy: true })).toEqual(alone)
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
