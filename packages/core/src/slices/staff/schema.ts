import { Assignment } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const unit = {
  kind: z.enum(['branch', 'department', 'team']),
  name: Text,
  /** The unit this one belongs to. */
  parent: Id.optional(),
  /** Who leads it: a member of staff. */
  head: Id.optional(),
}
const membership = {
  roles: z.array(Text).max(20).optional(),
  department: Id.optional(),
  team: Id.optional(),
  branch: Id.optional(),
  /** In which stage of employment somebody is paid, and from when until when. */
  stages: z.array(Assignment).max(50).optional(),
  /** The channel by which the member wants to be told; the inbox unless said. */
  channel: Text.optional(),
}
const Leave = z.strictObject({ from: Day, until: Day, substitute: Id })

/** A member of the staff (by staff number), or a unit they work in (`unit:code`). */
export const Staff = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('unit'), ...unit }),
  z.strictObject({
    status: z.enum(['member', 'departed']),
    name: Sealed.optional(),
    phone: Sealed.optional(),
    email: Sealed.optional(),
    ...membership,
    roles: z.array(Text),
    leave: z.array(Leave),
  }),
])
export type Staff = z.infer<typeof Staff>

export const StaffCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('define-unit'), unit: Id, ...unit }),
  /** Takes what is known of a member; only what is said changes. */
  z.strictObject({
    type: z.literal('enrol'),
    staff: Id,
    name: personal(Text, { as: 'name', level: 2 }).optional(),
    phone: personal(Text, { as: 'phone', level: 3 }).optional(),
    email: personal(z.email(), { as: 'email', level: 3 }).optional(),
    ...membership,
  }),
  /** A name that turned up in a feed: makes a member of somebody unknown, and changes nobody. */
  z.strictObject({
    type: z.literal('meet'),
    staff: Id,
    name: personal(Text, { as: 'name', level: 2 }).optional(),
    role: Text,
    department: Id.optional(),
  }),
  z.strictObject({ type: z.literal('meet-unit'), unit: Id, ...unit, name: Text.optional() }),
  z.strictObject({ type: z.literal('grant-leave'), staff: Id, ...Leave.shape }),
  z.strictObject({ type: z.literal('revoke-leave'), staff: Id, from: Day }),
  z.strictObject({ type: z.literal('depart'), staff: Id, successor: Id.optional() }),
])
export type StaffCommand = z.infer<typeof StaffCommand>

const Known = {
  name: Sealed.optional(),
  phone: Sealed.optional(),
  email: Sealed.optional(),
  ...membership,
}
export const StaffEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('staff.unit-defined'), ...unit }),
  z.strictObject({ type: z.literal('staff.enrolled'), ...Known }),
  z.strictObject({ type: z.literal('staff.details-changed'), ...Known }),
  z.strictObject({ type: z.literal('staff.leave-granted'), ...Leave.shape }),
  z.strictObject({ type: z.literal('staff.leave-revoked'), from: Day }),
  z.strictObject({ type: z.literal('staff.departed'), successor: Id.optional() }),
])
export type StaffEvent = z.infer<typeof StaffEvent>
