import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Json, LoggedEvent } from '../ports/store.ts'
import { system } from './actor.ts'
import { createFinished } from './finished.ts'
import type { Flow, Happened, Raised } from './flow.ts'
import { park } from './parked.ts'
import type { Parts } from './parts.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'
import type { Ran, Run } from './run.ts'

const pageSize = 200

const nameOf = ({ cause, place }: { cause: string; place: number }) => `${cause}/${place}`

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
  const text = `${nameOf({ cause, place })}>${flow.name}>${slice.name}/${at}#${nth}`
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

/** Requests by which a flow answers an event, and whether a look-up of it has further pages. */
interface Answered {
  readonly requests: readonly Request[]
  readonly more: boolean
}

/** Runs flows over events: every flow that listens, every command it raises; what fails is parked. */
export const createCarry = (parts: Parts, run: Run) => {
  const { store, clock, flows, logger } = parts
  const finished = createFinished()
  const listeners = new Map<string, Flow[]>()
  for (const flow of flows) {
    for (const type of flow.on) listeners.set(type, [...(listeners.get(type) ?? []), flow])
  }

  const answer = async (
    tenant: string,
    flow: Flow,
    happened: Happened,
    reach: Reach,
  ): Promise<Answered> => {
    const lookUp = flow.look?.(happened)
    if (!lookUp)
      return { requests: requestsOf(flow, happened, flow.run(happened, [])), more: false }
    const { kind, ...query } = lookUp
    const requests: Request[] = []
    let after: string | undefined
    do {
      const page = await store.list(tenant, kind, {
        ...query,
        limit: pageSize,
        ...(after && { after }),
      })
      requests.push(...requestsOf(flow, happened, flow.run(happened, page.items)))
      after = page.next
    } while (after !== undefined && reach === 'all-pages')
    return { requests, more: after !== undefined }
  }

  /** What a flow that throws leaves undone is its event. */
  const parkEvent = async (tenant: string, flow: Flow, happened: Happened, error: unknown) => {
    const code = error instanceof Refusal ? error.code : 'failed'
    const cause = `flow:${flow.name}:${nameOf(happened)}`
    logger.warn(
      { flow: flow.name, cause, code },
      'a flow failed; its event is kept for another try',
    )
    const undone = { flow: flow.name, happened: happened as unknown as Json }
    await park(store, tenant, { cause, code, now: clock.now(), undone })
    return cause
  }

  return async (tenant: string, events: Ran['events'], reach: Reach): Promise<Carried> => {
    const requests: Request[] = []
    const failed = new Set<string>()
    const whole: string[] = []
    for (const event of events) {
      const listening = listeners.get(event.type)
      if (!listening || (reach === 'all-pages' && finished.take(tenant, nameOf(event)))) continue
      const happened = happenedOf(event)
      let isWhole = true
      for (const flow of listening) {
        try {
          const answered = await answer(tenant, flow, happened, reach)
          requests.push(...answered.requests)
          isWhole &&= !answered.more
        } catch (error) {
          isWhole = false
          failed.add(await parkEvent(tenant, flow, happened, error))
        }
      }
      if (isWhole) whole.push(nameOf(event))
    }
    const ran = requests.length > 0 ? await run(tenant, requests) : { outcomes: [], events: [] }
    for (const [at, outcome] of ran.outcomes.entries()) {
      const { cause = '', asks } = requests[at] ?? {}
      const [ask] = asks ?? []
      // A policy or a library that changed between two runs of a flow changes its answer; the first one stands.
      if (!(outcome instanceof Refusal) || outcome.code === 'cause.reused' || !ask) continue
      const undone = { slice: ask.slice.name, command: ask.input as Json }
      await park(store, tenant, { cause, code: outcome.code, now: clock.now(), undone })
      failed.add(cause)
    }
    if (reach === 'first-page') finished.put(tenant, whole)
    return { events: ran.events, failed }
  }
}
