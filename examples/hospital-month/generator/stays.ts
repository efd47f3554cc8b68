import { day, hour, type Month, minute, startOf, weekdayOf } from './china-time.ts'
import { type Department, type Diagnosis, departments } from './departments.ts'
import { type Registration, type Registry, scattered } from './people.ts'
import type { Random } from './prng.ts'
import type { Staff, StaffMember } from './staff.ts'

/** One stay in hospital, or one visit to its clinics. */
export interface Stay {
  /** The visit number. */
  readonly visit: string
  readonly registration: Registration
  readonly department: Department
  readonly attending: StaffMember
  readonly room: string
  readonly bed: string
  readonly admittedAt: number
  readonly dischargedAt: number
  /** 离院方式. */
  readonly disposition: string
  readonly diagnosis: Diagnosis
}

/** What a stay must leave room for. */
interface Wish {
  /** Whole days of the month left after the day of discharge. */
  readonly left?: number
  readonly nights?: number
}

export interface Stays {
  /** Somebody new, who leaves in this month. */
  draw(wish?: Wish): Stay
  /** Another stay of somebody known, from an instant to some time in this month. */
  again(stay: Stay, admittedAt: number): Stay
  /** A visit of somebody known to the clinics. */
  clinic(registration: Registration, at: number): Stay
  register: Registry['register']
  registerAgain: Registry['registerAgain']
  /** A bed and doctor in another department. */
  elsewhere(stay: Stay): Stay
  /** Another doctor of the same department. */
  colleague(stay: Stay): StaffMember
}

/** 1 home, 2 another hospital, 3 community, 4 against advice, 9 other. 5, death, is planted. */
const dispositions = [
  { code: '1', weight: 930 },
  { code: '2', weight: 20 },
  { code: '3', weight: 12 },
  { code: '4', weight: 30 },
  { code: '9', weight: 8 },
]

/** Most leave in the morning after the round; the ward's clerk is there from eight to eight. */
const dischargeHours = [8, 9, 9, 9, 10, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 16, 17, 18, 19]

/** Fewer leave at the weekend. */
const weightOfDay = (localDay: string) => [0.45, 1.1, 1, 1, 1, 1.15, 0.7][weekdayOf(localDay)] ?? 1

/** Draws stays that end in a month, each with its own visit number. */
export const createStays = (
  random: Random,
  month: Month,
  staff: Staff,
  registry: Registry,
): Stays => {
  let visits = 0

  const leavingTime = (days: readonly string[]) => {
    const start = startOf(random.weighted(days, weightOfDay))
    return start + random.pick(dischargeHours) * hour + random.int(0, 59) * minute
  }

  const place = (department: Department) => ({
    department,
    attending: random.pick(staff.doctorsOf(department)),
    room: String(random.int(1, 20)).padStart(2, '0'),
    bed: String(random.int(1, 60)).padStart(2, '0'),
    diagnosis: random.pick(department.diagnoses),
  })

  const stayOf = (registration: Registration, department: Department, from: number, to: number) => {
    visits += 1
    return {
      // Far along the series, so that no visit has the digits of its patient's record.
      visit: `ZY${String(scattered(visits + 5_000_000)).padStart(7, '0')}`,
      registration,
      ...place(department),
      admittedAt: from,
      dischargedAt: to,
      disposition: random.weighted(dispositions, ({ weight }) => weight).code,
    }
  }

  const someDepartment = () => random.weighted(departments, ({ weight }) => weight)

  return {
    ...registry,
    draw: ({ left = 0, nights = 1 } = {}) => {
      const department = someDepartment()
      const dischargedAt = leavingTime(month.days.slice(0, month.days.length - left))
      const drawn = Math.round(random.logNormal(department.medianDays, 0.55))
      const length = Math.min(30, Math.max(nights, drawn))
      const midnight = dischargedAt - ((dischargedAt - month.start) % day)
      const admitted = random.chance(0.75)
        ? random.int(8 * 60, 17 * 60)
        : random.int(0, 24 * 60 - 1)
      const admittedAt = midnight - length * day + admitted * minute
      const registration = registry.register(department.whom, admittedAt)
      return stayOf(registration, department, admittedAt, dischargedAt)
    },
    again: ({ registration, department }, admittedAt) => {
      const later = month.days.filter((date) => startOf(date) > admittedAt)
      const dischargedAt = later.length > 0 ? leavingTime(later) : month.end
      return stayOf(registration, department, admittedAt, dischargedAt)
    },
    clinic: (registration, at) => {
      const visit = stayOf(registration, someDepartment(), at, at)
      return { ...visit, visit: visit.visit.replace('ZY', 'MZ') }
    },
    elsewhere: (stay) => {
      const others = departments.filter((one) => one.whom === 'anybody' && one !== stay.department)
      return { ...stay, ...place(random.pick(others)) }
    },
    colleague: ({ department, attending }) =>
      random.pick(staff.doctorsOf(department).filter((doctor) => doctor !== attending)),
  }
}
