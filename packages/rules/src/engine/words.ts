import * as z from 'zod'
import { readDay } from '../calendar/day.ts'
import { compileCalendar, WorkCalendar } from '../calendar/work-calendar.ts'
import { Condition, Literal } from '../condition/condition.ts'
import type { Facts, FactType } from '../condition/fact.ts'
import type { Vocabulary, WorkDays } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import { type FactRecord, valueIn } from './fixtures.ts'

const Name = z.string().min(1)

/** A fact declared as data: its type and domain, or the outcome of another set of the same file. */
export const DeclaredFact = z
  .strictObject({
    type: z.enum(Object.keys(kinds) as [FactType, ...FactType[]]),
    label: Name.optional(),
    optional: z.boolean().optional(),
    values: z.array(Literal).min(1).optional(),
    min: Literal.optional(),
    max: Literal.optional(),
    decimals: z.int().min(0).max(12).optional(),
    outcomeOf: Name.optional(),
    key: Name.optional(),
  })
  .superRefine(({ type, values, min, max }, context) => {
    const isWrong = (value: Literal | undefined) =>
      value !== undefined && !kinds[type].isValid(value)
    const complain = (...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message: `a ${type} expected`, path })
    if (isWrong(min)) complain('min')
    if (isWrong(max)) complain('max')
    values?.forEach((value, place) => {
      if (isWrong(value)) complain('values', place)
    })
  })
export type DeclaredFact = z.infer<typeof DeclaredFact>

/** The words of rules that stand in a file with them: facts come as records, and no code is needed. */
export const words = {
  facts: z.record(Name, DeclaredFact),
  conditions: z.record(Name, Condition).optional(),
  calendars: z.record(Name, WorkCalendar).optional(),
}

const Words = z.strictObject(words)
export type Words = z.infer<typeof Words>

const factOf = (id: string, { outcomeOf, key, ...declared }: DeclaredFact) =>
  outcomeOf === undefined
    ? { ...declared, get: (record: FactRecord) => valueIn(record, id) }
    : { ...declared, outcomeOf, key }

const workDaysOf = (calendar: WorkCalendar): WorkDays => {
  const { first, last, isWorking } = compileCalendar(calendar)
  return (day) => {
    const number = readDay(day)
    return number < first || number > last ? null : isWorking(number)
  }
}

const mapped = <From, To>(
  record: Readonly<Record<string, From>> | undefined,
  by: (value: From, key: string) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, by(value, key)]))

/** A vocabulary whose facts are read from records by their ids. */
export const vocabularyOf = ({ facts, conditions, calendars }: Words): Vocabulary<FactRecord> => ({
  facts: mapped(facts, (fact, id) => factOf(id, fact)) as Facts<FactRecord>,
  conditions,
  calendars: mapped(calendars, workDaysOf),
})
