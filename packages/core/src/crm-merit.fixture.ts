import {
  type AttributedVisit,
  type AttributionFacts,
  AttributionRules,
  attribute,
  type Charge,
  type PayeeTerm,
  type PersonLink,
  type Touch,
} from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { line, type MarketingHospital, marketingHospital } from './crm-referrals.fixture.ts'
import { mr, zone } from './hospital.fixture.ts'
import { linked } from './kernel/links.ts'
import { localDay } from './kernel/local-day.ts'
import type { Sealed } from './kernel/personal.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Attribution, AttributionEvent } from './slices/attributions/schema.ts'
import type { Charged } from './slices/charges/schema.ts'
import type { Encounter } from './slices/encounters/schema.ts'
import type { Partner } from './slices/partners/schema.ts'
import type { Patient } from './slices/patients/schema.ts'
import type { Referral } from './slices/referrals/schema.ts'
import type { Staff } from './slices/staff/schema.ts'

const hour = 60
const day = 24 * hour

/** Evidence that is soon good, and soon no more. */
export const evidence = AttributionRules.parse({
  id: 'law',
  version: 1,
  evidence: [
    {
      ...{ kind: 'slip', class: 1, timing: 'at-visit', windowDays: 10 },
      ...{ confirmedBy: ['registration-desk'], singleUse: true },
    },
    { kind: 'call-ahead', class: 2, timing: 'before-visit', windowDays: 10 },
    { kind: 'partner-card', class: 3, timing: 'at-visit', windowDays: 5 },
  ],
  bindMonths: 1,
})

/** One step of a history: minutes that pass before it, and what then happens, seen from the clock. */
interface Step {
  readonly pass: number
  readonly does: Happening
}
type Happening =
  | {
      type: 'touch'
      who: number
      by: number
      kind: number
      ago: number
      number: number
      visit: number | null
    }
  | { type: 'confirm'; touch: number; desk: number; visit: number | null }
  | { type: 'withdraw'; touch: number; because: number }
  | { type: 'admit' | 'cancel' | 'discharge'; visit: number; ago: number }
  | { type: 'charge'; visit: number; amount: number }
  | { type: 'merge'; who: number; other: number }
  | { type: 'phone'; who: number; phone: number }
  | { type: 'dispute' | 'close'; visit: number; role: number }
  | { type: 'rule'; visit: number; role: number; touch: number | null }
  | { type: 'depart'; by: number }
  | { type: 'end'; partner: number }
  | { type: 'contact'; partner: number; phone: number }

const persons = 3
const visits = 4
const small = (max: number) => fc.nat({ max })
const is = <Type extends string>(...types: Type[]) => ({ type: fc.constantFrom(...types) })
const shown = fc.oneof(fc.constant(null), fc.constant(null), small(visits))
const ago = fc.oneof(small(6 * hour), small(2 * day), small(20 * day))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...is('touch'),
      ...{ who: small(persons - 1), by: small(5), kind: small(2), ago, number: small(3) },
      visit: shown,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ ...is('confirm'), touch: small(9), desk: small(1), visit: shown }),
  },
  { weight: 2, arbitrary: fc.record({ ...is('withdraw'), touch: small(9), because: small(1) }) },
  { weight: 5, arbitrary: fc.record({ ...is('admit'), visit: small(visits), ago }) },
  { weight: 2, arbitrary: fc.record({ ...is('cancel', 'discharge'), visit: small(visits), ago }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...is('charge'),
      visit: small(visits),
      amount: fc.integer({ min: -500, max: 1000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ ...is('merge'), who: small(persons - 1), other: small(persons - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('phone'), who: small(persons - 1), phone: small(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({ ...is('dispute', 'close'), visit: small(visits), role: small(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...is('rule'),
      ...{ visit: small(visits), role: small(1), touch: fc.option(small(9)) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('depart'), by: small(1) }) },
  { weight: 1, arbitrary: fc.record({ ...is('end'), partner: small(1) }) },
  { weight: 2, arbitrary: fc.record({ ...is('contact'), partner: small(1), phone: small(3) }) },
)

/** What may happen to persons, those who bring them, and their visits. */
export const histories = (happenings = happening): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ pass: small(8 * hour), does: happenings }), {
    ...{ minLength: 20, maxLength: 45, size: 'max' },
  })

/** Without what somebody says by hand, which is told where it is decided. */
export const undisputed = () =>
  histories(happening.filter(({ type }) => !['dispute', 'close', 'rule'].includes(type)))

const kinds = ['slip', 'call-ahead', 'partner-card']
const desks = ['registration-desk', 'operations']
const roles = ['rep', 'partner'] as const
const brought = [
  ...[{ rep: 'chen' }, { rep: 'wu' }, { partner: 'firm' }, { partner: 'broker' }],
  ...[
    { rep: 'chen', partner: 'firm' },
    { rep: 'wu', partner: 'broker' },
  ],
]
const partners = ['firm', 'broker']
const phoneOf = (nth: number) => `1540000700${nth}`

/** Somebody who rules; two of them are needed. */
const judges = [{ role: 'judge', may: ['attribution.*'] }]

/** Lives through a history; what is refused on the way changes nothing. */
export const liveThrough = async (steps: readonly Step[]) => {
  const made = await marketingHospital({ pack: { access: judges, attribution: evidence } })
  const { crm, clock } = made
  await crm.staff.enrol('wu', { roles: ['marketing'], phone: phoneOf(0) })
  const ids: string[] = []
  for (let nth = 0; nth < persons; nth += 1) {
    const said = { identifiers: [mr(`${nth}`)], name: `name ${nth}`, phones: [phoneOf(nth)] }
    ids.push((await crm.patients.register(said)).id)
  }
  const touches: string[] = []
  const idOf = (who: number) => ids[who % persons] ?? ''
  const visitOf = (nth: number) => `V${nth}`
  const patientOf = (nth: number) => idOf(nth)
  const before = (minutes: number) =>
    new Date(clock.now().getTime() - minutes * 60_000).toISOString()
  const as = (id: string) => crm.for({ actor: { id, roles: ['judge'] } }).attributions
  let charges = 0

  const happen = async (does: Happening): Promise<unknown> => {
    switch (does.type) {
      case 'touch': {
        const { who, by, kind, number, visit } = does
        const { id } = await crm.referrals.record({
          ...{ kind: kinds[kind] ?? '', patient: idOf(who), at: before(does.ago) },
          ...brought[by],
          ...(kind === 0 && { number: `S${number}` }),
          ...(visit !== null && { visit: visitOf(visit) }),
        })
        return touches.push(id)
      }
      case 'confirm': {
        const touch = touches[does.touch % touches.length] ?? ''
        const at = does.visit === null ? {} : { visit: visitOf(does.visit) }
        return crm.referrals.confirm(touch, { desk: desks[does.desk] ?? '', ...at })
      }
      case 'withdraw':
        return crm.referrals.withdraw(touches[does.touch % touches.length] ?? '', {
          because: does.because === 0 ? 'mistaken' : 'untrue',
        })
      case 'admit':
      case 'cancel':
      case 'discharge': {
        const said = { patient: patientOf(does.visit), at: before(does.ago) }
        const visit = visitOf(does.visit)
        if (does.type === 'admit') return crm.encounters.admit(visit, said)
        return does.type === 'cancel'
          ? crm.encounters.cancelAdmission(visit, said)
          : crm.encounters.discharge(visit, said)
      }
      case 'charge':
        charges += 1
        return crm.charges.post(visitOf(does.visit), [line(`c${charges}`, does.amount)])
      case 'merge':
        await crm.patients.proposeMatch(idOf(does.who), idOf(does.other))
        return crm.patients.confirmMatch(idOf(does.who), idOf(does.other))
      case 'phone':
        return crm.patients.register({ patient: idOf(does.who), phones: [phoneOf(does.phone)] })
      case 'dispute':
        return as('zhao').dispute(visitOf(does.visit), roles[does.role] ?? 'rep')
      case 'close':
        return as('zhao').closeDispute(visitOf(does.visit), roles[does.role] ?? 'rep')
      case 'rule': {
        const touch = does.touch === null ? null : (touches[does.touch % touches.length] ?? '')
        const [visit, role] = [visitOf(does.visit), roles[does.role] ?? 'rep'] as const
        await as('zhao').proposeRuling(visit, role, { touch, because: 'x' })
        return as('qian').confirmRuling(visit, role)
      }
      case 'depart':
        return crm.staff.depart(does.by === 0 ? 'chen' : 'wu')
      case 'end':
        return crm.partners.end(
          partners[does.partner] ?? '',
          clock.now().toISOString().slice(0, 10),
        )
      case 'contact':
        return crm.partners.nameContact(partners[does.partner] ?? '', `c${does.phone}`, {
          phones: [phoneOf(does.phone)],
        })
    }
  }

  for (const { pass, does } of steps) {
    clock.pass(pass * 60)
    try {
      await happen(does)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return made
}

const wordsOf = (values: readonly (Sealed | undefined)[]) =>
  values.flatMap((value) => value?.words ?? [])

/** Everything on record, gathered at once: what the rules have to say of it is what each record must say. */
export const wholeOf = async ({ store, clock }: MarketingHospital) => {
  const log = await store.log('main')
  const of = <State>(kind: string) => [...store.recordsOf(kind)] as [string, State][]
  const people = new Map(of<Patient>('patient'))
  const survivorOf = (id: string) => linked(id, (each) => people.get(each)).at(-1) ?? id
  const links = [...people].flatMap(([person, state]): PersonLink[] =>
    state.status === 'merged'
      ? [{ person, patient: state.into, at: '2026-01-01T00:00:00.000Z' }]
      : [],
  )
  const touches = of<Referral>('referral').flatMap(([id, state]): Touch[] => {
    if (state.status !== 'touch') return []
    const { patient: person, kind, rep, partner, at, recordedAt, visit } = state
    const { number, withdrawn, confirmations } = state
    return [
      {
        ...{ id, kind, person, at, recordedAt },
        ...(rep !== undefined && { rep }),
        ...(partner !== undefined && { partner }),
        ...(visit !== undefined && { visit }),
        ...(number && withdrawn?.because !== 'mistaken' && { number: number.record }),
        ...(withdrawn && { withdrawnAt: withdrawn.at }),
        confirmations: confirmations.map((each) => ({ by: each.by, at: each.at })),
      },
    ]
  })
  const visitFacts = of<Encounter>('encounter').flatMap(([id, state]): AttributedVisit[] => {
    if (state.status === 'none') return []
    const { patient, admittedAt, dischargedAt, cancelledAt, status } = state
    const registeredAt = admittedAt ?? dischargedAt ?? cancelledAt
    const person = people.get(survivorOf(patient))
    if (registeredAt === undefined || person?.status !== 'person') return []
    const { phones = [], identifiers } = person
    const identities = wordsOf([...phones, ...identifiers.map(({ value }) => value)])
    const ended = status === 'cancelled' && cancelledAt !== undefined ? { cancelledAt } : {}
    return [{ id, patient, registeredAt, identities, ...ended }]
  })
  const lastDay = new Map(
    log.flatMap(({ type, key, at }) =>
      type === 'staff.departed' ? [[key.id, localDay(zone, at)]] : [],
    ) as [string, string][],
  )
  const payees: PayeeTerm[] = [
    ...of<Staff>('staff').flatMap(([id, state]): PayeeTerm[] => {
      if (state.status === 'none' || state.status === 'unit') return []
      const to = lastDay.get(id)
      const until = to === undefined ? {} : { to }
      return [{ id, from: '1900-01-01', identities: wordsOf([state.phone]), ...until }]
    }),
    ...of<Partner>('partner').flatMap(([id, state]): PayeeTerm[] => {
      if (state.status !== 'partner') return []
      const contacts = Object.values(state.contacts)
      const values = contacts.flatMap(({ phones = [], identifier }) => [...phones, identifier])
      const until = state.endedOn === undefined ? {} : { to: state.endedOn }
      return [{ id, from: state.since, identities: wordsOf(values), ...until }]
    }),
  ]
  const told = <Type extends AttributionEvent['type']>(type: Type) =>
    log.flatMap((event) =>
      event.type === type
        ? [event.data as unknown as Omit<Extract<AttributionEvent, { type: Type }>, 'type'>]
        : [],
    )
  const closed = told('attribution.dispute-closed')
  const disputes = told('attribution.disputed').map(({ dispute }) => {
    const { id, visit, role, raisedAt } = dispute
    const end = closed.find(
      (each) => each.visit === visit && each.role === role && each.at >= raisedAt,
    )
    return { id, visit, role, raisedAt, ...(end && { closedAt: end.at }) }
  })
  const rulings = told('attribution.ruled').map(({ ruling }) => ({ ...ruling, because: ruling.id }))
  const facts: AttributionFacts = {
    ...{ touches, visits: visitFacts, links, payees, disputes, rulings },
  }
  const latest = [
    clock.now().toISOString(),
    ...visitFacts.flatMap(({ registeredAt, cancelledAt = registeredAt }) => [
      registeredAt,
      cancelledAt,
    ]),
  ]
  const asOf = latest.sort().at(-1) ?? ''
  const charges = of<Charged>('charge').flatMap(([visit, state]): Charge[] =>
    state.status === 'none'
      ? []
      : state.lines.map((each) => ({ ...each, id: `${visit}/${each.id}`, visit })),
  )
  return {
    facts,
    charges,
    answer: attribute(evidence, facts, { zone, asOf }),
    decided: of<Attribution>('attribution').flatMap(([, state]) =>
      state.status === 'attributed' ? state.decided : [],
    ),
  }
}
