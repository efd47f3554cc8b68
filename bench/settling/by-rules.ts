import {
  type AttributedLine,
  attribute,
  attributedLines,
  cnStrict,
  Release,
  type Statement,
  statementOf,
  yangzhouAttribution,
  yangzhouMarketerTerms,
  yangzhouPartnerTerms,
} from '@hospital-crm/rules'
import type { Block } from './invented-month.ts'

const release = Release.parse({
  id: 'opinion',
  profile: `${cnStrict.id}@${cnStrict.version}`,
  rule: 'own-marketer-commission',
  by: [
    { person: 'director', role: 'director' },
    { person: 'counsel', role: 'legal' },
  ],
  opinion: { author: 'Law firm', document: 'opinion of 2026' },
  at: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
})
const terms = {
  rep: [yangzhouMarketerTerms],
  partner: [
    yangzhouPartnerTerms({ treatment: '3%', discounted: '2%', checkUp: '5%', eachPackage: '20' }),
  ],
}
const classes = { rep: 'own-marketer', partner: 'institution-elsewhere' } as const
const viewpoint = { zone: 'Asia/Shanghai', asOf: '2026-04-02T00:00:00Z' }

/** Attributes a month's charges, block by block, and gives each payee's statement to `take`. */
export const settleByRules = (
  blocks: Iterable<Block>,
  take: (statement: Statement) => void,
): void => {
  const ofPayee = new Map<string, AttributedLine[]>()
  for (const { touches, visits, charges } of blocks) {
    const decided = attribute(yangzhouAttribution, { touches, visits }, viewpoint)
    for (const line of attributedLines(decided, charges)) {
      const key = `${line.role} ${line.payee}`
      const known = ofPayee.get(key)
      if (known) known.push(line)
      else ofPayee.set(key, [line])
    }
  }
  for (const [key, lines] of ofPayee) {
    const [first] = lines
    if (!first) continue
    const { role, payee } = first
    take(
      statementOf({
        payee: { id: payee, class: classes[role] },
        month: '2026-03',
        terms: terms[role],
        lines,
        settled: [],
        adjustments: [],
        carriedIn: 0,
        gate: { profile: cnStrict, releases: [release], at: viewpoint.asOf },
      }),
    )
    ofPayee.delete(key)
  }
}
