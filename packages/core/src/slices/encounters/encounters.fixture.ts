import { policy, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { encounter } from './index.ts'
import type { EncounterEvent } from './schema.ts'

const person = (id: string, state: object = { status: 'person' }) => ({
  key: { kind: 'patient', id },
  state,
})

/** Persons `p` and `x`, `old` who became `p`, and `gone` whose data is destroyed. */
export const others = [
  person('p'),
  person('x'),
  person('old', { status: 'merged', into: 'older' }),
  person('older', { status: 'merged', into: 'p' }),
  person('gone', { status: 'erased' }),
]

export const given = specify(encounter, { now: start, policy: policy(), others })

/** An hour of 1 March 2026, UTC. */
export const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`

export const stay = { patient: 'p', class: 'inpatient' as const }
export const about = { visit: 'v', patient: 'p' }

export const opened = (said: object = {}): EncounterEvent => ({
  type: 'encounter.opened',
  patient: 'p',
  ...said,
})
export const changed = (said: object): EncounterEvent => ({
  type: 'encounter.details-changed',
  ...said,
})
export const admitted = (hour: number, said: object = {}): EncounterEvent => ({
  type: 'encounter.admitted',
  ...stay,
  at: at(hour),
  ...said,
})
export const discharged = (hour: number, said: object = {}): EncounterEvent => ({
  type: 'encounter.discharged',
  ...stay,
  at: at(hour),
  ...said,
})
export const corrected = (before: number, hour: number, said: object = {}): EncounterEvent => ({
  type: 'encounter.discharge-corrected',
  ...stay,
  before: at(before),
  at: at(hour),
  ...said,
})
export const dischargeCancelled = (
  hour: number,
  undone?: number,
  said: object = {},
): EncounterEvent => ({
  type: 'encounter.discharge-cancelled',
  ...stay,
  at: at(hour),
  ...(undone !== undefined && { undone: at(undone) }),
  ...said,
})
export const admissionCancelled = (hour: number): EncounterEvent => ({
  type: 'encounter.admission-cancelled',
  ...stay,
  at: at(hour),
})

export const admit = (hour: number, said: object = {}) => ({
  type: 'admit',
  ...about,
  at: at(hour),
  ...said,
})
export const transfer = (hour: number, said: object) => ({
  type: 'transfer',
  ...about,
  at: at(hour),
  ...said,
})
export const update = (said: object) => ({ type: 'update', ...about, ...said })
export const discharge = (hour: number, said: object = {}) => ({
  type: 'discharge',
  ...about,
  at: at(hour),
  ...said,
})
export const cancelDischarge = (hour: number, said: object = {}) => ({
  type: 'cancel-discharge',
  ...about,
  at: at(hour),
  ...said,
})
export const cancelAdmission = (hour: number, said: object = {}) => ({
  type: 'cancel-admission',
  ...about,
  at: at(hour),
  ...said,
})

/** Admitted at eight and discharged at twelve. */
export const leftAtTwelve = [opened({ admittedAt: at(8) }), admitted(8), discharged(12)]
