import { describe, expect, it } from 'vitest'
import { sealed, start } from '../../../hospital.fixture.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import type { Key } from '../../../ports/store.ts'
import { asked, claim, claimed, given, world } from '../messages.fixture.ts'
import type { Recipient } from '../schema.ts'
import { recipientKeys } from './recipient.ts'

const phone = sealed('phone', '139')
const email = sealed('email', 'li@example.org')
const [phoneKept, emailKept] = [withoutWords(phone), withoutWords(email)]
const member = (said: object = {}) => ({ status: 'member', roles: [], leave: [], ...said })
const onLeave = { leave: [{ from: '2026-03-02', until: '2026-03-03', substitute: 'wang' }] }

const goes = (to: Recipient, records: Record<string, object>, said: object, now = start) =>
  given(
    records,
    now,
  )(asked({ to, purpose: 'work' }))
    .when(claim())
    .gives(claimed({ address: undefined, channel: 'inbox', expires: minuteAfter(now), ...said }))
const minuteAfter = (now: string) => new Date(Date.parse(now) + 60_000).toISOString()

describe('a message to a member of the staff', () => {
  const to = { staff: 'li' }

  it('goes to their inbox unless they want it otherwise', () => {
    goes(to, { 'staff/li': member({ phone, email }) }, { recipient: 'staff/li' })
  })

  it('goes the way they want it', () => {
    goes(
      to,
      { 'staff/li': member({ phone, email, channel: 'sms' }) },
      {
        recipient: 'staff/li',
        channel: 'sms',
        address: phoneKept,
      },
    )
    goes(
      to,
      { 'staff/li': member({ phone, email, channel: 'email' }) },
      {
        recipient: 'staff/li',
        channel: 'email',
        address: emailKept,
      },
    )
  })

  it('goes to their inbox when they have no such address, or nobody enrolled them', () => {
    goes(to, { 'staff/li': member({ channel: 'sms' }) }, { recipient: 'staff/li' })
    goes(to, {}, { recipient: 'staff/li' })
  })

  it('goes to whoever stands in on their days of leave, the last one included', () => {
    const records = {
      'staff/li': member({ phone, channel: 'sms', ...onLeave }),
      'staff/wang': member({ email, channel: 'email' }),
    }
    const substitute = { recipient: 'staff/wang', channel: 'email', address: emailKept }
    goes(to, records, substitute)
    goes(to, records, substitute, '2026-03-03T15:59:59.000Z')
    goes(
      to,
      records,
      { recipient: 'staff/li', channel: 'sms', address: phoneKept },
      '2026-03-03T16:00:00.000Z',
    )
  })
})

describe('a message to the head of somebody’s department', () => {
  const to = { headOf: 'li' }
  const records = {
    'staff/li': member({ department: 'cardio' }),
    'staff/unit:cardio': { status: 'unit', kind: 'department', name: 'x', head: 'zhao' },
    'staff/zhao': member({ phone, channel: 'sms' }),
  }

  it('goes to the head', () => {
    goes(to, records, { recipient: 'staff/zhao', channel: 'sms', address: phoneKept })
  })

  it('goes to whoever stands in for the head', () => {
    const away = { ...records, 'staff/zhao': member(onLeave), 'staff/wang': member() }
    goes(to, away, { recipient: 'staff/wang' })
  })

  it('goes to the department’s inbox while it has no head', () => {
    const headless = {
      ...records,
      'staff/unit:cardio': { status: 'unit', kind: 'department', name: 'x' },
    }
    goes(to, headless, { recipient: 'role/department-head:cardio' })
    goes(to, { 'staff/li': member() }, { recipient: 'role/department-head:' })
    goes(to, {}, { recipient: 'role/department-head:' })
  })
})

describe('a message to a role', () => {
  it('goes to the role’s inbox', () => {
    goes({ role: 'quality-office' }, {}, { recipient: 'role/quality-office' })
  })
})

describe('the records a claim reads', () => {
  const all = (to: Recipient, records: Record<string, object>) => {
    const known = new Map(world(records).map(({ key, state }) => [`${key.kind}/${key.id}`, state]))
    const look = (key: Key) => known.get(`${key.kind}/${key.id}`)
    return recipientKeys(to, look).map(({ kind, id }) => `${kind}/${id}`)
  }

  it('are all that say where the message goes, so that a change of any of them is noticed', () => {
    expect(
      all({ patient: 'p' }, { 'patient/p': { into: 'q' }, 'patient/q': { into: 's' } }),
    ).toEqual(['patient/p', 'patient/q', 'patient/s'])
    expect(all({ staff: 'li' }, { 'staff/li': member(onLeave) })).toEqual([
      'staff/li',
      'staff/wang',
    ])
    expect(
      all(
        { headOf: 'li' },
        {
          'staff/li': member({ department: 'cardio' }),
          'staff/unit:cardio': { status: 'unit', head: 'zhao' },
          'staff/zhao': member(onLeave),
        },
      ),
    ).toEqual(['staff/li', 'staff/unit:cardio', 'staff/zhao', 'staff/wang'])
    expect(all({ role: 'x' }, {})).toEqual([])
  })
})
