// A vendor's domain on the road of the crm's own: a blood centre that tells donors when they may
// give again. Explained in docs/how-to/add-a-slice.md
import {
  type CommandOptions,
  type Context,
  createCrm,
  Day,
  type Door,
  type Extension,
  flow,
  Id,
  type Input,
  Instant,
  memoryChannel,
  message,
  personal,
  type ReadOptions,
  raise,
  refuse,
  Sealed,
  type Slice,
  subjectOf,
} from '@hospital-crm/core'
import { addMonths, readDay, writeDay, writeInstant, xuzhouPack, zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { setClock } from './hospital-month/set-clock.ts'

// #region schema
/** One donation of whole blood; `donation` is the number on the bag. */
const Donation = z.strictObject({ donation: Id, day: Day, ml: z.literal([200, 300, 400]) })

/** A donor by the number on their card, with the person they are in the crm. */
const Donor = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('donor'),
    person: Id,
    donations: z.array(Donation),
    mayGiveFrom: Day,
  }),
  z.strictObject({ status: z.literal('deferred'), person: Id, finding: Sealed }),
])
type Donor = z.infer<typeof Donor>

const Command = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('record-donation'),
    donor: Id,
    person: Id,
    ...Donation.shape,
  }),
  z.strictObject({
    type: z.literal('defer'),
    donor: Id,
    finding: personal(z.string().trim().min(1).max(500), { as: 'text', level: 5 }),
  }),
])
type Command = z.infer<typeof Command>

const Event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('donor.donated'),
    person: Id,
    ...Donation.shape,
    mayGiveFrom: Day,
    /** When that day begins in the centre's zone. */
    remindAt: Instant,
  }),
  z.strictObject({ type: z.literal('donor.deferred'), donation: Id, finding: Sealed }),
])
type Event = z.infer<typeof Event>
// #endregion schema

// #region decide
/** Months between two donations of whole blood, by GB 18467-2011. */
const interval = 6

const Person = z.object({ status: z.string() })

const donated = (
  known: Donor,
  { type: _, donor: __, ...said }: Extract<Command, { type: 'record-donation' }>,
  { policy, other }: Context<Donor>,
): Event[] => {
  if (known.status === 'deferred') return refuse('donor.deferred')
  if (known.status === 'donor') {
    if (known.donations.some(({ donation }) => donation === said.donation)) return []
    if (known.person !== said.person) return refuse('donor.other-person')
    if (said.day < known.mayGiveFrom) return refuse('donor.too-soon', { from: known.mayGiveFrom })
  }
  const person = other({ kind: 'patient', id: said.person }, Person)
  if (person?.status !== 'person') return refuse('donor.unknown-person')
  const next = addMonths(readDay(said.day), interval)
  const remindAt = writeInstant(zoneOf(policy.zone).startOf(next))
  return [{ type: 'donor.donated', ...said, mayGiveFrom: writeDay(next), remindAt }]
}

const decide = (known: Donor, command: Command, context: Context<Donor>): Event[] => {
  if (command.type === 'record-donation') return donated(known, command, context)
  if (known.status === 'deferred') return []
  const donation = known.status === 'donor' ? known.donations.at(-1)?.donation : undefined
  if (donation === undefined) return refuse('donor.unknown', { donor: context.id })
  return [{ type: 'donor.deferred', donation, finding: command.finding }]
}
// #endregion decide

// #region evolve
const evolve = (known: Donor, event: Event): Donor => {
  if (event.type === 'donor.donated') {
    const { type: _, person, mayGiveFrom, remindAt: __, ...donation } = event
    const donations = known.status === 'donor' ? known.donations : []
    return { status: 'donor', person, donations: [...donations, donation], mayGiveFrom }
  }
  const { finding } = event
  return known.status === 'donor' ? { status: 'deferred', person: known.person, finding } : known
}
// #endregion evolve

// #region slice
export const donor: Slice<Donor, Command, Event> = {
  name: 'donor',
  state: Donor,
  command: Command,
  event: Event,
  initial: { status: 'none' },
  keys: (command) => [command.donor],
  needs: (command) =>
    command.type === 'record-donation' ? [{ kind: 'patient', id: command.person }] : [],
  subjects: (command, { own }) => {
    const known = own(command.donor)
    return { subject: subjectOf('patient', known && 'person' in known ? known.person : '') }
  },
  decide,
  evolve,
  entries: (state) =>
    state.status === 'donor' ? [{ index: 'may-give', equals: [], order: state.mayGiveFrom }] : [],
}

export const donors = (door: Door) => ({
  /** Records a donation before the needle; refuses with `donor.too-soon` while the last one is too fresh. */
  recordDonation: (
    card: string,
    said: Omit<Input<typeof Command, 'record-donation'>, 'donor'>,
    options?: CommandOptions,
  ) => door.run(donor, { type: 'record-donation', donor: card, ...said }, options),

  /** Defers a donor for good by a finding of the laboratory, which is sealed. */
  defer: (card: string, said: { readonly finding: string }, options?: CommandOptions) =>
    door.run(donor, { type: 'defer', donor: card, ...said }, options),

  /** Who may give on a local day, the longest waiting first. */
  whoMayGive: (day: string, options?: ReadOptions) =>
    door.list(donor, { index: 'may-give', equals: [], to: day, limit: 100 }, options),
})
// #endregion slice

// #region flows
type Told<Type extends Event['type']> = Extract<Event, { type: Type }>

const reminder = (donation: string) => `give-again:${donation}`

/** A message to the donor, asked for at once, not to leave before they may give again. */
export const donorIsReminded = flow<Told<'donor.donated'>>(
  'donor-is-reminded',
  'donor.donated',
  ({ event: { donation, person, mayGiveFrom, remindAt } }) => [
    raise(message, reminder(donation), {
      type: 'ask',
      message: reminder(donation),
      to: { patient: person },
      purpose: 'donation',
      template: 'donor.may-give-again',
      params: { day: mayGiveFrom },
      notBefore: remindAt,
    }),
  ],
)

export const deferredDonorIsNotReminded = flow<Told<'donor.deferred'>>(
  'deferred-donor-is-not-reminded',
  'donor.deferred',
  ({ event: { donation } }) => [
    raise(message, reminder(donation), {
      type: 'cancel',
      message: reminder(donation),
      reason: 'deferred',
    }),
  ],
)

export const bloodCentre: Extension = {
  slices: [donor],
  flows: [donorIsReminded, deferredDonorIsNotReminded],
}
// #endregion flows

/** A donor gives in March and is told in September. Answers what left. */
export const main = async () => {
  const clock = setClock('2026-03-02T01:00:00Z')
  // #region wire
  const sms = memoryChannel('sms')
  const crm = createCrm({
    extensions: [bloodCentre],
    catalogues: { 'zh-CN': { 'template.donor.may-give-again': '您自{day}起可以再次献血。' } },
    channels: [sms],
    clock,
  })
  const mayRecord = { role: 'donor-nurse', may: ['donor.*', 'patient.*'], opens: 3 }
  const pack = { ...xuzhouPack, access: [...xuzhouPack.access, mayRecord] }
  await crm.hospitals.open({ name: '青岛市中心血站', zone: 'Asia/Shanghai', pack })

  const nurse = crm.for({ actor: { id: 'N1', roles: ['donor-nurse'] } })
  const { id: person } = await nurse.patients.register({ name: '赵明', phones: ['15400000002'] })
  const donation = { person, donation: 'B-0001', day: '2026-03-02', ml: 400 } as const
  await donors(nurse.door).recordDonation('D-0001', donation)
  // #endregion wire

  clock.set('2026-09-02T01:00:00Z')
  await crm.work()
  await crm.close()
  return sms.sent
}
