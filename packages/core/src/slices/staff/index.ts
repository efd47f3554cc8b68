import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide, unitId } from './decide.ts'
import { evolve } from './evolve.ts'
import { Staff, StaffCommand, StaffEvent } from './schema.ts'

export const staffMember: Slice<Staff, StaffCommand, StaffEvent> = {
  name: 'staff',
  state: Staff,
  command: StaffCommand,
  event: StaffEvent,
  initial: { status: 'none' },
  keys: (command) => ['unit' in command ? unitId(command.unit) : command.staff],
  decide,
  evolve,
  lists: { units: ['parent'], department: ['department'], role: ['role'] },
  entries: (state, id): Entry[] => {
    if (state.status === 'unit') {
      return [{ index: 'units', equals: [state.parent ?? ''], order: id }]
    }
    if (state.status !== 'member') return []
    const { roles, department = '' } = state
    return [
      { index: 'department', equals: [department], order: id },
      ...roles.map((role) => ({ index: 'role', equals: [role], order: id })),
    ]
  },
  attributes: (state, id): Attributes =>
    state.status === 'member'
      ? { staff: [id], department: [state.department ?? ''] }
      : { staff: [id] },
  restorable: () => {},
}

type Said<Type extends StaffCommand['type']> = Input<typeof StaffCommand, Type>

export const staff = (door: Door) => ({
  /** Defines a branch, a department or a team, or defines it anew. */
  defineUnit: (unit: string, input: Omit<Said<'define-unit'>, 'unit'>, options?: CommandOptions) =>
    door.run(staffMember, { type: 'define-unit', unit, ...input }, options),

  /** Makes somebody a member of the staff, or changes what is said of them. */
  enrol: (id: string, input: Omit<Said<'enrol'>, 'staff'>, options?: CommandOptions) =>
    door.run(staffMember, { type: 'enrol', staff: id, ...input }, options),

  /** Grants leave over local days, both inclusive, with a substitute for what falls due meanwhile. */
  grantLeave: (id: string, input: Omit<Said<'grant-leave'>, 'staff'>, options?: CommandOptions) =>
    door.run(staffMember, { type: 'grant-leave', staff: id, ...input }, options),

  revokeLeave: (id: string, from: string, options?: CommandOptions) =>
    door.run(staffMember, { type: 'revoke-leave', staff: id, from }, options),

  /** Records that somebody has left, and who takes over. */
  depart: (id: string, input: Omit<Said<'depart'>, 'staff'> = {}, options?: CommandOptions) =>
    door.run(staffMember, { type: 'depart', staff: id, ...input }, options),

  get: (id: string, options?: ReadOptions) => door.get(staffMember, id, options),

  getUnit: (code: string) => door.get(staffMember, unitId(code)),

  /** Members with a role, by staff number. */
  withRole: (
    role: string,
    { limit = 100, after, ...options }: ReadOptions & { limit?: number; after?: string } = {},
  ) =>
    door.list(
      staffMember,
      { index: 'role', equals: [[role]], limit, ...(after && { after }) },
      options,
    ),
})
