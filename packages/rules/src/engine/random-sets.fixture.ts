import * as fc from 'fast-check'
import type { Cell, Check, Condition, Operand, Test } from '../condition/condition.ts'
import { type Facts, type FactType, type FactValue, ruleFunction } from '../condition/fact.ts'
import type { Vocabulary } from '../condition/scope.ts'
import { HitPolicy, type ListSet, type TableSet, type TierSet } from '../table/rule-set.ts'
import type { FactRecord } from './fixtures.ts'

/** Few values of each type, close together, so that random facts lie on and beside every bound. */
const pools: Readonly<Record<string, readonly FactValue[]>> = {
  age: [0, 1, 2, 3, 4, 5, 120],
  risk: [-1.5, 0, 0.1, 0.2, 0.3, 0.1 + 0.2, 5],
  fee: ['0', '0.1', '0.10', '0.3', '0.305', '-0.05', '1.00', '12345678901234567890.5'],
  ward: ['icu', 'surgery', 'medicine', 'maternity'],
  remark: ['', 'fall', 'Fall risk', 'risk'],
  alone: [true, false],
  discharged: ['2026-02-28', '2026-03-01', '2026-03-02', '2024-02-29'],
  called: ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00.001Z'],
  hour: ['00:00', '08:00', '08:01', '23:59'],
  tags: [[], ['frail'], ['frail', 'diabetic']],
}

const types: Readonly<Record<string, FactType>> = {
  age: 'integer',
  risk: 'number',
  fee: 'decimal',
  ward: 'string',
  remark: 'string',
  alone: 'boolean',
  discharged: 'date',
  called: 'instant',
  hour: 'time',
  tags: 'strings',
}

const names = Object.keys(types)
const optional = (name: string) => name !== 'ward'

export const functions = {
  isOdd: ruleFunction(['integer'], 'boolean', (age) => age % 2 === 1),
  halved: ruleFunction(['number'], 'number', (risk) => (risk === 5 ? null : risk / 2)),
}

/** Every fact is a key of the record itself. */
export const vocabulary: Vocabulary<FactRecord> = {
  functions,
  facts: Object.fromEntries(
    names.map((name) => [
      name,
      {
        type: types[name],
        optional: optional(name),
        get: (record: FactRecord) => record[name] ?? null,
        ...(name === 'ward' ? { values: pools.ward } : {}),
        ...(name === 'age' ? { min: 0, max: 120 } : {}),
      },
    ]),
  ) as Facts<FactRecord>,
}

const valueOfFact = (name: string) => fc.constantFrom(...(pools[name] ?? []))

export const records: fc.Arbitrary<FactRecord> = fc.record(
  Object.fromEntries(
    names.map((name) => [
      name,
      optional(name) ? fc.option(valueOfFact(name), { nil: null, freq: 5 }) : valueOfFact(name),
    ]),
  ),
)

const comparable: Readonly<Record<string, readonly string[]>> = {
  age: ['age'],
  risk: ['risk', 'age'],
}

/** Mostly constants; now and then another fact, a parameter or a call. */
const operandFor = (name: string): fc.Arbitrary<Operand> => {
  const constant = valueOfFact(name) as fc.Arbitrary<Operand>
  const fact = fc.constantFrom(...(comparable[name] ?? [name])).map((other) => ({ fact: other }))
  const call = { fn: 'halved', args: [{ fact: 'risk' }] }
  return fc.oneof(
    { arbitrary: constant, weight: 12 },
    { arbitrary: fact, weight: 1 },
    { arbitrary: fc.constant({ param: name }), weight: 1 },
    { arbitrary: name === 'risk' ? fc.constant(call) : constant, weight: 1 },
  )
}

const checkFor = (name: string): fc.Arbitrary<Check> => {
  const type = types[name]
  const whether = fc.constantFrom('missing', 'present').map((op) => ({ op }) as Check)
  const operand = operandFor(name)
  const closed = fc.constantFrom('[]', '[)', '(]', '()')
  const equal = fc.oneof(
    fc.record({ op: fc.constantFrom('eq', 'ne'), value: operand }),
    fc.record({
      op: fc.constantFrom('in', 'not-in'),
      value: fc.array(operand, { minLength: 1, maxLength: 3 }),
    }),
  ) as fc.Arbitrary<Check>
  const ordered = fc.oneof(
    fc.record({ op: fc.constantFrom('lt', 'le', 'gt', 'ge'), value: operand }),
    fc.record({ op: fc.constant('between'), value: fc.tuple(operand, operand), closed }),
  ) as fc.Arbitrary<Check>
  const text = fc.record({
    op: fc.constantFrom('starts-with', 'ends-with', 'contains', 'equals-ignore-case'),
    value: fc.constantFrom('', 'fall', 'RISK', 'Fall'),
  }) as fc.Arbitrary<Check>
  const has = fc.constantFrom('frail', 'diabetic').map((value) => ({ op: 'has', value }) as Check)
  if (type === 'strings') return fc.oneof(whether, has)
  if (type === 'boolean') return fc.oneof(whether, equal)
  if (type === 'string') return fc.oneof(whether, equal, equal, text)
  return fc.oneof(whether, equal, ordered, ordered, ordered)
}

const tests: fc.Arbitrary<Test> = fc.oneof(
  {
    weight: 15,
    arbitrary: fc
      .constantFrom(...names)
      .chain((fact) => checkFor(fact).map((check) => ({ fact, ...check }))),
  },
  { weight: 1, arbitrary: fc.constant<Test>({ fn: 'isOdd', args: [{ fact: 'age' }] }) },
  {
    weight: 1,
    arbitrary: fc.constant<Test>({ fn: 'halved', args: [{ fact: 'risk' }], op: 'gt', value: 0.1 }),
  },
)

export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: tests },
    { weight: 2, arbitrary: fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('condition') }) },
    { weight: 1, arbitrary: fc.constant({ use: 'frail' }) },
  ),
})).condition

const head = {
  id: fc.constant('random'),
  version: fc.constant('1'),
  validFrom: fc.constant('2026-01-01'),
  params: fc.constant(
    Object.fromEntries(
      names.filter((name) => name !== 'tags').map((name) => [name, pools[name]?.[1] as string]),
    ),
  ),
  conditions: fc.constant({
    frail: {
      any: [
        { fact: 'age', op: 'ge', value: 4 },
        { fact: 'tags', op: 'has', value: 'frail' },
      ],
    },
  } as Record<string, Condition>),
}

const outcomes = fc.constantFrom<string | number>('0.1', '0.2', '7', 1, 2, 0.1, 0.2)

const rulesOf = <When>(when: fc.Arbitrary<When>, maxLength: number, minLength = 1) =>
  fc
    .array(fc.record({ when, outcome: outcomes }), { minLength, maxLength })
    .map((rules) => rules.map((rule, place) => ({ id: `r${place}`, ...rule })))

const listsOf = (rules: ReturnType<typeof rulesOf<Condition>>): fc.Arbitrary<ListSet> =>
  fc.record(
    {
      kind: fc.constant('list' as const),
      ...head,
      hit: fc.constantFrom('first' as const, 'collect' as const),
      rules,
      otherwise: outcomes,
    },
    {
      requiredKeys: ['kind', 'id', 'version', 'validFrom', 'params', 'conditions', 'hit', 'rules'],
    },
  )

export const lists = listsOf(rulesOf(conditions, 8))

/** Lists whose rules between them ask for nearly every fact. */
export const wideLists = listsOf(
  rulesOf(fc.record({ all: fc.array(tests, { minLength: 2, maxLength: 3 }) }), 14, 8),
)

const cellFor = (name: string): fc.Arbitrary<Cell> => {
  const simple: fc.Arbitrary<Cell> =
    types[name] === 'strings'
      ? checkFor(name)
      : fc.oneof(valueOfFact(name) as fc.Arbitrary<Cell>, checkFor(name))
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 5, arbitrary: simple },
    { weight: 1, arbitrary: fc.array(simple, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: simple.map((not) => ({ not })) },
  )
}

export const tables: fc.Arbitrary<TableSet> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...HitPolicy.options),
  )
  .chain(([inputs, hit]) =>
    fc.record(
      {
        kind: fc.constant('table' as const),
        ...head,
        hit: fc.constant(hit),
        inputs: fc.constant(inputs),
        rows: rulesOf(fc.tuple(...inputs.map(cellFor)) as fc.Arbitrary<Cell[]>, 10),
        priorities: fc.constant(
          hit === 'priority' || hit === 'output-order'
            ? ['7', 2, '0.1', 0.1, 1, '0.2', 0.2]
            : undefined,
        ),
        otherwise: outcomes,
      },
      {
        requiredKeys: [
          'kind',
          'id',
          'version',
          'validFrom',
          'params',
          'hit',
          'inputs',
          'rows',
          'priorities',
        ],
      },
    ),
  )

const ratios = fc.constantFrom('0', '0.05', '0.065', '0.1', '7', '0.333333')
const amounts = fc.constantFrom('0', '0.5', '3', '12.25', '1000')

/** Amounts about the bounds of `tierSets`, and where integers of 32 bits and safe ones end. */
export const tierRecords: fc.Arbitrary<FactRecord> = fc
  .oneof(
    fc.integer({ min: -2, max: 30 }),
    fc.constantFrom(99, 100, 101, 2 ** 50, Number.MAX_SAFE_INTEGER, null),
    fc.integer({ min: 0, max: 2 ** 33 }),
  )
  .map((amount) => ({ amount }))

export const amountVocabulary: Vocabulary<FactRecord> = {
  facts: { amount: { type: 'integer', get: ({ amount }) => amount as number | null } },
}

export const tierSets: fc.Arbitrary<TierSet> = fc
  .uniqueArray(fc.integer({ min: 1, max: 25 }), { maxLength: 5 })
  .chain((bounds) => {
    const ends = [...bounds.sort((a, b) => a - b).map(String), null]
    const [from] = bounds
    const step = fc.record(
      {
        id: fc.constant('bonus'),
        from: fc.constant(`${from ?? 3}`),
        amount: amounts,
        every: fc.constantFrom('2', '5'),
        each: amounts,
        reached: fc.constantFrom('at' as const, 'above' as const),
      },
      { requiredKeys: ['id', 'from', 'amount', 'reached'] },
    )
    return fc.record(
      {
        kind: fc.constant('tiers' as const),
        id: fc.constant('random-tiers'),
        version: fc.constant('1'),
        validFrom: fc.constant('2026-01-01'),
        on: fc.constant('amount'),
        mode: fc.constantFrom('graduated' as const, 'whole' as const),
        tiers: fc.tuple(
          ...ends.map((upTo, place) =>
            fc.record(
              { id: fc.constant(`t${place}`), upTo: fc.constant(upTo), rate: ratios, add: amounts },
              { requiredKeys: ['id', 'upTo'] },
            ),
          ),
        ),
        boundary: fc.constantFrom('upper' as const, 'lower' as const),
        steps: fc.array(step, { maxLength: 2 }).map((all) =>
          all.map((one, place) => ({
            ...one,
            id: `s${place}`,
            ...(one.every === undefined || one.each === undefined
              ? { every: undefined, each: undefined }
              : {}),
          })),
        ),
        cap: fc.constantFrom('20', '300.5'),
        floor: fc.constantFrom('1', '10.01'),
        round: fc.record({
          scale: fc.constantFrom(0, 1, 2),
          mode: fc.constantFrom('half-up' as const, 'half-even' as const, 'down' as const),
        }),
      },
      { requiredKeys: ['kind', 'id', 'version', 'validFrom', 'on', 'mode', 'tiers', 'round'] },
    )
  })
