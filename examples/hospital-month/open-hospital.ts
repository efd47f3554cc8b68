import type { Crm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Department, StaffMember } from './generator/index.ts'

/** Opens the hospital under the Xuzhou pack; the second time there is nothing to do. */
export const openHospital = async (crm: Crm, zone: string) => {
  if (await crm.hospitals.get()) return
  await crm.hospitals.open({ name: '徐州市中心医院', zone, pack: xuzhouPack }, { cause: 'open' })
}

const roleOf = (role: StaffMember['role']) => (role === 'head' ? 'department-head' : role)

/** Enrols departments with their heads, and everybody who works with patients. */
export const enrolStaff = async (
  crm: Crm,
  staff: readonly StaffMember[],
  departments: readonly Department[],
) => {
  const headOf = new Map(
    staff.flatMap(({ id, role, department }) =>
      role === 'head' && department !== undefined ? [[department, id]] : [],
    ),
  )
  for (const { code, name } of departments) {
    const head = headOf.get(code)
    const unit = { kind: 'department' as const, name, ...(head !== undefined && { head }) }
    await crm.staff.defineUnit(code, unit, { cause: `unit:${code}` })
  }
  for (const { id, name, role, department } of staff) {
    const member = { name, roles: [roleOf(role)], ...(department !== undefined && { department }) }
    await crm.staff.enrol(id, member, { cause: `staff:${id}` })
  }
}
