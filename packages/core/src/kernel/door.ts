import type { Policy } from '@hospital-crm/rules'
import type { PersonalKind } from '../ports/words.ts'
import { covers, permissionFor } from './access.ts'
import type { Actor } from './actor.ts'
import { announced, type Changes, type ChangesQuery } from './changes.ts'
import { Tenant } from './fields.ts'
import type { Kernel } from './kernel.ts'
import { linked, linkOf } from './links.ts'
import type { History, Listing, ReadOptions, Seen, SeenPage } from './reader.ts'
import { Refusal, refuse } from './refusal.ts'
import type { Answer, Outcome, Request } from './request.ts'
import type { AnySlice, Slice, Typed } from './slice.ts'
import { runView, type View } from './view.ts'

export interface CommandOptions {
  /**
   * The caller's idempotency key. The same key with the same input answers the same for ever; with
   * another input it is refused (`cause.reused`).
   */
  readonly cause?: string
  /**
   * The version that the caller has seen of the record it is about, 0 for none yet: the command is
   * refused (`record.changed`) when it stands at another one by now.
   */
  readonly version?: number
}

/** The crm as one actor of one tenant has it. Services are thin names over this. */
export interface Door {
  readonly tenant: string
  readonly actor: Actor
  /** One command. Throws its `Refusal`. */
  run(slice: AnySlice, input: unknown, options?: CommandOptions): Promise<Answer>
  /** Many requests, each whole or refused on its own, in few round trips. The batch's order is kept. */
  runMany(requests: readonly Omit<Request, 'actor'>[]): Promise<readonly Outcome[]>
  get<State>(
    slice: Kind<State>,
    id: string,
    options?: ReadOptions,
  ): Promise<Seen<State> | undefined>
  getMany<State>(
    slice: Kind<State>,
    ids: readonly string[],
    options?: ReadOptions,
  ): Promise<readonly (Seen<State> | undefined)[]>
  /** The record that an id stands for today: the record itself, or what it has become (`into`). */
  getLinked<State>(
    slice: Kind<State>,
    id: string,
    options?: ReadOptions,
  ): Promise<Seen<State> | undefined>
  /** A page of what the actor may see; refuses a scope of too many values (`access.scope-too-long`). */
  list<State>(slice: Kind<State>, query: Listing, options?: ReadOptions): Promise<SeenPage<State>>
  /** The blinded words under which a personal value is stored, for a list over them. */
  blind(as: PersonalKind, value: string): Promise<readonly string[]>
  history(slice: AnySlice, id: string, page?: { after?: number; limit?: number }): Promise<History>
  /** Everything that has happened in the tenant, in order; for audits and figures (verb `log.read`). */
  log(page?: { after?: number; limit?: number }): Promise<History>
  /** The same as CloudEvents, which say what happened to which record and hold ids only (verb `log.read`). */
  changes(query?: ChangesQuery): Promise<Changes>
  restore(slice: AnySlice, id: string, version: number, options?: CommandOptions): Promise<Answer>
  view<Query, Result>(
    view: View<Query, Result>,
    query: Query,
    options?: ReadOptions,
  ): Promise<Result>
  /** The hospital's policy in force; refuses with `tenant.unknown` before the hospital is open. */
  policy(): Promise<Policy>
}

type Kind<State> = Slice<State, Typed, Typed> | (AnySlice & { readonly initial: State })

/** Opens the door to one tenant for one actor. */
export const openDoor = (
  { parts, road, follow, reader, restore }: Kernel,
  tenant: string,
  actor: Actor,
): Door => {
  if (!Tenant.safeParse(tenant).success) refuse('tenant.malformed')
  const policy = async () => (await reader.policyOf(tenant)) ?? refuse('tenant.unknown', { tenant })

  const mayOn = async (slice: AnySlice, id: string, verb: string) => {
    const permission = permissionFor((await policy()).access, actor, slice.name, verb)
    const [record] = (await parts.store.load(tenant, [{ kind: slice.name, id }], [])).records
    return record !== undefined && covers(permission, slice, record.state, id)
  }

  const log = async ({ after = 0, limit = 500 } = {}) => {
    const permission = permissionFor((await policy()).access, actor, 'log', 'read')
    if (permission !== 'always') return refuse('access.denied', { verb: 'log.read' })
    return parts.store.events(tenant, { after, limit })
  }

  return {
    tenant,
    actor,
    run: async (slice, input, { cause, version } = {}) => {
      const request = {
        asks: [{ slice, input, ...(version !== undefined && { version }) }],
        actor,
        ...(cause !== undefined && { cause: `host:${cause}` }),
      }
      const [outcome] = await road(tenant, [request])
      if (outcome instanceof Refusal) throw outcome
      return outcome?.answers[0] ?? refuse('store.contended')
    },
    runMany: (requests) =>
      road(
        tenant,
        requests.map((request) => ({ ...request, actor })),
      ),
    get: async (slice, id, options = {}) =>
      (await reader.get(tenant, actor, slice, [id], options))[0],
    getMany: (slice, ids, options = {}) => reader.get(tenant, actor, slice, ids, options),
    getLinked: async (slice, id, options = {}) => {
      const states = new Map<string, unknown>()
      for (;;) {
        const at = linked(id, (each) => states.get(each)).at(-1) ?? id
        const [seen] = await reader.get(tenant, actor, slice, [at], options)
        if (!seen || states.has(at) || linkOf(seen.state) === undefined) return seen
        states.set(at, seen.state)
      }
    },
    list: (slice, query, options = {}) => reader.list(tenant, actor, slice, query, options),
    blind: async (as, value) => {
      const words = parts.words.of(as, value).map((word) => `${as}:${word}`)
      return parts.cipher.blind(tenant, words)
    },
    history: async (slice, id, { after = 0, limit = 100 } = {}) =>
      (await mayOn(slice, id, 'read'))
        ? reader.history(tenant, { kind: slice.name, id }, after, limit)
        : [],
    log,
    changes: async ({ after = 0, types = ['*'], ...query } = {}) => {
      const events = await log({ after, ...query })
      const next = events.at(-1)?.position ?? after
      return { events: announced(tenant, events, types), next }
    },
    restore: async (slice, id, version, { cause = parts.ids.next() } = {}) => {
      if (!(await mayOn(slice, id, 'restore'))) return refuse(`${slice.name}.unknown`)
      const { answer, event } = await restore(tenant, actor, slice, id, version, `host:${cause}`)
      if (event) await follow(tenant, [event])
      return answer
    },
    view: async (view, query, options = {}) => {
      const context = { now: parts.clock.now().toISOString(), policy: await policy() }
      return runView(view, query, context, {
        kind: (name) => parts.slices.get(name) ?? refuse('view.unknown-kind', { kind: name }),
        list: async (slice, { kind: _, ...lookUp }) => {
          const { items, next } = await reader.list(tenant, actor, slice, lookUp, options)
          const viewed = items.map(
            ({ id, ...rest }) => ({ key: { kind: slice.name, id }, ...rest }) as never,
          )
          return { items: viewed, ...(next !== undefined && { next }) }
        },
        records: async (slice, ids) => {
          const found = await reader.get(tenant, actor, slice, ids, options)
          return found.map(
            (each) =>
              each && ({ key: { kind: slice.name, id: each.id }, order: '', ...each } as never),
          )
        },
      })
    },
    policy,
  }
}
