import { createCarry } from './carry.ts'
import type { Parts } from './parts.ts'
import type { Outcome, Request } from './request.ts'
import { createRun, type Ran } from './run.ts'

const chunk = 500
const deepest = 16

/** Runs requests and, right after each commit, the flows that follow from it. */
export type Road = (tenant: string, requests: readonly Request[]) => Promise<readonly Outcome[]>

export const createRoad = (parts: Parts) => {
  const run = createRun(parts)
  const carry = createCarry(parts, run)

  /** What does not come to an end here, or fails, is in the log, and pump finishes it. */
  const follow = async (tenant: string, events: Ran['events']) => {
    try {
      for (let depth = 0, next = events; next.length > 0 && depth < deepest; depth += 1) {
        next = (await carry(tenant, next, 'first-page')).events
      }
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      parts.logger.warn({ tenant, error: name }, 'flows were interrupted; pump finishes them')
    }
  }

  const road: Road = async (tenant, requests) => {
    const outcomes: Outcome[] = []
    for (let at = 0; at < requests.length; at += chunk) {
      const ran = await run(tenant, requests.slice(at, at + chunk))
      outcomes.push(...ran.outcomes)
      await follow(tenant, ran.events)
    }
    return outcomes
  }
  return { road, run, carry, follow }
}
