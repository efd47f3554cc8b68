import type { Policy } from '@hospital-crm/rules'
import type { Desk } from './desk.ts'
import type { PolicySource } from './parts.ts'

/**
 * Reads tenants' policies, and keeps each until the record that names it has another version: a
 * policy is large, and what is computed from one is cached by its identity.
 */
export const createPolicies = (source: PolicySource) => {
  const read = new Map<string, { version: number; policy: Policy | undefined }>()
  return async (tenant: string, desk: Desk): Promise<Policy | undefined> => {
    await desk.fetch([source.key])
    const held = desk.get(source.key)
    if (!held || held.version === 0) return undefined
    const uncommitted = desk.changed(source.key)
    const known = read.get(tenant)
    if (!uncommitted && known?.version === held.version) return known.policy
    const rest = source.rest(held.state)
    await desk.fetch(rest)
    const policy = source.read(
      held.state,
      rest.map((key) => desk.get(key)?.state),
    )
    if (!uncommitted) read.set(tenant, { version: held.version, policy })
    return policy
  }
}
