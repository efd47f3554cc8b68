import type { Release } from '@hospital-crm/rules'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import { judged } from './gate.ts'
import type {
  Agreement,
  KnownPartner,
  Partner,
  PartnerCommand,
  PartnerEvent,
  Pays,
} from './schema.ts'

type Said<Type extends PartnerCommand['type']> = Extract<PartnerCommand, { type: Type }>

export const unended = ({ agreements }: KnownPartner, agreement: string): Agreement =>
  agreements.find((one) => one.agreement === agreement) ??
  refuse('partner.agreement-unknown', { agreement })

/** From and until when an agreement is in force, both days included; without an end for ever. */
const periodOf = ({ pays, endedOn }: Pick<Agreement, 'pays' | 'endedOn'>) => {
  const { from, to = '9999-12-31' } = 'terms' in pays ? pays.terms : pays
  return { from, to: endedOn !== undefined && endedOn < to ? endedOn : to }
}

/** By results one is paid after one set of terms at a time. */
const overlapping = ({ agreements }: KnownPartner, pays: Pays) => {
  const mine = periodOf({ pays })
  return agreements.find((one) => {
    const { from, to } = periodOf(one)
    return 'terms' in one.pays && 'terms' in pays && from <= mine.to && mine.from <= to
  })
}

/** What the law denies is not agreed; what it leaves open waits for a release by two persons. */
export const agree = (
  known: KnownPartner,
  { agreement, pays }: Said<'agree'>,
  context: Context<Partner>,
): PartnerEvent[] => {
  const { currency } = context.policy
  if (known.endedOn !== undefined) return refuse('partner.has-ended')
  const before = known.agreements.find((one) => one.agreement === agreement)
  if (before) return refuse('partner.agreement-exists', { agreement })
  if ('terms' in pays && pays.terms.currency !== currency) {
    return refuse('partner.other-currency', { currency })
  }
  const other = overlapping(known, pays)
  if (other) return refuse('partner.agreement-overlaps', { agreement: other.agreement })
  const { standing, findings } = judged(known, { pays, releases: [] }, context)
  const denial = findings.find(({ judgement }) => judgement === 'DENY')
  if (denial) {
    const { profile, rule, ground } = denial
    const { statute, article } = ground
    return refuse('partner.agreement-denied', { agreement, profile, rule, statute, article })
  }
  return [{ type: 'partner.agreed', agreement, pays, standing, findings, releases: [] }]
}

const signed = (role: string, { actor }: Context<Partner>) =>
  [role, 'admin'].some((each) => actor.roles.includes(each))
    ? { person: actor.id, role }
    : refuse('partner.not-your-role', { role })

const awaiting = (known: KnownPartner, agreement: string): Agreement => {
  const waiting = unended(known, agreement)
  return waiting.standing === 'awaiting-release'
    ? waiting
    : refuse('partner.nothing-to-release', { agreement })
}

export const proposeRelease = (
  known: KnownPartner,
  { agreement, role, opinion, validUntil }: Said<'propose-release'>,
  context: Context<Partner>,
): PartnerEvent[] => {
  awaiting(known, agreement)
  if (validUntil <= context.now) return refuse('partner.release-over')
  const signature = signed(role, context)
  return [{ type: 'partner.release-proposed', agreement, ...signature, opinion, validUntil }]
}

/** The second signature, by another person of another role, releases every row that left it open. */
export const confirmRelease = (
  known: KnownPartner,
  { agreement, role }: Said<'confirm-release'>,
  context: Context<Partner>,
): PartnerEvent[] => {
  const { now, id } = context
  const { proposed, findings, releases, pays, endedOn } = awaiting(known, agreement)
  if (!proposed) return refuse('partner.no-release-proposed', { agreement })
  const { person, role: firstRole, opinion, validUntil } = proposed
  const second = signed(role, context)
  if (second.person === person) return refuse('partner.release-one-person')
  if (second.role === firstRole) return refuse('partner.release-one-role')
  if (validUntil <= now) return refuse('partner.release-over')
  const given = findings
    .filter(({ judgement }) => judgement === 'REVIEW')
    .map(({ profile, rule }, place): Release => {
      const nth = releases.length + place + 1
      const by: Release['by'] = [{ person, role: firstRole }, second]
      const what = { profile, rule, payees: [id], opinion, at: now, validUntil }
      return { id: `${id}/${agreement}/${nth}`, by, ...what }
    })
  const agreed = { agreement, pays, releases: [...releases, ...given] }
  const word = judged(known, agreed, context)
  const { pays: _, ...on } = agreed
  return endedOn === undefined ? [{ type: 'partner.agreement-judged', ...on, ...word }] : []
}

/** What the law says now of agreements that stand, where it says something else than before. */
export const judgedAgain = (known: KnownPartner, context: Context<Partner>): PartnerEvent[] =>
  known.agreements.flatMap((agreed): PartnerEvent[] => {
    const { agreement, endedOn, releases, standing, findings } = agreed
    if (endedOn !== undefined) return []
    const word = judged(known, agreed, context)
    const isSame = canonical(word) === canonical({ standing, findings })
    return isSame ? [] : [{ type: 'partner.agreement-judged', agreement, releases, ...word }]
  })
