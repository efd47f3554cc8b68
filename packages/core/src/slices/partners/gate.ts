import {
  type Benefit,
  FeePayer,
  type GateSubject,
  judge,
  type PayeeClass,
  type Policy,
  type Release,
  type Service,
} from '@hospital-crm/rules'
import { refuse } from '../../kernel/refusal.ts'
import type { Agreement, Finding, KnownPartner, Pays } from './schema.ts'

type Terms = Extract<Pays, { terms: unknown }>['terms']

/** A category to the law; `undefined` for one that earns nothing whoever pays. */
const serviceOf = ({ services, exclusions }: Terms, category: string): Service | undefined =>
  exclusions.some(({ categories, payers }) => !payers && categories?.includes(category))
    ? undefined
    : (services[category] ?? 'treatment')

/** What terms pay for: each meter's benefit, services and payers, as far as they are not excluded. */
const paidFor = (terms: Terms): readonly [Benefit, Service, FeePayer][] => {
  const payers = FeePayer.options.filter(
    (payer) => !terms.exclusions.some((one) => !one.categories && one.payers?.includes(payer)),
  )
  return terms.meters.flatMap(({ counts, categories }) => {
    const benefit = counts === 'amount' ? 'share-of-fees' : 'per-patient'
    // A meter of all categories counts those that nobody has named as well: they are treatment.
    const named = categories ?? ['', ...Object.keys(terms.services)]
    const services = new Set(named.flatMap((category) => serviceOf(terms, category) ?? []))
    return [...services].flatMap((service) =>
      payers.map((payer): [Benefit, Service, FeePayer] => [benefit, service, payer]),
    )
  })
}

const subjectsOf = (payeeClass: PayeeClass, payee: string, pays: Pays): GateSubject[] => {
  const each =
    'terms' in pays
      ? paidFor(pays.terms)
      : pays.services.flatMap((service) =>
          FeePayer.options.map((payer) => [pays.benefit, service, payer] as const),
        )
  return each.map(([benefit, service, feePayer]) => {
    return { point: 'plan-activation', payeeClass, payee, benefit, service, feePayer }
  })
}

const strictest = ['DENY', 'REVIEW', 'ALLOW'] as const
const standings = { DENY: 'denied', REVIEW: 'awaiting-release', ALLOW: 'active' } as const

/** What the law says of an agreement with a partner: every row that speaks of it, and the strictest word of all. */
export const judged = (
  { payeeClass }: Pick<KnownPartner, 'payeeClass'>,
  { pays, releases }: { readonly pays: Pays; readonly releases: readonly Release[] },
  { id, now, policy: { compliance } }: { id: string; now: string; policy: Policy },
): Pick<Agreement, 'standing' | 'findings'> => {
  const { profile } = compliance ?? refuse('partner.no-compliance-profile')
  const findings = new Map<string, Finding>()
  for (const subject of subjectsOf(payeeClass, id, pays)) {
    const finding = judge(profile, subject, { releases, at: now })
    findings.set(finding.rule, finding)
  }
  const words = [...findings.values()]
  const word = strictest.find((each) => words.some(({ judgement }) => judgement === each))
  return { standing: standings[word ?? 'DENY'], findings: words }
}
