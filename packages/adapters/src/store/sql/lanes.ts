import { Refusal, type Store, type Unit, type UnitOutcome } from '@hospital-crm/core'

interface Call {
  readonly units: readonly Unit[]
  readonly answer: (outcomes: readonly UnitOutcome[]) => void
  readonly fail: (error: unknown) => void
}

/** How many units of waiting calls go into one transaction. */
const most = 1000

/**
 * Commits one call of a tenant at a time, and those that wait meanwhile together in the next transaction.
 * They would wait for the tenant's head anyway, each with a connection of its own.
 */
export const inLanes = (commit: Store['commit']): Store['commit'] => {
  const lanes = new Map<string, Call[]>()

  const take = (waiting: Call[]): Call[] => {
    let calls = 0
    let units = 0
    do {
      units += waiting[calls]?.units.length ?? 0
      calls += 1
    } while (calls < waiting.length && units < most)
    return waiting.splice(0, calls)
  }

  const serve = async (tenant: string, calls: readonly Call[]) => {
    try {
      const outcomes = await commit(
        tenant,
        calls.flatMap(({ units }) => units),
      )
      let at = 0
      for (const { units, answer } of calls) {
        answer(outcomes.slice(at, at + units.length))
        at += units.length
      }
    } catch (error) {
      // What one call brings that cannot be stored is no reason to refuse the others.
      const apart = calls.length > 1 && error instanceof Refusal
      for (const call of calls) {
        if (apart) await serve(tenant, [call])
        else call.fail(error)
      }
    }
  }

  const run = async (tenant: string, waiting: Call[]) => {
    while (waiting.length > 0) await serve(tenant, take(waiting))
    lanes.delete(tenant)
  }

  return (tenant, units) =>
    new Promise((answer, fail) => {
      const call = { units, answer, fail }
      const waiting = lanes.get(tenant)
      if (waiting) return void waiting.push(call)
      const lane = [call]
      lanes.set(tenant, lane)
      void run(tenant, lane)
    })
}
