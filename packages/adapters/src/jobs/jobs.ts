import { type Crm, type Logger, Refusal } from '@hospital-crm/core'

/** Turns of work that come by themselves until they are stopped. */
export interface Jobs {
  /** Begins no turn more, and waits for the one that is under way. */
  stop(): Promise<void>
}

/** The part of a crm that works. */
export type Working = Pick<Crm, 'work' | 'tenants'>

/** The tenants from another one on each time, so that workers that begin together do not walk side by side. */
export const fromAnyOf = (tenants: readonly string[]): readonly string[] => {
  const first = Math.floor(Math.random() * tenants.length)
  return [...tenants.slice(first), ...tenants.slice(0, first)]
}

/** A tenant's turn. What fails is told by its code, and is tried again by the next turn. */
export const turnFor = async (crm: Working, tenant: string, logger?: Logger): Promise<boolean> => {
  try {
    await crm.work(tenant)
    return true
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'failed'
    logger?.warn({ tenant, code }, 'a turn of work failed')
    return false
  }
}
