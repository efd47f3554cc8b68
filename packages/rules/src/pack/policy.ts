import type { FollowUpFact } from '../follow-up/fact.ts'
import type { Policy, RulePack } from './rule-pack.ts'

/** A pack and the instant (RFC 3339) from which it has been in force. */
export interface PublishedPack {
  readonly content: RulePack
  readonly at: string
}

/** What a change from one pack to the next means to episodes under way. */
const publicationsOf = (packs: readonly PublishedPack[]): FollowUpFact[] =>
  packs.flatMap(({ content: { followUp }, at }, place): FollowUpFact[] => {
    const before = packs[place - 1]?.content.followUp
    if (!before) return []
    const { plan, migration, floorDays, calendar } = followUp
    const floor = floorDays === undefined ? {} : { floorDays }
    return [
      ...(plan === before.plan
        ? []
        : [{ type: 'plan-published' as const, at, plan, migration, ...floor }]),
      ...(calendar === undefined || calendar === before.calendar
        ? []
        : [{ type: 'calendar-published' as const, at, calendar }]),
    ]
  })

/**
 * A hospital's policy by its settings and the packs it has published, the oldest first. The newest
 * decides; plans and calendars of the others stay known, for what was begun under them.
 */
export const policyOf = (
  { zone, locale, currency }: Pick<Policy, 'zone' | 'locale' | 'currency'>,
  packs: readonly [PublishedPack, ...PublishedPack[]],
): Policy => {
  const [{ content: first }] = packs
  const newest = packs.at(-1)?.content ?? first
  const { id, version, title: _, followUp: __, ...content } = newest
  const { calendar } = first.followUp
  return {
    ...content,
    pack: `${id}@${version}`,
    zone,
    locale,
    currency,
    followUp: {
      zone,
      plan: first.followUp.plan,
      plans: Object.assign({}, ...packs.map((pack) => pack.content.followUp.plans)),
      calendars: Object.assign({}, ...packs.map((pack) => pack.content.followUp.calendars)),
      ...(calendar !== undefined && { calendar }),
    },
    publications: publicationsOf(packs),
  }
}
