import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Staff, StaffEvent } from './schema.ts'

type Member = Extract<Staff, { status: 'member' | 'departed' }>

const asMember = (staff: Staff, change: (member: Member) => void): Staff =>
  produce(staff, (draft) => {
    if (draft.status === 'member' || draft.status === 'departed') change(draft)
  })

export const evolve = (staff: Staff, event: StaffEvent): Staff =>
  match(event)
    .returnType<Staff>()
    .with({ type: 'staff.unit-defined' }, ({ type: _, ...unit }) => ({ status: 'unit', ...unit }))
    .with({ type: 'staff.enrolled' }, ({ type: _, roles = [], ...known }) => ({
      status: 'member',
      ...known,
      roles,
      leave: [],
    }))
    .with({ type: 'staff.details-changed' }, ({ type: _, ...known }) =>
      asMember(staff, (member) => void Object.assign(member, known)),
    )
    .with({ type: 'staff.leave-granted' }, ({ type: _, ...granted }) =>
      asMember(staff, ({ leave }) => void leave.push(granted)),
    )
    .with({ type: 'staff.leave-revoked' }, ({ from }) =>
      asMember(staff, (member) => {
        member.leave = member.leave.filter((leave) => leave.from !== from)
      }),
    )
    .with({ type: 'staff.departed' }, () =>
      asMember(staff, (member) => {
        member.status = 'departed'
      }),
    )
    .exhaustive()
