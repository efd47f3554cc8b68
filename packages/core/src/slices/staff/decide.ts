import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import type { Staff, StaffCommand, StaffEvent } from './schema.ts'

export const unitId = (code: string) => `unit:${code}`

export const decide = (staff: Staff, command: StaffCommand, context: Context<Staff>) =>
  match([staff, command])
    .returnType<StaffEvent[]>()
    .with([{ status: P.union('none', 'unit') }, { type: 'define-unit' }], ([, said]) => {
      const { type: _, unit: __, ...unit } = said
      return [{ type: 'staff.unit-defined', ...unit }]
    })
    .with([{ status: 'none' }, { type: 'meet-unit' }], ([, { type: _, unit, ...said }]) => [
      { type: 'staff.unit-defined', ...said, name: said.name ?? unit },
    ])
    .with([{ status: 'none' }, { type: 'meet' }], ([, { name, role, department }]) => [
      {
        type: 'staff.enrolled',
        roles: [role],
        ...(name && { name }),
        ...(department !== undefined && { department }),
      },
    ])
    .with(
      [{ status: P.union('unit', 'member', 'departed') }, { type: P.union('meet', 'meet-unit') }],
      () => [],
    )
    .with([{ status: P.union('none', 'departed') }, { type: 'enrol' }], ([, said]) => {
      const { type: _, staff: __, ...known } = said
      return [{ type: 'staff.enrolled', ...known }]
    })
    .with([{ status: 'member' }, { type: 'enrol' }], ([, said]) => {
      const { type: _, staff: __, ...known } = said
      return Object.keys(known).length > 0 ? [{ type: 'staff.details-changed', ...known }] : []
    })
    .with([{ status: 'member' }, { type: 'grant-leave' }], ([{ leave }, asked]) => {
      const { type: _, staff: __, ...granted } = asked
      if (granted.until < granted.from) return refuse('staff.leave-ends-before-it-begins')
      if (granted.substitute === context.id) return refuse('staff.substitutes-themselves')
      const overlaps = leave.some(
        ({ from, until }) => from <= granted.until && granted.from <= until,
      )
      return overlaps
        ? refuse('staff.already-on-leave')
        : [{ type: 'staff.leave-granted', ...granted }]
    })
    .with([{ status: 'member' }, { type: 'revoke-leave' }], ([{ leave }, { from }]) =>
      leave.some((each) => each.from === from)
        ? [{ type: 'staff.leave-revoked', from }]
        : refuse('staff.no-such-leave', { from }),
    )
    .with([{ status: 'member' }, { type: 'depart' }], ([, { successor }]) => {
      if (successor === context.id) return refuse('staff.substitutes-themselves')
      return [{ type: 'staff.departed', ...(successor !== undefined && { successor }) }]
    })
    .with([{ status: 'departed' }, { type: 'depart' }], () => [])
    .with([P.any, P.any], () => refuse('staff.unknown', { staff: context.id }))
    .exhaustive()
