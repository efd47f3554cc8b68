import { FollowUpPlan } from '@hospital-crm/rules'
import { appointmentCalls, type Booked, fillAppointments } from './appointment-methods.fixture.ts'
import { nameOf, scriptOf } from './canary-words.fixture.ts'
import type { Crm, Services } from './create-crm.ts'
import { mr, packOf, threeTiers, zone } from './hospital.fixture.ts'
import { heard, told } from './intake.fixture.ts'
import { flow } from './kernel/flow.ts'
import type { Extension } from './kernel/parts.ts'
import { refuse } from './kernel/refusal.ts'
import { type Brought, fillPartners, merit, partnerCalls } from './partner-methods.fixture.ts'
import type { Heard } from './ports/channel.ts'
import type { IntakeOutcome } from './ports/intake-event.ts'
import { fillSettlement, pay, settlementCalls } from './settlement-methods.fixture.ts'
import { encounter } from './slices/encounters/index.ts'
import { message } from './slices/messages/index.ts'
import { patient } from './slices/patients/index.ts'
import { staffMember } from './slices/staff/index.ts'
import {
  fillSupervision,
  type Surveyed,
  supervised,
  supervisionCalls,
} from './supervision-methods.fixture.ts'
import { timeline } from './views/timeline.ts'

/** The names of all methods of a crm, as they are called: `patients.register`, `door.run`, `work`. */
export const methodsOf = (part: object, path = ''): string[] =>
  Object.entries(part).flatMap(([name, member]) => {
    if (typeof member === 'function') return [`${path}${name}`]
    return typeof member === 'object' && member !== null ? methodsOf(member, `${path}${name}.`) : []
  })

/** The days on which a test hospital is filled, and on which its methods are called. */
export const filledAt = '2026-03-02T02:00:00.000Z'
export const calledAt = '2026-03-13T02:00:00.000Z'

/** A hospital with something of everything in it: the ids by which it is reached, as its host knows them. */
export interface Ward extends Brought, Booked, Surveyed {
  /** Discharged from V1, with a note of a call, a message to come and a twin proposed. */
  readonly person: string
  readonly twin: string
  /** In the house as V2. */
  readonly guest: string
  /** Discharged from V4, and dead since. */
  readonly late: string
  /** Discharged from V5. */
  readonly leaver: string
  /** The hash of a message in quarantine, and the cause of a flow that was given up. */
  readonly hash: string
  readonly parked: string
}

/** A flow that chokes on one unit of the staff, so that something is parked. */
export const choking: Extension = {
  flows: [
    flow('chokes', 'staff.unit-defined', ({ key }) =>
      key.id === 'unit:poison' ? refuse('staff.unknown') : [],
    ),
  ],
}

/** What a person of the test hospital is called, by their number; every word of it is personal. */
export type Person = (number: string) => {
  readonly number: string
  readonly name: string
  readonly phones: readonly string[]
  readonly address: string
  readonly birthDate: string
}
export const anybody: Person = (number) => ({
  number,
  name: nameOf(number),
  phones: [`1540000${number.padStart(4, '0')}`],
  address: `${scriptOf(number).street} ${number}`,
  birthDate: '1950-01-02',
})

/** What is told of a person when they are registered. */
export const someone = (person: Person = anybody, of = '7') => {
  const { number, phones, ...said } = person(of)
  return { identifiers: [mr(number)], phones: [...phones], area: '320706', ...said }
}

const registered = async (desk: Services, person: Person, of: string) =>
  (await desk.patients.register(someone(person, of))).id

/** A message that no hospital can take: its patient leaves before they came. */
export const impossible = (person: Person) => {
  const { number, name, phones, address } = person('9')
  return told('discharged', 5, {
    person: { identifiers: [{ value: number }], name, phones, address },
    visit: {
      number: 'V9',
      admittedAt: '2026-03-02T00:00:00Z',
      dischargedAt: '2026-03-01T00:00:00Z',
    },
  })
}

/** The same as a source that thought better of it tells it. */
const possible = (person: Person) => {
  const { number, name } = person('9')
  return told('admitted', 9, { person: { identifiers: [{ value: number }], name } })
}

export interface Place {
  readonly crm: Crm
  readonly desk: Services
  readonly tenant: string
  readonly clock: { set(instant: string): void; pass(seconds: number): void }
  readonly person?: Person
  /** Runs a call whose flows are cut off, as by a crash right after its commit. */
  readonly cutOff: (call: (desk: Services) => Promise<unknown>) => Promise<void>
}

/** Home visits for half of a week's discharges, and a check of every first call. */
const drawing = FollowUpPlan.parse({
  ...threeTiers,
  tiers: threeTiers.tiers.map((tier) =>
    tier.tier === 3 ? { ...tier, sampling: { rate: 0.5 } } : tier,
  ),
})
const pack = (id: string, version = 1) =>
  packOf({
    id,
    version,
    followUp: { plan: 'three@1', plans: { 'three@1': drawing } },
    spotChecks: [{ tier: 1, rate: 1, role: 'auditor' }],
    ...merit,
    ...pay,
    ...supervised,
    territory: { withinKm: 300, regions: [{ region: 'east', areas: { '3207': 210 } }] },
  })

/** Opens a hospital, and does nothing else. */
export const found = (desk: Services, tenant: string) =>
  desk.hospitals.open({ name: `Hospital of ${tenant}`, zone, pack: pack(tenant) })

/** A team's visit of somebody at home on a day to come. */
const roundOf = (team: string, person: string) => {
  const stops = [{ patient: person, visit: 'V1', task: 'V1#1/three/2' }]
  return { day: '2026-03-24', team, region: 'east', stops }
}
const check = { visit: 'V1', generation: 1, role: 'auditor' }

/** Fills a hospital, and works for it until the day of the calls; then something is left undone of each sort. */
export const fill = async ({ crm, desk, tenant, clock, person = anybody, cutOff }: Place) => {
  clock.set(filledAt)
  await found(desk, tenant)
  const wish = { channel: 'hook', to: 'a', types: ['encounter.*', 'staff.enrolled'] }
  for (const id of ['s', 'u']) await desk.subscriptions.subscribe(id, wish)
  await desk.subscriptions.suspend('u', { reason: 'x' })
  await desk.staff.defineUnit('cardio', { kind: 'department', name: '心内科', head: 'zhao' })
  for (const id of ['li', 'zhao', 'wang']) await desk.staff.enrol(id, { department: 'cardio' })
  await desk.staff.enrol('li', { name: person('li').name, roles: ['attending'] })
  await desk.staff.grantLeave('wang', {
    from: '2026-04-01',
    until: '2026-04-05',
    substitute: 'li',
  })
  const ids = []
  for (const number of ['1', '2', '3', '4', '5']) ids.push(await registered(desk, person, number))
  const [first = '', twin = '', guest = '', late = '', leaver = ''] = ids
  const stay = { attending: 'li', department: 'cardio' }
  await desk.encounters.discharge('V1', { patient: first, at: '2026-03-02T01:00:00Z', ...stay })
  await desk.encounters.admit('V2', { patient: guest, at: '2026-03-02T01:00:00Z' })
  await desk.encounters.discharge('V4', { patient: late, at: '2026-03-02T01:00:00Z', ...stay })
  await desk.followUps.recordContact({
    visit: 'V4',
    role: 'attending',
    at: '2026-03-02T01:20:00Z',
    result: 'completed',
    by: 'li',
  })
  await desk.patients.recordDeath(late, { at: '2026-03-02T01:30:00Z' })
  await desk.patients.proposeMatch(first, twin)
  await desk.followUps.recordContact({
    visit: 'V1',
    role: 'attending',
    at: '2026-03-02T01:30:00Z',
    result: 'no-answer',
    note: `note on ${person('1').name}`,
  })
  const refused = impossible(person)
  await desk.intakes.take([refused])
  await desk.intakes.reconcile('his', '2026-03-02', [{ visit: 'V1' }])
  const boss = crm.for({ tenant, actor: { id: 'boss', roles: ['admin'] } })
  const brought = await fillPartners(desk, { person, boss, first, twin, guest })
  await fillSettlement(desk, { crm, tenant, person })
  const booked = await fillAppointments(desk, [first, twin, guest])
  const surveyed = await fillSupervision(desk, { person, patient: guest })
  await desk.staff.defineUnit('poison', { kind: 'team', name: 'Poison' })
  // A cause is tried again after 1, 4, 9 and 16 minutes, and then no more.
  for (const minutes of [1, 4, 9, 16]) {
    clock.pass(60 * minutes)
    await crm.pump(tenant)
  }
  const [parked] = await crm.parked(tenant)
  clock.set(calledAt)
  await crm.work(tenant)
  await desk.spotChecks.ask({ patient: first, ...check, tier: 2 })
  await desk.spotChecks.record('V1#1/2', {
    auditor: 'zhao',
    finding: 'confirmed',
    note: `check of ${person('1').name}`,
  })
  await desk.rounds.plan(roundOf('one', first))
  const params = { visit: 'V1', tier: 1, due: '2026-03-09' }
  const said = { purpose: 'clinical', template: 'follow-up.due', params }
  await desk.messages.ask('l', { to: { role: 'outreach' }, ...said })
  await crm.deliver(tenant)
  await desk.messages.ask('m', { to: { patient: first }, ...said })
  await desk.messages.ask('n', {
    to: { patient: first },
    ...said,
    notBefore: '2026-05-01T02:00:00Z',
  })
  await cutOff((cut) =>
    cut.encounters.discharge('V5', { patient: leaver, at: '2026-03-13T01:00:00Z', ...stay }),
  )
  const { hash } = refused.event
  return {
    person: first,
    twin,
    guest,
    late,
    leaver,
    hash,
    parked: parked?.cause ?? '',
    ...brought,
    ...booked,
    ...surveyed,
  }
}

/** Somebody who calls: a crm and its desk for one tenant. Without a tenant a crm works for all. */
export interface Caller {
  readonly crm: Crm
  readonly desk: Services
  readonly tenant?: string
  readonly clock: Place['clock']
  readonly person?: Person
}

export type Call = (caller: Caller, ward: Ward, cause: string) => Promise<unknown>

/** An answer that says stop, from whoever has these numbers. */
export const stopOf = (from: readonly string[]): Heard => {
  return { type: 'reply', key: 'r1', from, text: '退订', stop: true }
}

const plain = { open: true }
const at = '2026-03-13T01:30:00Z'
/** Three days on, when calls have come due, a week's draws are to be made and the feed has fallen silent. */
const later = '2026-03-16T02:00:00.000Z'
const period = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }
/** Every method of a crm with a call that finds something to do or to show in a ward. */
export const calls: Readonly<Record<string, Call>> = {
  'views.dayList': ({ desk }) =>
    desk.views.dayList({ day: '2026-03-13', of: { tier: 1 }, limit: 10 }, plain),
  'views.timeline': ({ desk }, { person }) => desk.views.timeline({ patient: person }, plain),
  'views.roundProposal': ({ desk }) =>
    desk.views.roundProposal({
      day: '2026-03-25',
      teams: [{ team: 'one', regions: ['east'], most: 4 }],
    }),
  'views.coverage': ({ desk }) => desk.views.coverage(period),

  'hospitals.open': ({ crm }, _, cause) =>
    crm
      .for({ tenant: 'new' })
      .hospitals.open({ name: 'New hospital', zone, pack: pack('new') }, { cause }),
  'hospitals.publish': ({ desk }, _, cause) =>
    desk.hospitals.publish({ pack: pack('test', 2) }, { cause }),
  'hospitals.get': ({ desk }) => desk.hospitals.get(),

  'staff.defineUnit': ({ desk }, _, cause) =>
    desk.staff.defineUnit('eye', { kind: 'department', name: '眼科' }, { cause }),
  'staff.enrol': ({ desk, person = anybody }, _, cause) =>
    desk.staff.enrol(
      'li',
      {
        name: person('8').name,
        phone: person('8').phones[0],
        email: 'somebody@example.org',
        channel: 'sms',
      },
      { cause },
    ),
  'staff.grantLeave': ({ desk }, _, cause) =>
    desk.staff.grantLeave(
      'li',
      { from: '2026-03-20', until: '2026-03-21', substitute: 'wang' },
      { cause },
    ),
  'staff.revokeLeave': ({ desk }, _, cause) =>
    desk.staff.revokeLeave('wang', '2026-04-01', { cause }),
  'staff.depart': ({ desk }, _, cause) => desk.staff.depart('li', { successor: 'wang' }, { cause }),
  'staff.get': ({ desk }) => desk.staff.get('li', plain),
  'staff.getUnit': ({ desk }) => desk.staff.getUnit('cardio'),
  'staff.withRole': ({ desk }) => desk.staff.withRole('attending', plain),

  'patients.register': ({ desk, person }, _, cause) =>
    desk.patients.register(someone(person), { cause }),
  'patients.recordDeath': ({ desk }, { person }, cause) =>
    desk.patients.recordDeath(person, { at }, { cause }),
  'patients.revokeDeath': ({ desk }, { late }, cause) => desk.patients.revokeDeath(late, { cause }),
  'patients.recordConsent': ({ desk }, { person }, cause) =>
    desk.patients.recordConsent(person, { purpose: '*', allowed: false }, { cause }),
  'patients.prefer': ({ desk }, { person }, cause) =>
    desk.patients.prefer(person, { muted: ['ordinary'] }, { cause }),
  'patients.proposeMatch': ({ desk }, { person, guest }, cause) =>
    desk.patients.proposeMatch(person, guest, { cause }),
  'patients.confirmMatch': ({ desk }, { person, twin }, cause) =>
    desk.patients.confirmMatch(person, twin, { cause }),
  'patients.rejectMatch': ({ desk }, { person, twin }, cause) =>
    desk.patients.rejectMatch(person, twin, { cause }),
  'patients.erase': ({ desk }, { person }, cause) =>
    desk.patients.erase(person, { reason: 'requested' }, { cause }),
  'patients.get': ({ desk }, { person }) => desk.patients.get(person, plain),
  'patients.find': ({ desk, person = anybody }) =>
    desk.patients.find({ name: person('1').name }, plain),
  'patients.matches': ({ desk }) => desk.patients.matches(plain),

  'encounters.admit': ({ desk }, { person }, cause) =>
    desk.encounters.admit('V3', { patient: person, at }, { cause }),
  'encounters.transfer': ({ desk }, { guest }, cause) =>
    desk.encounters.transfer('V2', { patient: guest, at, department: 'cardio' }, { cause }),
  'encounters.update': ({ desk }, { person }, cause) =>
    desk.encounters.update('V1', { patient: person, department: 'eye' }, { cause }),
  'encounters.discharge': ({ desk }, { guest }, cause) =>
    desk.encounters.discharge('V2', { patient: guest, at, attending: 'li' }, { cause }),
  'encounters.cancelDischarge': ({ desk }, { person }, cause) =>
    desk.encounters.cancelDischarge('V1', { patient: person, at }, { cause }),
  'encounters.cancelAdmission': ({ desk }, { guest }, cause) =>
    desk.encounters.cancelAdmission('V2', { patient: guest, at }, { cause }),
  'encounters.get': ({ desk }) => desk.encounters.get('V1'),
  'encounters.getMany': ({ desk }) => desk.encounters.getMany(['V1', 'V2']),
  'encounters.ofPatient': ({ desk }, { person }) => desk.encounters.ofPatient(person),

  'followUps.recordContact': ({ desk, person = anybody }, _, cause) =>
    desk.followUps.recordContact(
      { visit: 'V1', role: 'attending', at, result: 'completed', note: person('8').address },
      { cause },
    ),
  'followUps.recordContacts': ({ desk }, _, cause) =>
    desk.followUps.recordContacts([
      { visit: 'V1', role: 'attending', at, result: 'completed', cause },
      { visit: 'V9', role: 'attending', at, result: 'completed', cause: `${cause}'` },
    ]),
  'followUps.assign': ({ desk }, _, cause) =>
    desk.followUps.assign({ visit: 'V1', tier: 2, staff: 'wang' }, { cause }),
  'followUps.assignMany': ({ desk }, _, cause) =>
    desk.followUps.assignMany([{ visit: 'V1', tier: 2, staff: 'wang', cause }]),
  'followUps.reschedule': ({ desk }, _, cause) =>
    desk.followUps.reschedule(
      { visit: 'V1', tier: 2, due: '2026-03-25', because: 'patient-asked' },
      { cause },
    ),
  'followUps.rescheduleMany': ({ desk }, _, cause) =>
    desk.followUps.rescheduleMany([
      { visit: 'V1', tier: 2, due: '2026-03-25', because: 'patient-asked', cause },
    ]),
  'followUps.handOver': ({ desk }, _, cause) =>
    desk.followUps.handOver({ from: 'li', to: 'wang' }, { cause }),
  'followUps.of': ({ desk }, { person }) => desk.followUps.of(person, plain),
  'followUps.list': ({ desk }) => desk.followUps.list(plain),
  'followUps.explain': ({ desk }, { person }) => desk.followUps.explain(person, 'V1#1/three/1'),

  'draws.get': ({ desk }) => desk.draws.get({ plan: 'three', tier: 3, frame: '2026-W10' }),
  'draws.list': ({ desk }) => desk.draws.list({ plan: 'three', tier: 3 }),

  'spotChecks.ask': ({ desk }, { person }, cause) =>
    desk.spotChecks.ask({ patient: person, ...check, tier: 3 }, { cause }),
  'spotChecks.record': ({ desk, person = anybody }, _, cause) =>
    desk.spotChecks.record(
      'V4#1/1',
      { auditor: 'zhao', finding: 'failed', note: person('8').name },
      { cause },
    ),
  'spotChecks.get': ({ desk }) => desk.spotChecks.get('V1#1/2', plain),
  'spotChecks.open': ({ desk }) => desk.spotChecks.open('auditor', plain),
  'spotChecks.found': ({ desk }) => desk.spotChecks.found('confirmed', plain),

  'rounds.plan': ({ desk }, { person }, cause) =>
    desk.rounds.plan(roundOf('two', person), { cause }),
  'rounds.cancel': ({ desk }, _, cause) =>
    desk.rounds.cancel({ day: '2026-03-24', team: 'one' }, { cause }),
  'rounds.get': ({ desk }) => desk.rounds.get('2026-03-24', 'one'),
  'rounds.list': ({ desk }) => desk.rounds.list({ from: '2026-03-01', to: '2026-03-31' }),

  'messages.ask': ({ desk }, { person }, cause) =>
    desk.messages.ask(
      'o',
      {
        to: { patient: person },
        purpose: 'clinical',
        template: 'follow-up.due',
        params: { visit: 'V1', tier: 2, due: '2026-03-16' },
      },
      { cause },
    ),
  'messages.cancel': ({ desk }, _, cause) =>
    desk.messages.cancel('n', { reason: 'not-needed' }, { cause }),
  'messages.recordReceipt': ({ desk }, _, cause) =>
    desk.messages.recordReceipt('l', { arrived: false, code: 'returned' }, { cause }),
  'messages.hear': ({ desk, person = anybody }) =>
    desk.messages.hear('sms', [stopOf(person('1').phones)]),
  'messages.get': ({ desk }) => desk.messages.get('m', plain),
  'messages.to': ({ desk }) => desk.messages.to('staff/li', plain),

  'subscriptions.subscribe': ({ desk }, _, cause) =>
    desk.subscriptions.subscribe('t', { channel: 'hook', to: 'b', types: ['*'] }, { cause }),
  'subscriptions.suspend': ({ desk }, _, cause) =>
    desk.subscriptions.suspend('s', { reason: 'x' }, { cause }),
  'subscriptions.resume': ({ desk }, _, cause) => desk.subscriptions.resume('u', { cause }),
  'subscriptions.end': ({ desk }, _, cause) => desk.subscriptions.end('s', { cause }),
  'subscriptions.get': ({ desk }) => desk.subscriptions.get('s'),
  'subscriptions.list': ({ desk }) => desk.subscriptions.list('live'),

  'intakes.hear': ({ desk }, _, cause) => desk.intakes.hear({ source: 'lis', at }, { cause }),
  'intakes.quarantine': ({ desk, person = anybody }, _, cause) =>
    desk.intakes.quarantine(
      {
        source: 'lis',
        hash: 'h',
        code: 'x',
        raw: btoa(encodeURIComponent(person('8').name)),
        numbers: [person('8').number],
      },
      { cause },
    ),
  'intakes.settle': ({ desk }, { hash }, cause) =>
    desk.intakes.settle({ hash, how: 'dismissed' }, { cause }),
  'intakes.quarantined': ({ desk }) => desk.intakes.quarantined(plain),
  'intakes.reconciled': ({ desk }) => desk.intakes.reconciled('his'),
  'intakes.source': ({ desk }) => desk.intakes.source('his'),
  'intakes.take': ({ desk, person = anybody }) => desk.intakes.take(feed(person)),
  'intakes.reconcile': ({ desk }) =>
    desk.intakes.reconcile('his', '2026-03-02', [{ visit: 'V1' }, { visit: 'V8' }]),
  'intakes.replay': ({ desk, person = anybody }) => desk.intakes.replay(() => [possible(person)]),

  'door.run': ({ desk, person = anybody }, _, cause) =>
    desk.door.run(
      staffMember as never,
      { type: 'enrol', staff: 'new', name: person('8').name },
      { cause },
    ),
  'door.runMany': ({ desk, person }, _, cause) =>
    desk.door.runMany([
      {
        asks: [
          { slice: patient as never, input: { type: 'register', ...someone(person, '6') } },
          {
            slice: encounter as never,
            input: { type: 'discharge', visit: 'V6', at, attending: 'li' },
            bind: { patient: 0 },
          },
        ],
        cause,
      },
    ]),
  'door.get': ({ desk }, { person }) => desk.door.get(patient, person, plain),
  'door.getMany': ({ desk }, { person, twin }) => desk.door.getMany(patient, [person, twin], plain),
  'door.getLinked': ({ desk }, { person }) => desk.door.getLinked(patient, person, plain),
  'door.list': ({ desk }) => desk.door.list(message, { index: 'due', equals: [], limit: 9 }, plain),
  'door.blind': ({ desk, person = anybody }) => desk.door.blind('name', person('1').name),
  'door.history': ({ desk }, { person }) => desk.door.history(patient as never, person),
  'door.log': ({ desk }) => desk.door.log({ limit: 1000 }),
  'door.changes': ({ desk }) => desk.door.changes({ limit: 1000 }),
  'door.restore': ({ desk }, _, cause) =>
    desk.door.restore(staffMember as never, 'li', 1, { cause }),
  'door.view': ({ desk }, { person }) =>
    desk.door.view(timeline, { patient: person, limit: 9 }, plain),
  'door.policy': ({ desk }) => desk.door.policy(),

  ...partnerCalls,
  ...settlementCalls,
  ...appointmentCalls,
  ...supervisionCalls,

  for: ({ crm, tenant }, { person }) => crm.for({ ...(tenant && { tenant }) }).patients.get(person),
  pump: ({ crm, tenant }) => crm.pump(tenant),
  tick: ({ crm, tenant, clock }) => {
    clock.set(later)
    return crm.tick(tenant)
  },
  deliver: ({ crm, tenant }) => crm.deliver(tenant),
  rollUp: ({ crm, tenant }) => crm.rollUp(tenant),
  tell: ({ crm, tenant }) => crm.tell(tenant),
  receive: ({ crm, tenant }) => crm.receive('sms', new Request('https://crm.example/'), tenant),
  // The host's own view of its store, so whoever asks is told of themselves only.
  tenants: async ({ crm, tenant }) => (await crm.tenants()).includes(tenant ?? ''),
  work: ({ crm, tenant, clock }) => {
    clock.set(later)
    return crm.work(tenant)
  },
  parked: ({ crm, tenant }) => crm.parked(tenant),
  redrive: ({ crm, tenant }, { parked }) => crm.redrive(parked, tenant),
  rewrap: ({ crm, tenant }) => crm.rewrap({}, tenant),
  close: ({ crm }) => crm.close(),
}

/** A feed of a stay, a repeat, a message of no concern, one that cannot be taken and one that cannot be read. */
export const feed = (person: Person): IntakeOutcome[] => {
  const { number, name, phones, address, birthDate } = person('6')
  const who = { identifiers: [{ value: number, type: 'PI' }], name, phones, address, birthDate }
  const stay = { number: 'V7', admittedAt: '2026-03-10T00:00:00Z' }
  const attending = { code: 'chen', name: person('chen').name }
  const admitted = told('admitted', 6, { person: who, visit: { ...stay, attending } })
  return [
    admitted,
    admitted,
    told('discharged', 7, {
      person: who,
      visit: { ...stay, dischargedAt: '2026-03-12T00:00:00Z', attending },
    }),
    { kind: 'ignored', type: 'ORU^R01', hash: 'i' },
    heard({ ...impossible(person).event, key: 'again' }),
    {
      kind: 'unreadable',
      code: 'hl7.bad-header',
      hash: 'u',
      raw: new TextEncoder().encode(`PID|||${number}||${name}||||||||${phones[0]}`),
    },
  ]
}
