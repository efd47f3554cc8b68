import type { Facts } from './ours.ts'

/** What the rules of the list and of the small table look at. */
export interface Discharge {
  readonly age: number
  readonly ward: string
  readonly disposition: string
  readonly livesAlone: boolean
  readonly risk: number
  readonly admissions: number
  readonly hadSurgery: boolean
  readonly distanceKm: number
}

export const wards = [
  'medicine',
  'surgery',
  'orthopaedics',
  'maternity',
  'paediatrics',
  'cardiology',
  'neurology',
  'oncology',
  'icu',
  'rehabilitation',
] as const

export const dischargeFacts: Facts<Discharge> = {
  age: { type: 'integer', min: 0, max: 120, get: ({ age }) => age },
  ward: { type: 'string', values: wards, get: ({ ward }) => ward },
  disposition: {
    type: 'string',
    values: ['home', 'transferred', 'against-advice', 'died'],
    get: ({ disposition }) => disposition,
  },
  livesAlone: { type: 'boolean', get: ({ livesAlone }) => livesAlone },
  risk: { type: 'integer', min: 0, max: 100, get: ({ risk }) => risk },
  admissions: { type: 'integer', min: 0, get: ({ admissions }) => admissions },
  hadSurgery: { type: 'boolean', get: ({ hadSurgery }) => hadSurgery },
  distanceKm: { type: 'integer', min: 0, get: ({ distanceKm }) => distanceKm },
}

/** The same numbers on every machine. */
export const dice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % sides
  }
}

const pick = <Value>(values: readonly [Value, ...Value[]], at: number): Value =>
  values[at % values.length] ?? values[0]

/** Discharges as a hospital has them: most are ordinary, and few are far from home or in danger. */
export const dischargesOf = (count: number): readonly Discharge[] => {
  const roll = dice(96_120)
  return Array.from({ length: count }, () => ({
    age: Math.min(95, 18 + roll(40) + roll(40)),
    ward: pick(wards, Math.min(roll(10), roll(10))),
    disposition: roll(50) === 0 ? pick(['died', 'against-advice', 'transferred'], roll(3)) : 'home',
    livesAlone: roll(8) === 0,
    risk: Math.floor((roll(100) * roll(100)) / 100),
    admissions: Math.floor((roll(4) * roll(4)) / 3),
    hadSurgery: roll(5) === 0,
    distanceKm: Math.floor((roll(300) * roll(300)) / 300),
  }))
}
