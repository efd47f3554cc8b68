import type { AccessRule } from '@hospital-crm/rules'
import type { Actor } from './actor.ts'

/** What a record tells access rules about itself, e.g. `{ owner: ['dr-li'], department: ['cardiology'] }`. */
export type Attributes = Readonly<Record<string, readonly string[]>>

/** `record`: yes, but only on records whose attributes satisfy one of the rules. */
export type Permission = 'always' | 'never' | { readonly record: readonly AccessRule[] }

const omnipotent = ['system', 'admin']
const mayAll = ({ roles }: Actor) => roles.some((role) => omnipotent.includes(role))

/** What the actor's roles permit for a verb such as `follow-up.record-contact` or `patient.read`. */
export const permissionFor = (
  rules: readonly AccessRule[],
  actor: Actor,
  kind: string,
  verb: string,
): Permission => {
  if (mayAll(actor)) return 'always'
  const covering = rules.filter(
    (rule) =>
      actor.roles.includes(rule.role) &&
      rule.may.some((may) => may === '*' || may === `${kind}.*` || may === `${kind}.${verb}`),
  )
  if (covering.length === 0) return 'never'
  return covering.some((rule) => !rule.where) ? 'always' : { record: covering }
}

/** Whether a permission covers a record. A rule without a match, and an attribute without a value, is a no. */
export const covers = (permission: Permission, actor: Actor, attributes: Attributes): boolean => {
  if (typeof permission === 'string') return permission === 'always'
  return permission.record.some(({ where = {} }) =>
    Object.entries(where).every(([attribute, by]) => {
      const mine = by === 'self' ? [actor.id] : (actor.scope?.[attribute] ?? [])
      return attributes[attribute]?.some((value) => mine.includes(value)) ?? false
    }),
  )
}

/** Whether the actor may see any record in an emergency. */
export const breaksGlass = (rules: readonly AccessRule[], actor: Actor): boolean =>
  mayAll(actor) || rules.some(({ role, breaksGlass: may }) => may && actor.roles.includes(role))

/** The highest level of personal data that the actor sees plain. */
export const opensUpTo = (rules: readonly AccessRule[], actor: Actor): number =>
  mayAll(actor)
    ? 5
    : Math.max(0, ...rules.filter((rule) => actor.roles.includes(rule.role)).map((r) => r.opens))
