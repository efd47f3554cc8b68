import * as fc from 'fast-check'
import { mr, type TestCrm, testCrm } from './hospital.fixture.ts'
import { Refusal } from './kernel/refusal.ts'

const hour = 60
const day = 24 * hour
const start = Date.parse('2026-03-02T02:00:00Z')

/** One step of a history: minutes that pass before it, and what then happens, seen from the clock. */
export interface Step {
  readonly pass: number
  readonly does: Happening
}

/** `ago`: minutes before the clock at which it happened; below nought it lies ahead. */
type Happening =
  | { type: 'discharge'; who: number; visit: number; ago: number; by: number; how: string }
  | {
      type: 'cancel-discharge' | 'cancel-admission' | 'admit'
      who: number
      visit: number
      ago: number
    }
  | { type: 'update'; who: number; visit: number; by: number; department: number }
  | {
      type: 'contact'
      visit: number
      tier: number
      role: number
      ago: number
      result: number
      note: boolean
    }
  | { type: 'assign'; visit: number; tier: number; by: number }
  | { type: 'reschedule'; visit: number; tier: number; due: number }
  | { type: 'death'; who: number; ago: number }
  | { type: 'revoke' | 'phone' | 'erase'; who: number }
  | { type: 'consent'; who: number; purpose: number; allowed: boolean }
  | { type: 'merge'; who: number; other: number }
  | { type: 'work' }

const who = fc.nat({ max: 2 })
const visit = fc.nat({ max: 3 })
const ago = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * day }) },
  { weight: 1, arbitrary: fc.integer({ min: -2 * hour, max: 20 * day }) },
)
const by = fc.nat({ max: 2 })
const is = <Type extends string>(type: Type) => ({ type: fc.constant(type) })

/** A visit with the person it belongs to, and now and then with another. */
const whose = fc
  .tuple(visit, fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: who }))
  .map(([number, off]) => ({ visit: number, who: (number + off) % 3 }))
const ofVisit = <Said>(said: fc.Arbitrary<Said>) =>
  fc.tuple(whose, said).map(([both, rest]) => ({ ...both, ...rest }))

const discharge = ofVisit(
  fc.record({ ...is('discharge'), ago, by, how: fc.constantFrom('1', '1', '1', '1', '5') }),
)

/** A call by the role of its tier, and now and then by another. */
const contact = fc
  .record({
    ...is('contact'),
    visit,
    tier: fc.nat({ max: 3 }),
    role: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: by }),
    ago: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: day }) },
      { weight: 1, arbitrary: ago },
    ),
    result: fc.nat({ max: 6 }),
    note: fc.boolean(),
  })
  .map((said) => ({ ...said, role: (Math.max(0, said.tier - 1) + said.role) % 3 }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: discharge },
  { weight: 2, arbitrary: ofVisit(fc.record({ ...is('cancel-discharge'), ago })) },
  { weight: 2, arbitrary: ofVisit(fc.record({ ...is('admit'), ago })) },
  { weight: 2, arbitrary: ofVisit(fc.record({ ...is('cancel-admission'), ago })) },
  { weight: 1, arbitrary: ofVisit(fc.record({ ...is('update'), by, department: by })) },
  { weight: 10, arbitrary: contact },
  {
    weight: 1,
    arbitrary: fc.record({ ...is('assign'), visit, tier: fc.integer({ min: 1, max: 3 }), by }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...is('reschedule'),
      visit,
      tier: fc.integer({ min: 1, max: 3 }),
      due: fc.integer({ min: -3, max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('death'), who, ago }) },
  { weight: 2, arbitrary: fc.record({ ...is('revoke'), who }) },
  { weight: 1, arbitrary: fc.record({ ...is('phone'), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...is('consent'),
      who,
      purpose: fc.nat({ max: 2 }),
      allowed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('merge'), who, other: who }) },
  { weight: 4, arbitrary: fc.record(is('work')) },
)

const step = fc.record({
  pass: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: day }),
    fc.integer({ min: 1, max: 6 * day }),
  ),
  does: happening,
})

/** Three stays that end, and what comes of them. */
export const histories = (maxLength = 24): fc.Arbitrary<Step[]> =>
  fc
    .tuple(
      fc.array(discharge, { minLength: 3, maxLength: 3 }),
      fc.array(step, { minLength: 8, maxLength, size: 'max' }),
    )
    .map(([ends, steps]) => [...ends.map((does) => ({ pass: 60, does })), ...steps])

/** A history with somebody erased in it, which no picture of follow-ups is compared after. */
export const historiesWithErasures = (maxLength = 24) =>
  fc
    .tuple(
      histories(maxLength),
      fc.array(fc.tuple(fc.nat({ max: maxLength }), who), { maxLength: 2 }),
    )
    .map(([steps, erasures]) => {
      const erase = erasures.map(
        ([place, whom]) =>
          [place, { pass: 0, does: { type: 'erase' as const, who: whom } }] as const,
      )
      return erase.reduce<Step[]>((all, [place, step]) => all.toSpliced(place, 0, step), steps)
    })

const results = [
  'completed',
  'completed',
  'completed',
  'no-answer',
  'wrong-number',
  'refused',
] as const
const roles = ['attending', 'call-centre', 'outreach'] as const
const purposes = ['*', 'clinical', 'satisfaction'] as const
const staff = ['li', 'wang', 'chen']

const happen = async (
  { crm, clock }: TestCrm,
  people: readonly string[],
  does: Happening,
  isWorked: boolean,
): Promise<unknown> => {
  const at = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000).toISOString()
  const patient = 'who' in does ? (people[does.who] ?? '') : ''
  const number = 'visit' in does ? `V${does.visit}` : ''
  const by = 'by' in does ? (staff[does.by] ?? '') : ''
  switch (does.type) {
    case 'discharge':
      return crm.encounters.discharge(number, {
        patient,
        at: at(does.ago),
        attending: by,
        disposition: does.how,
      })
    case 'cancel-discharge':
      return crm.encounters.cancelDischarge(number, { patient, at: at(does.ago) })
    case 'admit':
      return crm.encounters.admit(number, { patient, at: at(does.ago) })
    case 'cancel-admission':
      return crm.encounters.cancelAdmission(number, { patient, at: at(does.ago) })
    case 'update':
      return crm.encounters.update(number, {
        patient,
        attending: by,
        department: `D${does.department}`,
      })
    case 'contact':
      return crm.followUps.recordContact({
        visit: number,
        role: roles[does.role] ?? '',
        at: at(does.ago),
        result: results[does.result] ?? 'completed',
        ...(does.tier > 0 && { tier: does.tier }),
        ...(does.note && { note: 'as told' }),
      })
    case 'assign':
      return crm.followUps.assign({ visit: number, tier: does.tier, staff: by })
    case 'reschedule':
      return crm.followUps.reschedule({
        ...{ visit: number, tier: does.tier, because: 'patient-asked' },
        due: at(-does.due * day).slice(0, 10),
      })
    case 'death':
      return crm.patients.recordDeath(patient, { at: at(does.ago) })
    case 'revoke':
      return crm.patients.revokeDeath(patient)
    case 'phone':
      return crm.patients.register({ patient, phones: [`138${clock.now().getTime()}`] })
    case 'erase':
      return crm.patients.erase(patient, { reason: 'requested' })
    case 'consent':
      return crm.patients.recordConsent(patient, {
        purpose: purposes[does.purpose] ?? '*',
        allowed: does.allowed,
      })
    case 'merge':
      await crm.patients.proposeMatch(patient, people[does.other] ?? '')
      return crm.patients.confirmMatch(patient, people[does.other] ?? '')
    case 'work':
      return isWorked ? crm.work() : undefined
  }
}

/** Lives through a history; what is refused has not happened. `isWorked`: whether anybody works in between. */
export const liveThrough = async (steps: readonly Step[], { isWorked = true } = {}) => {
  const made = await testCrm()
  const people = []
  for (const number of ['1', '2', '3'])
    people.push(
      (
        await made.crm.patients.register({
          identifiers: [mr(number)],
          name: `name ${number}`,
          phones: ['139'],
        })
      ).id,
    )
  const refused: string[] = []
  let now = start
  for (const { pass, does } of steps) {
    now += pass * 60_000
    made.clock.set(new Date(now).toISOString())
    await happen(made, people, does, isWorked).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      refused.push(error.code)
    })
  }
  return { ...made, people, refused }
}
export type Lived = Awaited<ReturnType<typeof liveThrough>>
