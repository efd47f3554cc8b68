import type { FollowUpFact } from '../follow-up/fact.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'
import type { FollowUpLine, Policy, RulePack } from './rule-pack.ts'

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

/** Each version of the attribution rules from the pack that brought it. */
const attributionsOf = (packs: readonly PublishedPack[]): Policy['attributions'] =>
  packs.flatMap(({ content: { attribution: rules }, at }, place) => {
    const before = packs[place - 1]?.content.attribution
    const isSame = before?.id === rules?.id && before?.version === rules?.version
    return rules && !isSame ? [{ at, rules }] : []
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
  const { id, version, title: _, followUp: __, attribution: ___, ...content } = newest
  const { calendar } = first.followUp
  const programme = {
    zone,
    plan: first.followUp.plan,
    plans: Object.assign({}, ...packs.map((pack) => pack.content.followUp.plans)),
    calendars: Object.assign({}, ...packs.map((pack) => pack.content.followUp.calendars)),
    ...(calendar !== undefined && { calendar }),
  }
  const publications = publicationsOf(packs)
  return {
    ...content,
    pack: `${id}@${version}`,
    zone,
    locale,
    currency,
    followUp: programme,
    publications,
    lines: [{ programme, publications }, ...furtherLines(programme, packs)],
    attributions: attributionsOf(packs),
  }
}

const idOf = (ref: string) => ref.slice(0, ref.lastIndexOf('@'))

/** Plans beside the main one: each from the pack that brought it to the pack that left it out. */
const furtherLines = (
  programme: FollowUpProgramme,
  packs: readonly PublishedPack[],
): FollowUpLine[] => {
  const ids = new Set(packs.flatMap(({ content }) => content.followUp.also.map(idOf)))
  const calendars = publicationsOf(packs).filter(({ type }) => type === 'calendar-published')
  return [...ids].flatMap((id): FollowUpLine[] => {
    const refOf = ({ content }: PublishedPack) =>
      content.followUp.also.find((ref) => idOf(ref) === id)
    const begun = packs.findIndex((pack) => refOf(pack) !== undefined)
    const [brought, ...later] = packs.slice(begun)
    const plan = brought && refOf(brought)
    if (plan === undefined || !brought) return []
    const left = later.find((pack) => refOf(pack) === undefined)
    let ref = plan
    const versions = later.flatMap((pack): FollowUpFact[] => {
      const next = refOf(pack)
      if (next === undefined || next === ref) return []
      ref = next
      const { migration, floorDays } = pack.content.followUp
      const floor = floorDays === undefined ? {} : { floorDays }
      return [{ type: 'plan-published', at: pack.at, plan: next, migration, ...floor }]
    })
    // Who was discharged before a hospital began with it owes nothing by it.
    const since = begun > 0 ? { since: brought.at } : {}
    const until = left ? { until: left.at } : {}
    return [
      {
        programme: { ...programme, plan, ...since, ...until },
        publications: [...calendars, ...versions],
      },
    ]
  })
}
