import type { Policy } from '@hospital-crm/rules'
import type { Happening, Key, ListQuery, LoggedEvent, StoredRecord } from '../ports/store.ts'
import {
  breaksGlass,
  covers,
  opensUpTo,
  type Permission,
  permissionFor,
  whereOf,
} from './access.ts'
import type { Actor } from './actor.ts'
import { createDesk } from './desk.ts'
import { createOpener, type Opened } from './opening.ts'
import type { Parts } from './parts.ts'
import { createPolicies } from './policy.ts'
import { refuse } from './refusal.ts'
import type { AnySlice } from './slice.ts'
import { personalIn } from './tree.ts'

/** A record as the actor may see it. */
export interface Seen<State> {
  readonly id: string
  readonly version: number
  readonly state: Opened<State>
}

export interface ReadOptions {
  /** Show personal data plain, as far as the actor's roles open it, and note that in the log. Covered unless told. */
  readonly open?: boolean
  /**
   * The reason of an emergency, without a patient's name: whoever's role may break the glass then sees the
   * record plain, whatever else they may see, and the log keeps who, what and why. Refused to anybody else
   * (`access.denied`).
   */
  readonly breakGlass?: string
}

export interface SeenPage<State> {
  readonly items: readonly (Seen<State> & { readonly order: string })[]
  readonly next?: string
}

/** The log's word on one record: what happened, when, by whom, for which cause. Personal data stays sealed. */
export type History = readonly LoggedEvent[]

/** What of a list's query is the asker's to say; which records they may see is not. */
export type Listing = Omit<ListQuery, 'where'>

interface Asking extends ReadOptions {
  readonly actor: Actor
  readonly policy: Policy | undefined
}

type Kind<State> = Pick<AnySlice, 'name' | 'attributes'> & { readonly initial: State }

/** What may be read of a kind: with a reason, whoever may break the glass reads all of it. */
const mayRead = ({ actor, policy, breakGlass }: Asking, kind: string): Permission => {
  const rules = policy?.access ?? []
  if (breakGlass === undefined) return permissionFor(rules, actor, kind, 'read')
  return breaksGlass(rules, actor) ? 'always' : refuse('access.denied')
}

/** Reading under the actor's access rules. What may not be seen and what does not exist look the same. */
export const createReader = (parts: Parts) => {
  const { store, clock, ids } = parts
  const opener = createOpener(parts)
  const policies = createPolicies(parts.policySource)
  const policyOf = (tenant: string) => policies(tenant, createDesk(store, tenant))

  const audit = async (
    tenant: string,
    actor: Actor,
    seen: Pick<Happening, 'type' | 'data'>,
    whose: readonly string[],
  ) => {
    if (whose.length === 0) return
    const at = clock.now().toISOString()
    const events = whose.map((id) => ({
      ...{ key: { kind: 'access', id }, version: 0, at, actor: actor.id, ...seen },
    }))
    await store.commit(tenant, [{ cause: `access:${ids.next()}`, reads: [], changes: [], events }])
  }

  /** Shows those records that the actor may read, covered or opened. */
  const show = async <State>(
    tenant: string,
    { actor, policy, open = false, breakGlass: because }: Asking,
    permission: Permission,
    kind: Kind<State>,
    records: readonly (StoredRecord | undefined)[],
  ): Promise<(Seen<State> | undefined)[]> => {
    // The log's note of it could be taken back.
    if (store.provisional && (open || because !== undefined)) return refuse('store.provisional')
    // A store has filtered a list by what it was told at the last commit; what a record says of itself decides.
    const allowed = records.map((record) =>
      record && covers(permission, kind, record.state, record.key.id) ? record : undefined,
    )
    const states = allowed.map((record) => record?.state ?? null)
    const plainly = because === undefined ? opensUpTo(policy?.access ?? [], actor) : 5
    const level = open || because !== undefined ? plainly : 0
    const shown = await opener.open(tenant, states, level)
    if (level > 0) {
      const plain = personalIn(states).filter((value) => value.level <= level)
      const subjects = [...new Set(plain.map(({ subject }) => subject))]
      await audit(tenant, actor, { type: 'access.opened', data: {} }, subjects)
    }
    if (because !== undefined) {
      const seen = allowed.flatMap((record) => (record ? [`${kind.name}/${record.key.id}`] : []))
      await audit(tenant, actor, { type: 'access.glass-broken', data: { because } }, seen)
    }
    return allowed.map((record, at) => {
      const state = shown[at] as Opened<State>
      return record && { id: record.key.id, version: record.version, state }
    })
  }

  return {
    policyOf,
    opener,

    get: async <State>(
      tenant: string,
      actor: Actor,
      kind: Kind<State>,
      ids: readonly string[],
      options: ReadOptions,
    ) => {
      const keys = ids.map((id) => ({ kind: kind.name, id }))
      const { records } = await store.load(tenant, keys, [])
      const asking = { ...options, actor, policy: await policyOf(tenant) }
      return show(tenant, asking, mayRead(asking, kind.name), kind, records)
    },

    list: async <State>(
      tenant: string,
      actor: Actor,
      kind: Kind<State>,
      query: Listing,
      options: ReadOptions,
    ): Promise<SeenPage<State>> => {
      const asking = { ...options, actor, policy: await policyOf(tenant) }
      const permission = mayRead(asking, kind.name)
      if (permission === 'never') return { items: [] }
      const where = whereOf(permission)
      const { items, next } = await store.list(tenant, kind.name, { ...query, ...where })
      const shown = await show(tenant, asking, permission, kind, items)
      const seen = shown.flatMap((item, at) =>
        item ? [{ ...item, order: items[at]?.order ?? '' }] : [],
      )
      return { items: seen, ...(next !== undefined && { next }) }
    },

    history: async (tenant: string, of: Key, after: number, limit: number): Promise<History> =>
      store.events(tenant, { of, after, limit }),
  }
}

export type Reader = ReturnType<typeof createReader>
