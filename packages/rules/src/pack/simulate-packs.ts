import * as z from 'zod'
import { Instant, readInstant } from '../calendar/instant.ts'
import { zoneOf } from '../calendar/zone.ts'
import { decideDraws } from '../cases/decide-draws.ts'
import { rateCommission } from '../commission/rate-commission.ts'
import { Month } from '../commission/settlement-facts.ts'
import type { EscalationLevel } from '../follow-up/escalation-level.ts'
import { FollowUpFact } from '../follow-up/fact.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'
import { projectFollowUps } from '../follow-up/project.ts'
import type { FollowUpTask } from '../follow-up/task.ts'
import { readAmount, writeAmount } from '../money/amount.ts'
import type { RulePack } from './rule-pack.ts'

const Word = z.string().min(1)

/**
 * What happened, `past-facts/1`, to be decided again under another pack: facts of follow-ups up to
 * `asOf`, and what each meter of a payee came to in a month (`amount`: text in the terms' currency).
 */
export const PastFile = z.strictObject({
  format: z.literal('past-facts/1'),
  zone: Word,
  asOf: Instant,
  given: z.array(FollowUpFact),
  results: z
    .array(z.strictObject({ payee: Word, month: Month, terms: Word, meter: Word, amount: Word }))
    .default([]),
})
export type PastFile = z.infer<typeof PastFile>

/** Who would have been planned, told or paid otherwise, and what they got and would get. */
export interface PackShift {
  readonly what: 'planned' | 'escalated' | 'paid'
  readonly who: string
  readonly before: string
  readonly after: string
}

type Answers = ReadonlyMap<string, Omit<PackShift, 'before' | 'after'> & { readonly says: string }>

/** Answers the past by two packs, from the beginning, and tells where they part. Nothing else is done. */
export const simulatePacks = (
  before: RulePack,
  after: RulePack,
  past: PastFile,
): readonly PackShift[] => {
  const [old, now] = [answersBy(before, past), answersBy(after, past)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): PackShift[] => {
    const [was, is] = [old.get(key), now.get(key)]
    const one = was ?? is
    const [said, says] = [was?.says ?? 'nothing', is?.says ?? 'nothing']
    return one && said !== says ? [{ what: one.what, who: one.who, before: said, after: says }] : []
  })
}

const answersBy = (pack: RulePack, past: PastFile): Answers => {
  const tasks = tasksBy(pack, past)
  const all = [
    ...tasks.map((task) => ({ what: 'planned' as const, ...planned(task) })),
    ...tasks.flatMap((task) => escalated(task, pack.escalation, past)),
    ...paid(pack, past),
  ]
  return new Map(all.map((one) => [`${one.what} ${one.who}`, one]))
}

const tasksBy = ({ followUp }: RulePack, { zone, asOf, given }: PastFile) =>
  [followUp.plan, ...followUp.also].flatMap((plan) => {
    const { plans, calendars, calendar } = followUp
    const programme: FollowUpProgramme = { zone, plan, plans, calendars, calendar }
    const draws = decideDraws(programme, given, readInstant(asOf))
    return projectFollowUps(programme, given, draws, { asOf, knownAt: asOf }).tasks
  })

const whose = ({ patient, visit, plan, tier }: FollowUpTask) =>
  `${patient}, visit ${visit}, ${plan} tier ${tier}`

const planned = (task: FollowUpTask) => ({
  who: whose(task),
  says: `${task.state}, ${task.opens} to ${task.due} by ${task.role}`,
})

const escalated = (
  task: FollowUpTask,
  levels: readonly EscalationLevel[],
  { zone, asOf }: PastFile,
) => {
  if (task.state !== 'overdue') return []
  const { dayOf } = zoneOf(zone)
  const late = dayOf(readInstant(asOf)) - dayOf(readInstant(task.deadlineInstant))
  const told = levels.filter(({ afterDays }) => afterDays <= late).map(({ to }) => to)
  return told.length === 0
    ? []
    : [{ what: 'escalated' as const, who: whose(task), says: told.join(', ') }]
}

const paid = ({ commission }: RulePack, { results }: PastFile) =>
  results.flatMap(({ payee, month, terms: id, meter, amount }) => {
    const terms = commission?.terms
      .filter((one) => one.id === id && one.from.slice(0, 7) <= month)
      .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
    const plan = terms?.meters.find((one) => one.id === meter)?.plan
    if (!terms || !plan) return []
    const { total } = rateCommission(plan, readAmount(amount, terms.currency))
    return [
      {
        what: 'paid' as const,
        who: `${payee}, ${month}, ${id} ${meter}`,
        says: `${writeAmount(total, terms.currency)} ${terms.currency}`,
      },
    ]
  })
