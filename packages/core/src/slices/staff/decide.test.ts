import { describe, expect, it } from 'vitest'
import { policy, sealed, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { staffMember } from './index.ts'
import { Staff, type StaffEvent } from './schema.ts'

const given = specify(staffMember, { now: start, policy: policy() })

const name = sealed('name', '李娜')
const enrolled: StaffEvent = {
  type: 'staff.enrolled',
  name,
  roles: ['attending'],
  department: 'cardio',
}
const leave = { from: '2026-03-05', until: '2026-03-08', substitute: 'wang' }
const granted: StaffEvent = { type: 'staff.leave-granted', ...leave }
const departed: StaffEvent = { type: 'staff.departed' }
const unit: StaffEvent = { type: 'staff.unit-defined', kind: 'department', name: '心内科' }

describe('a unit', () => {
  it('is defined, and defined anew', () => {
    const define = { type: 'define-unit', unit: 'cardio', kind: 'department', name: '心内科' }
    given().when(define).gives(unit)
    given(unit)
      .when({ ...define, head: 'li', parent: 'north' })
      .gives({ ...unit, head: 'li', parent: 'north' })
  })

  it('that turns up in a feed is known by its name there, or by its code', () => {
    const meet = { type: 'meet-unit', unit: 'cardio', kind: 'department' }
    given()
      .when({ ...meet, name: '心内科' })
      .gives(unit)
    given()
      .when(meet)
      .gives({ ...unit, name: 'cardio' })
  })

  it('that is known already is not renamed by a feed', () => {
    given(unit).when({ type: 'meet-unit', unit: 'cardio', kind: 'team', name: 'x' }).givesNothing()
  })
})

describe('a member of the staff', () => {
  const enrol = { type: 'enrol', staff: 'li', name, roles: ['attending'], department: 'cardio' }

  it('is enrolled, and later only what is said changes', () => {
    given().when(enrol).gives(enrolled)
    given(enrolled)
      .when({ type: 'enrol', staff: 'li', channel: 'sms' })
      .gives({ type: 'staff.details-changed', channel: 'sms' })
    const changed = staffMember.evolve(staffMember.evolve({ status: 'none' }, enrolled), {
      type: 'staff.details-changed',
      channel: 'sms',
    })
    expect(changed).toMatchObject({ name, department: 'cardio', channel: 'sms' })
  })

  it('of whom nothing is said does not change', () => {
    given(enrolled).when({ type: 'enrol', staff: 'li' }).givesNothing()
  })

  it('that turns up in a feed is enrolled once and never changed by it', () => {
    const meet = { type: 'meet', staff: 'li', role: 'attending', department: 'cardio', name }
    given()
      .when(meet)
      .gives({ type: 'staff.enrolled', roles: ['attending'], name, department: 'cardio' })
    given(enrolled)
      .when({ ...meet, department: 'eye' })
      .givesNothing()
    given(enrolled, departed).when(meet).givesNothing()
  })

  it('comes back after having left', () => {
    given(enrolled, departed).when(enrol).gives(enrolled)
  })

  it('leaves once, and says who takes over', () => {
    given(enrolled)
      .when({ type: 'depart', staff: 'li', successor: 'wang' })
      .gives({ type: 'staff.departed', successor: 'wang' })
    given(enrolled, departed).when({ type: 'depart', staff: 'li' }).givesNothing()
  })

  it('does not take over from themselves', () => {
    given(enrolled)
      .when({ type: 'depart', staff: 'li', successor: 'li' })
      .refuses('staff.substitutes-themselves')
  })

  it.each([
    { type: 'grant-leave', staff: 'li', ...leave },
    { type: 'revoke-leave', staff: 'li', from: '2026-03-05' },
    { type: 'depart', staff: 'li' },
  ])('must be known to $type', (command) => {
    given().when(command).refuses('staff.unknown')
    given(unit).when(command).refuses('staff.unknown')
  })

  it.each([
    { type: 'grant-leave', staff: 'li', ...leave },
    { type: 'revoke-leave', staff: 'li', from: '2026-03-05' },
  ])('who has left is not known to $type', (command) => {
    given(enrolled, departed).when(command).refuses('staff.unknown')
  })

  it('and a unit are never the same record', () => {
    given(unit).when(enrol).refuses('staff.unknown')
    given(enrolled)
      .when({ type: 'define-unit', unit: 'x', kind: 'team', name: 'x' })
      .refuses('staff.unknown')
  })
})

describe('leave', () => {
  const grant = { type: 'grant-leave', staff: 'li', ...leave }

  it('is granted over whole days, one day included', () => {
    given(enrolled).when(grant).gives(granted)
    given(enrolled)
      .when({ ...grant, until: leave.from })
      .gives({ ...granted, until: leave.from })
  })

  it('begins before it ends', () => {
    given(enrolled)
      .when({ ...grant, until: '2026-03-04' })
      .refuses('staff.leave-ends-before-it-begins')
  })

  it('needs another to stand in', () => {
    given(enrolled)
      .when({ ...grant, substitute: 'li' })
      .refuses('staff.substitutes-themselves')
  })

  it.each([
    ['2026-03-01', '2026-03-05'],
    ['2026-03-08', '2026-03-20'],
    ['2026-03-06', '2026-03-07'],
    ['2026-03-01', '2026-03-20'],
  ])('does not overlap other leave: %s to %s', (from, until) => {
    given(enrolled, granted)
      .when({ ...grant, from, until })
      .refuses('staff.already-on-leave')
  })

  it('may follow other leave at once', () => {
    given(enrolled, granted)
      .when({ ...grant, from: '2026-03-09', until: '2026-03-10' })
      .gives({ ...granted, from: '2026-03-09', until: '2026-03-10' })
  })

  it('is taken back by its first day, and can be granted again', () => {
    const revoked: StaffEvent = { type: 'staff.leave-revoked', from: leave.from }
    given(enrolled, granted)
      .when({ type: 'revoke-leave', staff: 'li', from: leave.from })
      .gives(revoked)
    given(enrolled, granted, revoked).when(grant).gives(granted)
    given(enrolled, granted)
      .when({ type: 'revoke-leave', staff: 'li', from: '2026-03-06' })
      .refuses('staff.no-such-leave')
  })
})

describe('the register', () => {
  it('finds members by role and department, and nobody who has left', () => {
    const member = staffMember.evolve({ status: 'none' }, enrolled)
    expect(staffMember.entries?.(member, 'li')).toEqual([
      { index: 'department', equals: ['cardio'], order: 'li' },
      { index: 'role', equals: ['attending'], order: 'li' },
    ])
    const gone = staffMember.evolve(member, departed)
    expect(Staff.parse(gone)).toMatchObject({ status: 'departed' })
    expect(staffMember.entries?.(gone, 'li')).toEqual([])
  })
})
