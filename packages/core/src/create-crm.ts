import { attributionDesk, referralDesk } from './flows/attribution/desk.ts'
import { drawsDecide } from './flows/draws.ts'
import { hearingDesk } from './flows/hearing/desk.ts'
import { createReceive } from './flows/hearing/receive.ts'
import { intakeDesk } from './flows/intake/desk.ts'
import { settlementDesk } from './flows/settlement/desk.ts'
import { payrollDesk } from './flows/settlement/payroll.ts'
import { type Actor, host } from './kernel/actor.ts'
import { type Door, openDoor } from './kernel/door.ts'
import { createPerform } from './kernel/effect.ts'
import { kernelOf, kernelOn } from './kernel/kernel.ts'
import { type Parked, parkedKind, redrive } from './kernel/parked.ts'
import type { Extension, Parts } from './kernel/parts.ts'
import { createProbe } from './kernel/probe.ts'
import { createPump, type Pumped } from './kernel/pump.ts'
import type { Read } from './kernel/read.ts'
import type { ReadOptions } from './kernel/reader.ts'
import { refuse } from './kernel/refusal.ts'
import { createRewrap, type Rewrapped } from './kernel/rewrap.ts'
import { createRollUp } from './kernel/roll-up.ts'
import type { AnySlice } from './kernel/slice.ts'
import { createTell } from './kernel/tell.ts'
import { createTenants } from './kernel/tenants.ts'
import { createTick } from './kernel/tick.ts'
import { memoryCipher } from './memory/cipher.ts'
import { systemClock, timedIds } from './memory/clock.ts'
import { silentLogger } from './memory/logger.ts'
import { memoryStore } from './memory/store.ts'
import { plainWords } from './memory/words.ts'
import { ownFlows } from './own-flows.ts'
import { ownSlices } from './own-slices.ts'
import type { Channel } from './ports/channel.ts'
import type { Cipher } from './ports/cipher.ts'
import type { Clock, Ids } from './ports/clock.ts'
import type { Logger } from './ports/logger.ts'
import type { Store } from './ports/store.ts'
import type { Words } from './ports/words.ts'
import { accounts } from './slices/accounts/index.ts'
import { appointments, appointmentsRemind } from './slices/appointments/index.ts'
import { attributions } from './slices/attributions/index.ts'
import { charges } from './slices/charges/index.ts'
import { claims } from './slices/claims/index.ts'
import { draws } from './slices/draws/index.ts'
import { encounters } from './slices/encounters/index.ts'
import { followUps, followUpsAdvance } from './slices/follow-ups/index.ts'
import { hospitalPolicy, hospitals } from './slices/hospitals/index.ts'
import { intakes, silence } from './slices/intakes/index.ts'
import { messages, sending } from './slices/messages/index.ts'
import { partners } from './slices/partners/index.ts'
import { patients } from './slices/patients/index.ts'
import { payees } from './slices/payees/index.ts'
import { referrals } from './slices/referrals/index.ts'
import { releases } from './slices/releases/index.ts'
import { rounds } from './slices/rounds/index.ts'
import { schedules } from './slices/schedules/index.ts'
import { spotChecks } from './slices/spot-checks/index.ts'
import { staff } from './slices/staff/index.ts'
import { changesFeed, subscriptions } from './slices/subscriptions/index.ts'
import { statisticsOf, supervision, supervisionOf } from './supervision.ts'
import { type Catalogue, voice } from './views/catalogue/index.ts'
import { coverageOf } from './views/coverage.ts'
import { type DayListQuery, dayList } from './views/day-list.ts'
import { ownReads } from './views/reads.ts'
import { type RoundsQuery, roundProposal } from './views/round-proposal.ts'
import { type TimelineQuery, timeline } from './views/timeline.ts'

export interface CrmOptions {
  /** Where everything is kept; in memory unless told. */
  readonly store?: Store
  /** Seals personal data; in memory unless told, which a durable store refuses. */
  readonly cipher?: Cipher
  readonly clock?: Clock
  readonly ids?: Ids
  readonly logger?: Logger
  readonly words?: Words
  /** Ways by which messages leave. Without any they stay in the inboxes of the system. */
  readonly channels?: readonly Channel[]
  /** Words of the host's own, by locale and code; they come before the crm's. */
  readonly catalogues?: Readonly<Record<string, Catalogue>>
  /** The tenant of calls that name none. `main` unless told. */
  readonly tenant?: string
  /** What others add: slices, flows, ticks and effects, on the same road as the crm's own. */
  readonly extensions?: readonly Extension[]
}

/** The crm as one actor of one tenant has it. */
const servicesOf = (door: Door) => ({
  door,
  views: {
    /** The work of a local day, by tier or by a role's members, paged. */
    dayList: (query: DayListQuery, options?: ReadOptions) =>
      door.view(dayList, query as never, options),
    /** All dealings with a person, the earliest first. */
    timeline: (query: TimelineQuery, options?: ReadOptions) =>
      door.view(timeline, query as never, options),
    /** Coverage, on-time and late by department and tier, of the discharges of a period. */
    coverage: (period: { readonly from: string; readonly to: string }) => coverageOf(door, period),
    /** Who would visit whom at home on a local day, by region and load; `rounds.plan` takes it. */
    roundProposal: (query: RoundsQuery) => roundProposal(door, query),
    ...statisticsOf(door),
  },
  hospitals: hospitals(door),
  staff: staff(door),
  patients: patients(door),
  encounters: encounters(door),
  followUps: followUps(door),
  draws: draws(door),
  spotChecks: spotChecks(door),
  rounds: rounds(door),
  ...supervisionOf(door),
  schedules: schedules(door),
  appointments: appointments(door),
  partners: partners(door),
  referrals: { ...referrals(door), ...referralDesk(door) },
  attributions: { ...attributions(door), ...attributionDesk(door) },
  charges: charges(door),
  accounts: accounts(door),
  payees: payees(door),
  releases: releases(door),
  settlements: settlementDesk(door),
  claims: claims(door),
  payroll: payrollDesk(door),
  messages: { ...messages(door), ...hearingDesk(door) },
  intakes: { ...intakes(door), ...intakeDesk(door) },
  subscriptions: subscriptions(door),
})
export type Services = ReturnType<typeof servicesOf>

/** What one turn of `work` did. */
export interface Worked {
  readonly ticks: number
  readonly events: number
  readonly performed: number
  /** Events that arrived at subscribers. */
  readonly told: number
}

export interface Crm extends Services {
  /**
   * The same crm for another tenant or actor. What an actor may do is in the tenant's rule pack. With a `store`
   * its services work there instead, as within a transaction of the host's: what they write and raise is
   * kept or taken back with it, and nothing leaves before `work`.
   */
  for(whom: { readonly tenant?: string; readonly actor?: Actor; readonly store?: Store }): Services
  /** Every kind of record, with its commands and lists, the extensions' own among them. */
  readonly slices: ReadonlyMap<string, AnySlice>
  /** Every read that is declared, by its name. */
  readonly reads: ReadonlyMap<string, Read>
  /** Finishes what a crash or a fault cut off, and tries again what failed and is due. */
  pump(tenant?: string): Promise<Pumped>
  /** Raises what has become true by now. Returns how much was due. */
  tick(tenant?: string): Promise<number>
  /** Sends what is due, each message claimed first and closed after. Returns how many were claimed. */
  deliver(tenant?: string): Promise<number>
  /** Adds up what has happened since for the statistics. Returns how many events it looked at. */
  rollUp(tenant?: string): Promise<number>
  /** Tells subscribers what has happened since they were told last. Returns how many events arrived. */
  tell(tenant?: string): Promise<number>
  /**
   * Takes what a channel's outside posts (receipts, answers), for all tenants unless one is named, and gives
   * back what the outside expects. Refuses what the channel refuses, a channel that is not there or never
   * hears (`channel.unknown`), and a receipt of no message that is known by now (`channel.early-receipt`): the
   * rest was taken, and the outside tells it again.
   */
  receive(channel: string, request: Request, tenant?: string): Promise<Response>
  /** `pump`, `tick`, `pump` again, `deliver`, `rollUp` and `tell`, for all tenants unless one is named. Call it as often as you like. */
  work(tenant?: string): Promise<Worked>
  /** The names of all tenants of the store. */
  tenants(): Promise<readonly string[]>
  /** Causes that have failed too often to be tried again by themselves. */
  parked(tenant?: string): Promise<readonly Parked[]>
  /** Lets a parked cause be tried again. */
  redrive(cause: string, tenant?: string): Promise<void>
  /**
   * After the cipher's secret was exchanged, puts persons' keys under the present one, a page of the log at a
   * time (500 events unless told): call it with the `next` of the call before until there is none. Called
   * again it changes nothing. Refuses a cipher that cannot (`cipher.keeps-one-secret`).
   */
  rewrap(
    page?: { readonly after?: number; readonly limit?: number },
    tenant?: string,
  ): Promise<Rewrapped>
  close(): Promise<void>
}

const partsOf = (options: CrmOptions): Parts => {
  const { channels = [], extensions = [] } = options
  const say = voice(options.catalogues)
  const own: Extension = {
    slices: ownSlices,
    feeds: [changesFeed(channels)],
    flows: ownFlows,
    ticks: [followUpsAdvance, drawsDecide, appointmentsRemind, silence],
    effects: [
      sending(channels, (locale, template, params) => say(locale, `template.${template}`, params)),
    ],
  }
  const all = [own, supervision, ...extensions]
  const slices = new Map(
    all.flatMap((each) => each.slices ?? []).map((slice) => [slice.name, slice]),
  )
  const store = options.store ?? memoryStore()
  const cipher = options.cipher ?? memoryCipher()
  if (store.durable && !cipher.durable) refuse('cipher.not-durable')
  return {
    store,
    cipher,
    clock: options.clock ?? systemClock,
    ids: options.ids ?? timedIds,
    logger: options.logger ?? silentLogger,
    words: options.words ?? plainWords,
    policySource: hospitalPolicy,
    probe: createProbe({ store, cipher }),
    slices,
    flows: all.flatMap((each) => each.flows ?? []),
    ticks: all.flatMap((each) => each.ticks ?? []),
    effects: all.flatMap((each) => each.effects ?? []),
    portraits: all.flatMap((each) => each.portraits ?? []),
    feeds: all.flatMap((each) => each.feeds ?? []),
  }
}

/**
 * Wires a crm: the only place where parts meet. Without options it runs in memory, as tenant `main`
 * and with every right; a host gives it a store, a cipher, and for each caller a tenant and an actor.
 */
export const createCrm = (options: CrmOptions = {}): Crm => {
  const parts = partsOf(options)
  const { store, clock } = parts
  if (store.provisional) refuse('store.provisional')
  const main = options.tenant ?? 'main'
  const kernel = kernelOf(parts)
  const { run, road, carry, reader } = kernel
  const pump = createPump(parts, run, carry)
  const tick = createTick(parts, road)
  const perform = createPerform(parts, road, reader.opener)
  const rollUp = createRollUp(parts)
  const tell = createTell(parts, road)
  const rewrap = createRewrap(parts)

  const { names, each, counted } = createTenants(store)

  const crm: Crm = {
    ...servicesOf(openDoor(kernel, main, host)),
    for: ({ tenant = main, actor = host, store: other }) =>
      servicesOf(openDoor(other ? kernelOn(other, parts) : kernel, tenant, actor)),
    slices: parts.slices,
    reads: new Map(
      [...ownReads, ...(options.extensions ?? []).flatMap(({ reads = [] }) => reads)].map(
        (read) => [read.name, read],
      ),
    ),
    pump: async (tenant) => {
      const sum = { busy: false, events: 0, retried: 0 }
      await each(tenant, async (name) => {
        const { busy, events, retried } = await pump(name)
        sum.busy ||= busy
        sum.events += events
        sum.retried += retried
      })
      return sum
    },
    tick: (tenant) => counted(tenant, tick),
    deliver: (tenant) => counted(tenant, perform),
    rollUp: (tenant) => counted(tenant, rollUp),
    tell: (tenant) => counted(tenant, tell),
    receive: createReceive(options.channels ?? [], each, (tenant, actor) =>
      hearingDesk(openDoor(kernel, tenant, actor)),
    ),
    work: async (tenant) => {
      // What a crash cut off comes before the time: a task that a cancelled discharge takes away never opens.
      const before = await crm.pump(tenant)
      const ticks = await crm.tick(tenant)
      const after = await crm.pump(tenant)
      const performed = await crm.deliver(tenant)
      await crm.rollUp(tenant)
      const told = await crm.tell(tenant)
      return { ticks, events: before.events + after.events, performed, told }
    },
    tenants: names,
    parked: async (tenant = main) => {
      const query = { index: 'status', equals: [['parked']], limit: 500 }
      const { items } = await store.list(tenant, parkedKind, query)
      return items.map(({ state }) => state as unknown as Parked)
    },
    redrive: async (cause, tenant = main) =>
      void (await redrive(store, tenant, cause, clock.now())),
    rewrap: ({ after = 0, limit = 500 } = {}, tenant = main) => rewrap(tenant, after, limit),
    close: () => store.close(),
  }
  return crm
}
