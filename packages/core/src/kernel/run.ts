import type { KeptAnswer, LoggedEvent, UnitOutcome } from '../ports/store.ts'
import { concernOf } from './concern.ts'
import { decideRequest } from './decide.ts'
import { createDesk, type Desk } from './desk.ts'
import type { Parts } from './parts.ts'
import { createPolicies } from './policy.ts'
import { type ParsedAsk, type Prepared, prepare } from './prepare.ts'
import { attempt, Refusal } from './refusal.ts'
import type { Answer, Outcome, Request } from './request.ts'

/** What a run did: an outcome for each request, and the events of what was committed, in order. */
export interface Ran {
  readonly outcomes: readonly Outcome[]
  readonly events: readonly Omit<LoggedEvent, 'position'>[]
}

export type Run = (tenant: string, requests: readonly Request[]) => Promise<Ran>

const rounds = 4
const attempts = 12

/** What fails here fails again when it is decided, and for its own command alone. */
const keysOf = (desk: Desk, ask: ParsedAsk) => {
  try {
    return concernOf(desk.get, ask).keys
  } catch {
    return []
  }
}

/** What the batch concerns, as far as the desk shows. */
const concerned = (desk: Desk, batch: readonly Prepared[]) =>
  batch.flatMap(({ asks }) => asks.flatMap((ask) => keysOf(desk, ask)))

/** Loads in few round trips what the batch concerns; what shows only while deciding is loaded then. */
const foresee = async (desk: Desk, batch: readonly Prepared[]) => {
  for (let round = 0; round < rounds; round += 1) {
    const missing = concerned(desk, batch).filter((key) => !desk.get(key))
    if (missing.length === 0) return
    await desk.fetch(missing)
  }
}

const repeated = (kept: KeptAnswer, { cause, payloadHash }: Prepared): Outcome =>
  kept.payloadHash === payloadHash
    ? { answers: kept.answer as unknown as readonly Answer[], known: true }
    : new Refusal('cause.reused', { cause })

/**
 * The one road every command takes: parse, load, allow, seal, decide, evolve, commit. Requests of a
 * batch are decided in order, each on what the ones before it left, and committed in one round trip.
 */
export const createRun = (parts: Parts): Run => {
  const { store, clock } = parts
  const policyOf = createPolicies(parts.policySource)

  /** One try at what is still open: answers what it can, and says who must try again. */
  const round = async (tenant: string, open: readonly Prepared[], ran: Answers) => {
    const desk = createDesk(store, tenant)
    const repeat = (each: Prepared) => {
      const kept = desk.kept(each.cause)
      if (kept) ran.outcomes[each.place] = repeated(kept, each)
      return kept !== undefined
    }
    await desk.fetch(
      [parts.policySource.key, ...concerned(desk, open)],
      open.map(({ cause }) => cause),
    )
    const fresh = open.filter((each) => !repeat(each))
    await foresee(desk, fresh)
    const now = clock.now().toISOString()
    const decided = []
    const refused = []
    for (const each of fresh) {
      const policy = await policyOf(tenant, desk)
      const unit = await attempt(() => decideRequest(parts, { tenant, now, policy }, desk, each))
      if (unit instanceof Refusal) {
        ran.outcomes[each.place] = unit
        refused.push(each)
      } else decided.push({ each, unit })
    }
    // What refuses a call may be what the same call has done, made twice at once.
    const named = refused.filter(({ request }) => request.cause !== undefined)
    await desk.fetch(
      [],
      named.map(({ cause }) => cause),
    )
    for (const each of named) repeat(each)
    if (decided.length === 0) return []
    await parts.probe(tenant)
    const outcomes = await store.commit(
      tenant,
      decided.map(({ unit }) => unit),
    )
    return decided.flatMap(({ each, unit }, at) => {
      const outcome: UnitOutcome = outcomes[at] ?? 'conflict'
      if (outcome === 'conflict') return [each]
      if (outcome === 'done') {
        const answers = unit.kept?.answer as unknown as readonly Answer[]
        ran.outcomes[each.place] = { answers, known: false }
        ran.events.push(
          ...unit.events.map((event, place) => ({ ...event, cause: unit.cause, place })),
        )
      } else ran.outcomes[each.place] = repeated(outcome.duplicateOf, each)
      return []
    })
  }

  return async (tenant, requests) => {
    const ran: Answers = { outcomes: [], events: [] }
    const prepared = await prepare(parts, tenant, requests)
    let open = prepared.filter((each, place): each is Prepared => {
      if (each instanceof Refusal) ran.outcomes[place] = each
      return !(each instanceof Refusal)
    })
    for (let tried = 0; open.length > 0 && tried < attempts; tried += 1) {
      open = await round(tenant, open, ran)
    }
    for (const { place } of open) ran.outcomes[place] = new Refusal('store.contended')
    return ran
  }
}

interface Answers {
  outcomes: Outcome[]
  events: Omit<LoggedEvent, 'position'>[]
}
