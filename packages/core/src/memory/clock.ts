import { v7 } from 'uuid'
import type { Clock, Ids } from '../ports/clock.ts'

/** The process's own clock. */
export const systemClock: Clock = { now: () => new Date() }

/** Ids that ascend with the time at which they are made (UUID version 7). */
export const timedIds: Ids = { next: () => v7() }
