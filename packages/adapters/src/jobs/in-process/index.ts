import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@hospital-crm/core'
import { fromAnyOf, type Jobs, turnFor, type Working } from '../jobs.ts'

export type { Jobs } from '../jobs.ts'

export interface InProcessOptions {
  /** Milliseconds from the end of a turn to the next one; 5,000 unless told. */
  readonly everyMs?: number
  readonly logger?: Logger
}

const longest = 60_000

/**
 * Works in this process for all tenants, one after the other, again and again, from any one on. A tenant that fails holds up
 * no other; while the store cannot be had the pauses grow, to a minute at most. Any number of processes may
 * do the same.
 */
export const inProcessJobs = (
  crm: Working,
  { everyMs = 5000, logger }: InProcessOptions = {},
): Jobs => {
  const stopping = new AbortController()
  const { signal } = stopping

  const turn = async () => {
    let isFine = true
    for (const tenant of fromAnyOf(await crm.tenants())) {
      if (signal.aborted) break
      isFine = (await turnFor(crm, tenant, logger)) && isFine
    }
    return isFine
  }

  const loop = async () => {
    for (let failures = 0; !signal.aborted; ) {
      const isFine = await turn().catch(() => {
        logger?.warn({ code: 'failed' }, 'the tenants could not be had')
        return false
      })
      failures = isFine ? 0 : failures + 1
      const wait = Math.min(everyMs * 2 ** failures, Math.max(longest, everyMs))
      await pause(wait, undefined, { signal }).catch(() => {})
    }
  }

  const looping = loop()
  return {
    stop: () => {
      stopping.abort()
      return looping
    },
  }
}
