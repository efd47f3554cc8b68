import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Found, Json, LoggedEvent } from '../ports/store.ts'
import { system } from './actor.ts'
import type { Flow, Happened, Raised } from './flow.ts'
import { park } from './parked.ts'
import type { Parts } from './parts.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'
import type { Ran, Run } from './run.ts'

const pageSize = 200

/** How far look-ups of flows are followed: the first page while the caller waits, all of them in the pump. */
export type Reach = 'first-page' | 'all-pages'

export interface Carried {
  readonly events: Ran['events']
  /** Causes that failed and are kept for another try. */
  readonly failed: ReadonlySet<string>
}

export const happenedOf = ({ data, type, cause, place, ...rest }: Omit<LoggedEvent, 'position'>) =>
  ({ ...rest, cause, place, event: { ...(data as object), type } }) as Happened

/** Names what a flow raised for ever: event, flow, target and place in the answer, whoever computes it. */
const causeOf = (flow: Flow, { cause, place }: Happened, { slice, at }: Raised, nth: number) => {
  const text = `${cause}/${place}>${flow.name}>${slice.name}/${at}#${nth}`
  return `flow:${flow.name}:${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)}`
}

const requestsOf = (flow: Flow, happened: Happened, raised: readonly Raised[]): Request[] => {
  const count = new Map<string, number>()
  return raised.map((each) => {
    const target = `${each.slice.name}/${each.at}`
    const nth = count.get(target) ?? 0
    count.set(target, nth + 1)
    const asks = [{ slice: each.slice, input: each.command }]
    return { asks, actor: system, cause: causeOf(flow, happened, each, nth) }
  })
}

/** Runs flows over events: every flow that listens, every command it raises; what fails is parked. */
export const createCarry = (parts: Parts, run: Run) => {
  const { store, clock, flows, logger } = parts
  const listeners = new Map<string, Flow[]>()
  for (const flow of flows) {
    for (const type of flow.on) listeners.set(type, [...(listeners.get(type) ?? []), flow])
  }

  const pages = async function* (
    tenant: string,
    flow: Flow,
    happened: Happened,
    reach: Reach,
  ): AsyncGenerator<readonly Found[], void> {
    const lookUp = flow.look?.(happened)
    if (!lookUp) return yield []
    const { kind, ...query } = lookUp
    let after: string | undefined
    do {
      const page = await store.list(tenant, kind, {
        ...query,
        limit: pageSize,
        ...(after && { after }),
      })
      yield page.items
      after = reach === 'all-pages' ? page.next : undefined
    } while (after)
  }

  const raisedBy = async (
    tenant: string,
    flow: Flow,
    happened: Happened,
    reach: Reach,
    failed: Set<string>,
  ) => {
    try {
      const requests: Request[] = []
      for await (const found of pages(tenant, flow, happened, reach)) {
        requests.push(...requestsOf(flow, happened, flow.run(happened, found)))
      }
      return requests
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'failed'
      const cause = `flow:${flow.name}:${happened.cause}/${happened.place}`
      logger.warn(
        { flow: flow.name, cause, code },
        'a flow failed; its event is kept for another try',
      )
      const undone = { flow: flow.name, happened: happened as unknown as Json }
      await park(store, tenant, { cause, code, now: clock.now(), undone })
      failed.add(cause)
      return []
    }
  }

  return async (tenant: string, events: Ran['events'], reach: Reach): Promise<Carried> => {
    const requests: Request[] = []
    const failed = new Set<string>()
    for (const event of events) {
      const listening = listeners.get(event.type)
      if (!listening) continue
      const happened = happenedOf(event)
      for (const flow of listening)
        requests.push(...(await raisedBy(tenant, flow, happened, reach, failed)))
    }
    if (requests.length === 0) return { events: [], failed }
    const ran = await run(tenant, requests)
    for (const [at, outcome] of ran.outcomes.entries()) {
      const { cause = '', asks } = requests[at] ?? {}
      const [ask] = asks ?? []
      // A policy or a library that changed between two runs of a flow changes its answer; the first one stands.
      if (!(outcome instanceof Refusal) || outcome.code === 'cause.reused' || !ask) continue
      const undone = { slice: ask.slice.name, command: ask.input as Json }
      await park(store, tenant, { cause, code: outcome.code, now: clock.now(), undone })
      failed.add(cause)
    }
    return { events: ran.events, failed }
  }
}
