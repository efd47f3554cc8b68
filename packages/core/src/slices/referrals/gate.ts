import { type AttributionRole, Benefit, judge, PayeeClass, type Policy } from '@hospital-crm/rules'
import * as z from 'zod'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { memberKey, partnerKey } from './keys.ts'
import type { Referral, ReferralCommand, Warning } from './schema.ts'

type Said = Extract<ReferralCommand, { type: 'record' }>

/** As far as a member's and a partner's record say what they are to the law and what they get. */
const Member = z.object({ status: z.string(), roles: z.array(z.string()).optional() })
const Paid = z.union([
  z
    .object({ terms: z.object({ meters: z.array(z.object({ counts: z.string() })) }) })
    .transform(({ terms }) =>
      terms.meters.map(
        ({ counts }): Benefit => (counts === 'amount' ? 'share-of-fees' : 'per-patient'),
      ),
    ),
  z.object({ benefit: Benefit }).transform(({ benefit }) => [benefit]),
])
const Payee = z.object({
  payeeClass: PayeeClass,
  agreements: z.array(
    z.object({ standing: z.string(), endedOn: z.string().optional(), pays: Paid }),
  ),
})

/** Whoever has a role that the pack does not name, or none, counts as a clinician. */
const classOf = (roles: readonly string[], { compliance }: Policy): PayeeClass => {
  const [first = 'own-clinician', ...more] = roles.map(
    (role) => compliance?.staff[role] ?? 'own-clinician',
  )
  return more.includes('own-clinician') ? 'own-clinician' : first
}

const strictest = ['DENY', 'REVIEW', 'ALLOW'] as const

/** The law's word on what somebody would get for treatment that the patient pays for. */
const warning = (
  role: AttributionRole,
  payee: string,
  payeeClass: PayeeClass,
  benefits: readonly Benefit[],
  { policy: { compliance } }: Context<Referral>,
): Warning[] => {
  if (!compliance) return []
  const words = benefits.map((benefit) =>
    judge(compliance.profile, {
      ...{ point: 'touch-capture', payee, payeeClass, benefit },
      ...{ feePayer: 'self-pay', service: 'treatment' },
    }),
  )
  const word = strictest.flatMap((each) => words.filter(({ judgement }) => judgement === each))[0]
  if (!word) return []
  const { judgement, profile, rule, because, ground } = word
  return [{ role, judgement, profile, rule, because, ground }]
}

/** Looks whether who is said to have brought somebody is known, and what the law would say of paying them. */
export const warningsOf = ({ rep, partner }: Said, context: Context<Referral>): Warning[] => {
  const { policy, other } = context
  const warnings: Warning[] = []
  if (rep !== undefined) {
    const { status, roles = [] } = other(memberKey(rep), Member) ?? { status: 'none' }
    if (status !== 'member' && status !== 'departed') return refuse('staff.unknown', { staff: rep })
    warnings.push(...warning('rep', rep, classOf(roles, policy), ['share-of-fees'], context))
  }
  if (partner !== undefined) {
    const { payeeClass, agreements } =
      other(partnerKey(partner), Payee) ?? refuse('partner.unknown', { partner })
    const paid = agreements.flatMap(({ standing, endedOn, pays }) =>
      standing === 'active' && endedOn === undefined ? pays : [],
    )
    const benefits = paid.length > 0 ? paid : (['report'] as const)
    warnings.push(...warning('partner', partner, payeeClass, benefits, context))
  }
  return warnings
}
