import { type Department, departments } from './departments.ts'
import { nameOf, type Sex } from './names.ts'
import type { Random } from './prng.ts'

export interface StaffMember {
  readonly id: string
  readonly name: string
  readonly role: 'attending' | 'head' | 'call-centre' | 'outreach'
  /** Code of the department; missing for those who work for the whole hospital. */
  readonly department?: string
}

/** Everybody who works with the month's patients. */
export interface Staff {
  readonly everybody: readonly StaffMember[]
  readonly agents: readonly StaffMember[]
  readonly outreach: readonly StaffMember[]
  /** The three to eight attending doctors of a department. */
  doctorsOf(department: Department): readonly StaffMember[]
}

/** Eleven agents at the twelve seats of 96120, and an outreach team of forty. */
const size = { agents: 11, outreach: 40 }

/** Hires the hospital's staff. */
export const createStaff = (random: Random): Staff => {
  const hire = (id: string, role: StaffMember['role'], department?: string): StaffMember => {
    const name = nameOf(random, random.pick<Sex>(['M', 'F']), random.int(1965, 1996))
    return { id, name, role, ...(department !== undefined && { department }) }
  }
  const team = (prefix: string, role: StaffMember['role'], count: number, department?: string) =>
    Array.from({ length: count }, (_, at) => {
      return hire(prefix + String(at + 1).padStart(2, '0'), role, department)
    })

  const doctors = new Map(
    departments.map(({ code }) => [code, team(`D${code}`, 'attending', random.int(3, 8), code)]),
  )
  const heads = departments.map(({ code }) => hire(`H${code}`, 'head', code))
  const agents = team('A96120', 'call-centre', size.agents)
  const outreach = team('W', 'outreach', size.outreach)
  return {
    everybody: [...[...doctors.values()].flat(), ...heads, ...agents, ...outreach],
    agents,
    outreach,
    doctorsOf: ({ code }) => doctors.get(code) ?? [],
  }
}
