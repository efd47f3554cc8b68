import { cnStrict, type StatementLine, type Touch } from '@hospital-crm/rules'
import type { Block } from './invented-month.ts'

type Role = 'rep' | 'partner'

/** What a statement comes down to. */
export interface HandStatement {
  readonly payee: string
  readonly due: number
  readonly refused: number
  readonly counted: readonly StatementLine[]
  readonly excluded: readonly StatementLine[]
}

interface Line {
  readonly role: Role
  readonly payee: string
  readonly touch: string
  readonly id: string
  readonly visit: string
  readonly on: string
  readonly category: string
  readonly payer: string
  readonly amount: number
  readonly refundOf?: string
}

const hour = 3_600_000
const shanghaiDay = (at: string) => Math.floor((Date.parse(at) + 8 * hour) / (24 * hour))
const desks = { 'call-ahead': ['triage-desk'], slip: ['registration-desk', 'operations'] } as const
const classOf = { slip: 1, 'call-ahead': 3 } as const

const isGood = ({ kind, at, recordedAt, confirmations }: Touch, registeredAt: string) => {
  const [visitAt, touchAt] = [Date.parse(registeredAt), Date.parse(at)]
  const days = shanghaiDay(registeredAt) - shanghaiDay(at)
  const inTime =
    kind === 'call-ahead' ? touchAt < visitAt && Date.parse(recordedAt) < visitAt : days >= 0
  return (
    inTime &&
    days <= 30 &&
    desks[kind as keyof typeof desks].every((desk) => confirmations.some(({ by }) => by === desk))
  )
}

const better = (a: Touch, b: Touch) =>
  classOf[a.kind as keyof typeof classOf] - classOf[b.kind as keyof typeof classOf] ||
  Date.parse(a.at) - Date.parse(b.at) ||
  (a.id < b.id ? -1 : 1)

const bounds = [1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, Number.POSITIVE_INFINITY]
/** Whole yuan's worth of a hundredth, half of one up: what the source text says, in fen. */
const earnedBy = (base: number) => {
  if (base <= 0) return { commission: 0, reward: 0, total: 0 }
  let hundredths = 0
  for (let tier = 0, from = 0; base > from; tier += 1) {
    const until = bounds[tier] ?? Number.POSITIVE_INFINITY
    hundredths += (Math.min(base, until) - from) * (tier + 5)
    from = until
  }
  const reward = base < 5_000_000 ? 0 : 100_000 * (1 + Math.floor((base - 5_000_000) / 2_000_000))
  const commission = Math.floor((hundredths + 50) / 100)
  return { commission, reward, total: commission + reward }
}

const none = { commission: 0, reward: 0, total: 0 }
const minus = (a: typeof none, b: typeof none) => ({
  commission: a.commission - b.commission,
  reward: a.reward - b.reward,
  total: a.total - b.total,
})

const gates = Object.fromEntries(
  [
    ['own-marketer-commission', 'ALLOW'],
    ['institution-elsewhere-per-patient', 'DENY'],
  ].map(([id, judgement]) => {
    const row = cnStrict.rules.find((rule) => rule.id === id)
    const profile = `${cnStrict.id}@${cnStrict.version}`
    const ground = cnStrict.grounds[row?.ground ?? '']
    return [id, { judgement, profile, rule: id, ground, because: row?.because ?? '' }]
  }),
)

const lineOf = (
  { id, visit, touch, on, category, amount, refundOf }: Line,
  standing: StatementLine['standing'],
  because: string | null,
  role: Role | null,
  contribution: typeof none,
): StatementLine => {
  const { because: _, ...gate } =
    gates[role === 'rep' ? 'own-marketer-commission' : 'institution-elsewhere-per-patient'] ?? {}
  return {
    ...{ charge: id, visit, touch, rules: 'yangzhou-evidence@1', on, category, amount },
    ...(refundOf !== undefined && { refundOf }),
    ...{ standing, because },
    gate: (role && { ...gate, ...(role === 'rep' && { release: 'opinion' }) }) as never,
    contribution,
  }
}

const statementOf = (lines: Line[], { role, payee }: Line): HandStatement => {
  lines.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
  const byId = new Map(lines.map((line) => [line.id, line]))
  const [counted, excluded]: [StatementLine[], StatementLine[]] = [[], []]
  let [base, refused, stand] = [0, 0, none]
  for (const line of lines) {
    const origin = (line.refundOf !== undefined && byId.get(line.refundOf)) || line
    if (origin.payer === 'public-insurance') {
      const because = 'what an insurance fund paid is no revenue of marketing'
      excluded.push(lineOf(line, 'excluded', because, null, none))
    } else if (origin.category === 'drug') {
      excluded.push(lineOf(line, 'excluded', 'drugs are no revenue of marketing', null, none))
    } else if (role === 'partner') {
      refused += line.amount
      const { because = '' } = gates['institution-elsewhere-per-patient'] ?? {}
      counted.push(lineOf(line, 'refused', because, role, none))
    } else {
      base += line.amount
      const next = earnedBy(base)
      counted.push(lineOf(line, 'counted', null, role, minus(next, stand)))
      stand = next
    }
  }
  const denied = Math.floor((refused * 3 + 50) / 100)
  return { payee, due: stand.total, refused: denied, counted, excluded }
}

/** The same settlement as one would write it down for this month, these rules and this law alone. */
export const settleByHand = (
  blocks: Iterable<Block>,
  take: (statement: HandStatement) => void,
): void => {
  const ofPayee = new Map<string, Line[]>()
  const bound = new Map<string, { payee: string; touch: string }>()
  const used = new Set<string>()
  for (const { touches, visits, charges } of blocks) {
    const ofPerson = Map.groupBy(touches, ({ person }) => person)
    const winners = new Map<string, { role: Role; payee: string; touch: string }[]>()
    for (const { id, patient, registeredAt } of visits) {
      const said = (ofPerson.get(patient) ?? []).filter((touch) => isGood(touch, registeredAt))
      const won = (['rep', 'partner'] as const).flatMap((role) => {
        const key = `${role} ${patient}`
        const kept = bound.get(key)
        if (kept) return [{ role, ...kept }]
        const [best] = said.filter((touch) => touch[role] !== undefined).sort(better)
        const payee = best?.[role]
        if (!best || payee === undefined) return []
        if (best.number !== undefined) {
          if (used.has(best.number)) return []
          used.add(best.number)
        }
        bound.set(key, { payee, touch: best.id })
        return [{ role, payee, touch: best.id }]
      })
      winners.set(id, won)
    }
    for (const { id, visit, occurredOn: on, category, payer, amount, refundOf } of charges) {
      for (const { role, payee, touch } of winners.get(visit) ?? []) {
        const line: Line = {
          ...{ role, payee, touch, id, visit, on, category, payer, amount },
          ...(refundOf !== undefined && { refundOf }),
        }
        const key = `${role} ${payee}`
        const known = ofPayee.get(key)
        if (known) known.push(line)
        else ofPayee.set(key, [line])
      }
    }
  }
  for (const [key, lines] of ofPayee) {
    const [first] = lines
    if (first) take(statementOf(lines, first))
    ofPayee.delete(key)
  }
}
