import type { Policy } from '@hospital-crm/rules'
import type * as z from 'zod'
import type { Json, Key, Unit } from '../ports/store.ts'
import { covers, permissionFor } from './access.ts'
import { concernOf } from './concern.ts'
import type { Desk } from './desk.ts'
import { createDraft, type Draft } from './draft.ts'
import { guarded } from './guard.ts'
import type { Parts } from './parts.ts'
import { bound, type ParsedAsk, type Prepared } from './prepare.ts'
import { refuse } from './refusal.ts'
import type { Answer, Request } from './request.ts'
import { seal } from './sealing.ts'

/** What the commands of one commit are decided by. */
export interface Circumstances {
  readonly tenant: string
  /** ISO, UTC. */
  readonly now: string
  readonly policy: Policy | undefined
}

const bindTo = (ask: ParsedAsk, done: readonly { id: string }[]): ParsedAsk => {
  if (!ask.bind) return ask
  const ids = Object.entries(ask.bind).map(([field, place]) => [
    field,
    done[place]?.id ?? bound(place),
  ])
  return { ...ask, command: { ...ask.command, ...Object.fromEntries(ids) } }
}

type Guard = <T>(piece: () => T) => T

/** What an ask concerns once all of that is on the desk. Loads what the whole batch's loading did not foresee. */
const settle = async (desk: Desk, draft: Draft, ask: ParsedAsk, guard: Guard) => {
  for (;;) {
    const concern = guard(() => concernOf(draft.look, ask))
    const missing = concern.keys.filter((key) => !draft.look(key))
    if (missing.length === 0) return concern
    await desk.fetch(missing)
  }
}

/** allow, seal, decide, evolve: one command on the draft. */
const decideAsk = async (
  parts: Parts,
  { tenant, now, policy }: Circumstances,
  {
    desk,
    draft,
    ask,
    actor,
  }: { desk: Desk; draft: Draft; ask: ParsedAsk; actor: Request['actor'] },
) => {
  const { slice, fresh } = ask
  const verb = ask.command.type
  const guard: Guard = (piece) => guarded(parts.logger, `${slice.name}.${verb}`, piece)
  const concern = await settle(desk, draft, ask, guard)
  const main = concern.own[0]?.id ?? refuse('command.nowhere', { slice: slice.name })
  if (!policy && !slice.founds) return refuse('tenant.unknown', { tenant })
  const own = (id: string) => draft.look({ kind: slice.name, id })?.state ?? slice.initial

  const permission = permissionFor(policy?.access ?? [], actor, slice.name, verb)
  if (permission === 'never') return refuse('access.denied', { verb: `${slice.name}.${verb}` })
  const isCovered = guard(() => covers(permission, slice, own(main), main))
  if (!isCovered) return refuse(`${slice.name}.unknown`)

  const standing = draft.look({ kind: slice.name, id: main })?.version ?? 0
  if (ask.version !== undefined && ask.version !== standing) return refuse('record.changed')

  for (const key of [...concern.own, ...concern.needs]) if (key.id !== fresh) draft.read(key)
  const command = await seal({ cipher: parts.cipher, tenant, draft }, ask, concern.subjects)
  for (const key of concern.erased) draft.write(key, { erasedAt: now })

  const types = guard(() => {
    const decided = slice.decide(own(main), command, {
      now,
      actor,
      policy: policy as Policy,
      id: main,
      own,
      other: <T>(key: Key, schema: z.ZodType<T>) => {
        const state = draft.look(key)?.state ?? null
        return state === null ? null : schema.parse(state)
      },
      fresh,
    })
    return draft.happen(slice, main, decided as readonly object[], { at: now, actor: actor.id })
  })
  return { kind: slice.name, id: main, types }
}

/**
 * Decides a whole request and makes it the unit to commit; the desk is then as after that commit.
 * When one of its commands refuses, the desk is as it was.
 */
export const decideRequest = async (
  parts: Parts,
  circumstances: Circumstances,
  desk: Desk,
  { request, asks, cause, payloadHash }: Prepared,
): Promise<Unit> => {
  const draft = createDraft(desk)
  const done: { kind: string; id: string; types: readonly string[] }[] = []
  for (const ask of asks) {
    const { actor } = request
    done.push(await decideAsk(parts, circumstances, { desk, draft, ask: bindTo(ask, done), actor }))
  }
  const first = asks[0]?.slice.name ?? ''
  const contents = guarded(parts.logger, first, draft.finish)
  const answer = done.map(({ kind, id, types }): Answer => {
    return { id, version: desk.get({ kind, id })?.version ?? 0, events: types }
  })
  return { cause, kept: { payloadHash, answer: answer as unknown as Json }, ...contents }
}
