import { createHash } from 'node:crypto'
import type { Crm } from '@hospital-crm/core'
import { logOf } from './reported.ts'

/** SHA-256 over the whole log, in order: the same while nothing has happened. */
export const digestOf = async (crm: Crm) => {
  const hash = createHash('sha256')
  let events = 0
  const counts: Record<string, number> = {}
  for await (const event of logOf(crm)) {
    hash.update(JSON.stringify(event))
    events += 1
    counts[event.type] = (counts[event.type] ?? 0) + 1
  }
  return { digest: hash.digest('hex'), events, counts }
}
