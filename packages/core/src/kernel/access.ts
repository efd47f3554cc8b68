import type { AccessRule } from '@hospital-crm/rules'
import { meets } from '../ports/meets.ts'
import type { Where } from '../ports/store.ts'
import type { Actor } from './actor.ts'
import { refuse } from './refusal.ts'

/** What a record tells access rules about itself, e.g. `{ owner: ['dr-li'], department: ['cardiology'] }`. */
export type Attributes = Readonly<Record<string, readonly string[]>>

/** One of a record's attributes as stores keep it. A name is written so that none can run into a value. */
const attributeOf = (name: string, value: string) =>
  `${name.replaceAll('%', '%25').replaceAll('=', '%3D')}=${value}`

/** A slice as far as access rules ask it. */
interface Telling<State> {
  attributes?(state: State, id: string): Attributes
}

/** What a record of a slice tells access rules, as stores keep it. */
export const attributesOf = <State>(
  slice: Telling<State> | undefined,
  state: State,
  id: string,
): readonly string[] => {
  const attributes = Object.entries(slice?.attributes?.(state, id) ?? {})
  const all = attributes.flatMap(([name, values]) => values.map((each) => attributeOf(name, each)))
  return [...new Set(all)]
}

/** Always, never, or on records where one of the rules is met. */
export type Permission = 'always' | 'never' | Where

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
  const where = covering.map((rule) =>
    Object.entries(rule.where ?? {}).map(([name, by]) => {
      const mine = by === 'self' ? [actor.id] : (actor.scope?.[name] ?? [])
      return mine.map((value) => attributeOf(name, value))
    }),
  )
  if (where.some((rule) => rule.length === 0)) return 'always'
  // Whoever has no value of a scope meets no rule that compares it.
  const possible = where.filter((rule) => rule.every((list) => list.length > 0))
  return possible.length === 0 ? 'never' : possible
}

/** Whether a permission covers a record of a slice, which is asked only where that depends on it. */
export const covers = <State>(
  permission: Permission,
  slice: Telling<State> | undefined,
  state: State,
  id: string,
): boolean =>
  typeof permission === 'string'
    ? permission === 'always'
    : meets(permission, attributesOf(slice, state, id))

const most = 200

/** A permission as part of a list's query. Refuses one of more values than a store should compare. */
export const whereOf = (permission: Permission): { readonly where?: Where } => {
  if (typeof permission === 'string') return {}
  const where = [...new Map(permission.map((rule) => [JSON.stringify(rule), rule])).values()]
  const values = where.flat(2).length
  return values > most ? refuse('access.scope-too-long', { values, most }) : { where }
}

/** Whether the actor may see any record in an emergency. */
export const breaksGlass = (rules: readonly AccessRule[], actor: Actor): boolean =>
  mayAll(actor) || rules.some(({ role, breaksGlass: may }) => may && actor.roles.includes(role))

/** The highest level of personal data that the actor sees plain. */
export const opensUpTo = (rules: readonly AccessRule[], actor: Actor): number =>
  mayAll(actor)
    ? 5
    : Math.max(0, ...rules.filter((rule) => actor.roles.includes(rule.role)).map((r) => r.opens))
