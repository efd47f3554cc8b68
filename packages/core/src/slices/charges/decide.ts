import { type AttributedLine, attributedLines, type VisitAttribution } from '@hospital-crm/rules'
import { match } from 'ts-pattern'
import { localDay } from '../../kernel/local-day.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import { evolve } from './evolve.ts'
import { meritOf, patientOf } from './merit.ts'
import type { ChargeCommand, Charged, ChargeEvent, Line, Merit } from './schema.ts'

type Said = Extract<ChargeCommand, { type: 'post' }>['lines'][number]

export const decide = (charged: Charged, command: ChargeCommand, context: Context<Charged>) =>
  match(command)
    .returnType<ChargeEvent[]>()
    .with({ type: 'post' }, ({ lines }) => post(charged, lines, context))
    .with({ type: 'attribute' }, () => attributed(charged, charged, context))
    .exhaustive()

const post = (
  charged: Charged,
  said: readonly Said[],
  context: Context<Charged>,
): ChargeEvent[] => {
  const { id: visit, now, policy } = context
  const patient = patientOf(visit, context) ?? refuse('charge.unknown-visit', { visit })
  const today = localDay(policy.zone, now)
  const known = new Map<string, Line>(linesOf(charged).map((line) => [line.id, line]))
  const lines: Line[] = []
  for (const each of said) {
    const before = known.get(each.id)
    const line = { ...each, postedOn: each.postedOn ?? before?.postedOn ?? today }
    if (before && canonical(before) !== canonical(line)) {
      return refuse('charge.changed', { visit, charge: each.id })
    }
    if (before) continue
    known.set(line.id, line)
    lines.push(line)
  }
  if (lines.length === 0) return []
  const posted: ChargeEvent = { type: 'charge.posted', patient, lines }
  return [posted, ...attributed(charged, evolve(charged, posted), context)]
}

const linesOf = (charged: Charged): readonly Line[] =>
  charged.status === 'none' ? [] : charged.lines

/** What the accounts of payees hold otherwise, by new lines or by another merit. */
const attributed = (before: Charged, after: Charged, context: Context<Charged>): ChargeEvent[] => {
  const { id: visit } = context
  if (after.status === 'none') return []
  const merit = meritOf(visit, context)
  const was = told(visit, linesOf(before), before.status === 'none' ? undefined : before.merit)
  const is = told(visit, after.lines, merit)
  const removed = without(was, is)
  const added = without(is, was)
  if (removed.length + added.length === 0) return []
  return [{ type: 'charge.attributed', visit, merit: merit ?? null, removed, added }]
}

const without = (lines: readonly AttributedLine[], others: readonly AttributedLine[]) => {
  const same = new Set(others.map(canonical))
  return lines.filter((line) => !same.has(canonical(line)))
}

const nobody = { payee: null, touch: null, by: null, boundUntil: null, holds: [], lost: [] }

/** The lines of a visit in everybody's accounts, under ids that no other visit has. */
const told = (
  visit: string,
  lines: readonly Line[],
  merit: Merit | undefined,
): readonly AttributedLine[] => {
  if (!merit) return []
  const { rules, occasion, credits } = merit
  const of = (role: 'rep' | 'partner') => {
    const credit = credits.find((one) => one.role === role)
    return { ...nobody, role, status: credit ? 'credited' : 'nobody', ...credit } as const
  }
  const attribution: VisitAttribution = {
    ...{ visit, patient: '', on: '', occasion, rules },
    credits: { rep: of('rep'), partner: of('partner') },
  }
  const name = (line: string) => `${visit}/${line}`
  const charges = lines.map(({ id, refundOf, ...line }) => ({
    ...line,
    id: name(id),
    visit,
    ...(refundOf !== undefined && { refundOf: name(refundOf) }),
  }))
  return attributedLines([attribution], charges)
}
