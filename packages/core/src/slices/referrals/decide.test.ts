import { cnStrict } from '@hospital-crm/rules'
import { describe, it } from 'vitest'
import { at, evidence } from '../../crm-referrals.fixture.ts'
import { policy, sealed } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { referral } from './index.ts'
import type { ReferralEvent } from './schema.ts'

const now = at('02', '08:00')
const others = [
  { key: { kind: 'patient', id: 'p' }, state: { status: 'person' } },
  { key: { kind: 'patient', id: 'q' }, state: { status: 'merged', into: 'p' } },
  { key: { kind: 'staff', id: 'chen' }, state: { status: 'member', roles: ['marketing'] } },
  {
    key: { kind: 'partner', id: 'firm' },
    state: { status: 'partner', payeeClass: 'enterprise', agreements: [] },
  },
]
const actor = { id: 'wu', roles: ['registration-desk'] }
const given = specify(referral, {
  ...{ now, actor, others },
  policy: policy({ attribution: evidence }),
})
const lawful = specify(referral, {
  ...{ now, actor, others },
  policy: policy({ compliance: { profile: cnStrict, staff: { marketing: 'own-marketer' } } }),
})

const number = sealed('identifier', 'zz-1')
const used = 'number:slip:w-zz-1'
const said = { kind: 'slip', partner: 'firm', at: now }
const record = { type: 'record', ...said, patient: 'p', number }
const recorded: Extract<ReferralEvent, { type: 'referral.recorded' }> = {
  ...{ type: 'referral.recorded', ...said, patient: 'p' },
  ...{ recordedAt: now, recordedBy: 'wu', gate: [] },
  needs: ['registration-desk', 'operations'],
  number: { value: number, record: used },
}
const numberUsed: ReferralEvent = { type: 'referral.number-used', touch: 'fresh' }
const confirmed = (by: string, more = {}): ReferralEvent => ({
  ...{ type: 'referral.confirmed', by, at: now, staff: 'wu' },
  ...more,
})
const withdrawn = (because: 'mistaken' | 'untrue'): ReferralEvent => ({
  ...{ type: 'referral.withdrawn', at: now, by: 'wu', because },
})
const touch = { on: 'fresh', past: [recorded] }
const taken = { on: used, past: [numberUsed] }
const confirm = { type: 'confirm', touch: 'fresh', desk: 'registration-desk' }

describe('a touch', () => {
  it('is recorded with who, when, which desks have to confirm it, and its number', () => {
    given().when(record).gives(recorded, { on: used, event: numberUsed })
  })

  it('is about whom the person has become', () => {
    const { number: _, ...plain } = record
    const { number: __, ...event } = recorded
    given()
      .when({ ...plain, patient: 'q' })
      .gives(event)
  })

  it('uses no number up that may be used again', () => {
    const kind = 'partner-card'
    given()
      .when({ ...record, kind })
      .gives({
        ...{ ...recorded, kind, needs: [] },
        number: { value: number, record: 'number:partner-card:w-zz-1' },
      })
  })

  it('with a number that another has is refused, and taken where that was a mistake', () => {
    given({ on: used, past: [{ type: 'referral.number-used', touch: 'other' }] })
      .when(record)
      .refuses('referral.number-used')
    given({
      on: used,
      past: [
        { type: 'referral.number-used', touch: 'other' },
        { type: 'referral.number-released' },
      ],
    })
      .when(record)
      .gives(recorded, { on: used, event: numberUsed })
  })

  it('is of any kind where no rules say which, with the law’s word on each payee', () => {
    const { number: _, ...plain } = record
    const { number: __, ...event } = recorded
    const { grounds } = cnStrict
    lawful()
      .when({ ...plain, kind: 'word-of-mouth', rep: 'chen' })
      .gives({
        ...{ ...event, kind: 'word-of-mouth', rep: 'chen', needs: [] },
        gate: [
          {
            ...{ role: 'rep', judgement: 'REVIEW', profile: 'cn-strict@1' },
            rule: 'own-marketer-commission',
            because:
              'the principles name all staff, so a legal opinion must say that these are not meant',
            ground: grounds['no-commission'] ?? missing(),
          },
          {
            ...{
              role: 'partner',
              judgement: 'ALLOW',
              profile: 'cn-strict@1',
              rule: 'counted-only',
            },
            because: 'counting who brought whom pays nobody',
            ground: grounds.ordinary ?? missing(),
          },
        ],
      })
  })

  it.each([
    ['referral.unknown-kind', { kind: 'dream' }],
    ['referral.in-future', { at: at('02', '08:06') }],
    ['patient.unknown', { patient: 'nobody' }],
    ['staff.unknown', { rep: 'nobody' }],
    ['partner.unknown', { partner: 'nobody' }],
  ])('is refused with %s', (code, more) => {
    given()
      .when({ ...record, ...more })
      .refuses(code)
  })
})

describe('a confirmation', () => {
  it('is kept with its desk, once, and with the visit whenever it comes', () => {
    given(touch).when(confirm).gives(confirmed('registration-desk'))
    const once = { on: 'fresh', past: [recorded, confirmed('registration-desk')] }
    given(once).when(confirm).givesNothing()
    given(once)
      .when({ ...confirm, visit: 'V1' })
      .gives(confirmed('registration-desk', { visit: 'V1' }))
  })

  it('is refused for another desk, another visit, what was withdrawn and what nobody recorded', () => {
    given(touch)
      .when({ ...confirm, desk: 'operations' })
      .refuses('referral.not-your-desk')
    const shown = confirmed('registration-desk', { visit: 'V1' })
    given({ on: 'fresh', past: [recorded, shown] })
      .when({ ...confirm, visit: 'V2' })
      .refuses('referral.other-visit')
    given({ on: 'fresh', past: [recorded, withdrawn('untrue')] })
      .when(confirm)
      .refuses('referral.withdrawn')
    given().when(confirm).refuses('referral.unknown')
    given(taken)
      .when({ ...confirm, touch: used })
      .refuses('referral.unknown')
  })

  it('is refused to whose merit it would be', () => {
    const mine = specify(referral, {
      ...{ now, others, policy: policy() },
      actor: { id: 'chen', roles: ['registration-desk'] },
    })
    mine({ on: 'fresh', past: [{ ...recorded, rep: 'chen' }] })
      .when(confirm)
      .refuses('referral.own-merit')
  })
})

describe('a withdrawal', () => {
  const withdraw = { type: 'withdraw', touch: 'fresh' }

  it('frees the number of what was a mistake, and of nothing else', () => {
    given(touch, taken)
      .when({ ...withdraw, because: 'mistaken' })
      .gives(withdrawn('mistaken'), { on: used, event: { type: 'referral.number-released' } })
    given(touch, taken)
      .when({ ...withdraw, because: 'untrue' })
      .gives(withdrawn('untrue'))
  })

  it('is made once, for one reason', () => {
    const gone = { on: 'fresh', past: [recorded, withdrawn('untrue')] }
    given(gone)
      .when({ ...withdraw, because: 'untrue' })
      .givesNothing()
    given(gone, taken)
      .when({ ...withdraw, because: 'mistaken' })
      .refuses('referral.withdrawn')
  })
})

const missing = () => {
  throw new Error('no such ground')
}
