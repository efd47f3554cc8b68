import type { AttributedLine } from '../attribution/charge.ts'
import { cnStrict } from '../compliance/profiles/cn-strict.ts'
import { Release } from '../compliance/release.ts'
import { yangzhouMarketerTerms } from '../packs/yangzhou/terms.ts'
import type { SettlementFacts } from './settlement-facts.ts'

/** A charge of March credited to representative R1 on touch T1, paid by the patient. */
export const line = (
  id: string,
  amount: number,
  on = '2026-03-10',
  more: Partial<AttributedLine> = {},
): AttributedLine => ({
  id,
  visit: `V-${id}`,
  occurredOn: on,
  postedOn: on,
  amount,
  category: 'treatment',
  payer: 'self-pay',
  basis: 'attribution',
  payee: 'R1',
  role: 'rep',
  touch: 'T1',
  rules: 'test@3',
  occasion: 'first',
  holds: [],
  ...more,
})

export const release = Release.parse({
  id: 'RL1',
  profile: 'cn-strict@1',
  rule: 'own-marketer-commission',
  by: [
    { person: 'director', role: 'director' },
    { person: 'counsel', role: 'legal' },
  ],
  opinion: { author: 'Law Firm', document: 'sha256:00' },
  at: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
})

/** The facts of representative R1 for March, their commission released. */
export const factsOf = (more: Partial<SettlementFacts> = {}): SettlementFacts => ({
  payee: { id: 'R1', class: 'own-marketer' },
  month: '2026-03',
  terms: [yangzhouMarketerTerms],
  lines: [],
  settled: [],
  adjustments: [],
  carriedIn: 0,
  gate: { profile: cnStrict, releases: [release], at: '2026-04-01T00:00:00Z' },
  ...more,
})
