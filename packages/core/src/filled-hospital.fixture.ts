import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { type CrmOptions, createCrm } from './create-crm.ts'
import {
  anybody,
  calledAt,
  choking,
  fill,
  filledAt,
  found,
  type Person,
  type Place,
  stopOf,
  type Ward,
} from './every-method.fixture.ts'
import { faultyStore } from './faulty-store.fixture.ts'
import { setClock } from './kernel/toy.fixture.ts'
import { memoryChannel } from './memory/channel.ts'
import { memoryStore } from './memory/store.ts'
import type { Received } from './ports/channel.ts'
import type { Cipher } from './ports/cipher.ts'
import type { Change, Store, Unit } from './ports/store.ts'

/** Hides a text and brings it back, always alike. */
const hidden = (plain: string) =>
  bytesToHex(utf8ToBytes(encodeURIComponent(plain)).map((byte) => byte ^ 0x5a))
const shown = (text: string) =>
  decodeURIComponent(String.fromCharCode(...hexToBytes(text).map((byte) => byte ^ 0x5a)))

/** Seals with nothing by chance in it, so that two stores can be compared; what is sealed still cannot be opened with another key. */
export const stillCipher = (): Cipher => {
  const prefix = (key: string, bound: string) => `${key}|${bound}|`
  return {
    durable: false,
    newKeys: (tenant, count) => Array<string>(count).fill(`key of ${tenant}`),
    seal: (_tenant, items) =>
      items.map(({ key, bound, plain }) => prefix(key, bound) + hidden(plain)),
    open: (_tenant, items) =>
      items.map(({ key, bound, sealed }) =>
        sealed.startsWith(prefix(key, bound))
          ? shown(sealed.slice(prefix(key, bound).length))
          : undefined,
      ),
    rewrap: (_tenant, keys) => keys.map(() => undefined),
    blind: (tenant, texts) =>
      texts.map((text) => bytesToHex(sha256(utf8ToBytes(`${tenant}|${text}`))).slice(0, 32)),
  }
}

/** Ids in order, told from everything else by their form. */
export const countedIds = (owner: string) => {
  let next = 0
  return {
    next: () => {
      next += 1
      return `${owner}~${String(next).padStart(5, '0')}`
    },
  }
}

type Committed = readonly [tenant: string, units: readonly Unit[]]

/** Puts filled hospitals into a store, equal every time. */
export const fillStore = async (store: Store, hospitals: readonly Pick<Filled, 'committed'>[]) => {
  for (const [tenant, units] of hospitals.flatMap(({ committed }) => committed))
    await store.commit(tenant, units)
}

/** A new store of one or more filled hospitals, with what has changed in it since. */
export const copyOf = async (...hospitals: readonly Pick<Filled, 'committed'>[]) => {
  const inner = memoryStore()
  await fillStore(inner, hospitals)
  return watched(inner, hospitals)
}

/** A store of filled hospitals, with what has changed in it since. */
export const watched = async (inner: Store, hospitals: readonly Pick<Filled, 'committed'>[]) => {
  const filled = hospitals.flatMap(({ committed }) => committed)
  const changed = new Map<string, Change>()
  const logOf = (tenant: string) => inner.events(tenant, { after: 0, limit: 100_000 })
  const before = new Map<string, number>()
  for (const [tenant] of new Map(filled)) before.set(tenant, (await logOf(tenant)).length)
  const store: Store = {
    ...inner,
    commit: async (tenant, units) => {
      const outcomes = await inner.commit(tenant, units)
      const done = units.filter((_, at) => outcomes[at] === 'done')
      for (const change of done.flatMap(({ changes }) => changes))
        changed.set([tenant, change.key.kind, change.key.id].join('/'), change)
      return outcomes
    },
  }
  return {
    store,
    logOf,
    /** Every record that was written since, as it stands; of one tenant when it is named. */
    changed: (tenant = ''): readonly Change[] =>
      [...changed]
        .filter(([address]) => address.startsWith(tenant))
        .sort()
        .map(([, change]) => change),
    /** What has happened since. */
    happened: async (tenant: string) => (await logOf(tenant)).slice(before.get(tenant) ?? 0),
  }
}
export type Changing = Awaited<ReturnType<typeof copyOf>>

/** A store that remembers what was committed. */
const remembering = (inner: Store) => {
  const committed: Committed[] = []
  const store: Store = {
    ...inner,
    commit: async (tenant, units) => {
      const outcomes = await inner.commit(tenant, units)
      committed.push([tenant, units.filter((_, at) => outcomes[at] === 'done')])
      return outcomes
    },
  }
  return { store, committed }
}

export interface Filled {
  readonly ward: Ward
  readonly cipher: Cipher
  readonly committed: readonly Committed[]
}

interface Founding extends Pick<CrmOptions, 'logger'> {
  readonly tenant?: string
  readonly person?: Person
  readonly cipher?: Cipher
}

const founding = async (
  { tenant = 'main', person, logger, cipher = stillCipher() }: Founding,
  fillUp: (place: Place) => Promise<Ward>,
): Promise<Filled> => {
  const { store, committed } = remembering(memoryStore())
  const clock = setClock(filledAt)
  const parts = {
    cipher,
    clock,
    ids: countedIds(tenant),
    channels: [memoryChannel('sms')],
    extensions: [choking],
    tenant,
    ...(logger && { logger }),
  }
  const crm = createCrm({ ...parts, store })
  const cutOff: Place['cutOff'] = async (call) => {
    const { store: dying } = faultyStore(store, { call: 'commit', fault: 'dropped' })
    await call(createCrm({ ...parts, store: dying })).catch(() => {})
  }
  const place = { crm, desk: crm, tenant, clock, cutOff, ...(person && { person }) }
  const ward = await fillUp(place)
  return { ward, cipher, committed }
}

/** A filled hospital, to be copied as often as it is needed. */
export const filledHospital = (said: Founding = {}) => founding(said, fill)

/** A hospital that has just been opened, with nobody in it. */
export const openedHospital = (said: Founding = {}) =>
  founding(said, async ({ desk, tenant }) => {
    await found(desk, tenant)
    const persons = { person: '', twin: '', guest: '', late: '', leaver: '' }
    return {
      ...persons,
      hash: '',
      parked: '',
      slip: '',
      draft: '',
      past: '',
      coming: '',
      waiting: '',
      asked: '',
      token: '',
      answered: '',
    }
  })

/** What workers of one hospital share beside its store: the time, the ids, and whom messages reach. */
export const surroundings = () => ({
  clock: setClock(calledAt),
  ids: countedIds('new'),
  sms: {
    ...memoryChannel('sms'),
    receive: async (): Promise<Received> => ({
      heard: [stopOf(anybody('1').phones)],
      response: new Response('ok'),
    }),
  },
  /** Where subscribers are told. */
  hook: memoryChannel('hook'),
})
export type Surroundings = ReturnType<typeof surroundings>

/** A worker of such a hospital, on the day of the calls. */
export const workerOf = (
  store: Store,
  { cipher }: Pick<Filled, 'cipher'>,
  { clock, ids, sms, hook }: Surroundings,
  options: Partial<CrmOptions> = {},
) =>
  createCrm({ store, cipher, clock, ids, channels: [sms, hook], extensions: [choking], ...options })

const firstMoment = Date.parse(calledAt)
const lastMoment = firstMoment + 74 * 3_600_000

/** Writes trees in which ids made meanwhile are numbered as they come, and the time of the calls is one moment. */
export const settling = () => {
  const ids = new Map<string, string>()
  return (tree: unknown): string =>
    JSON.stringify(tree)
      .replaceAll(/new~\d{5}/g, (id) => {
        if (!ids.has(id)) ids.set(id, `new~${ids.size}`)
        return ids.get(id) ?? ''
      })
      .replaceAll(/flow:([a-z-]+):[0-9a-f]{32}/g, 'flow:$1')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (text) =>
        firstMoment <= Date.parse(text) && Date.parse(text) <= lastMoment ? 'now' : text,
      )
}
