import { everything, refusalsOf } from './consent.ts'
import { deathOf } from './life.ts'
import type { Scene } from './scene.ts'

/** Whether the hospital may still call or write: nobody known dead, nobody refused everything. */
export const outboundAllowed = ({ ledger, people, seen }: Scene): boolean => {
  for (const patient of ledger.patients.keys()) {
    const death = deathOf(people, patient, seen)
    if (death && death.at <= seen) return false
    const refusals = refusalsOf(people, patient, everything, seen)
    if (refusals.at(-1)?.until === Number.POSITIVE_INFINITY) return false
  }
  return true
}
