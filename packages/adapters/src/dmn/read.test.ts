import { createEngine, openBook } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { readDmn } from './index.ts'
import { decision, model, type TableText } from './model.fixture.ts'

const options = { version: '1', validFrom: '2026-01-01' }
type Facts = Readonly<Record<string, string | number | boolean | null>>

/** What the tables of a model decide, by the way every rule book goes: check, open, compile. */
const decides = async (content: string, version?: string) => {
  const { book } = await readDmn(model(content, version), options)
  const { sets, vocabulary } = openBook(book)
  return (facts: Facts, name = sets[0]?.id) => {
    const set = sets.find(({ id }) => id === name)
    if (!set) throw new Error(`no set ${name}`)
    const { outcome, how } = createEngine(vocabulary).compile(set, { among: sets }).decide(facts)
    return how === 'conflict' ? how : outcome
  }
}

const issues = async (content: string) => {
  const refused = await readDmn(model(content), options).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'dmn.malformed' })
  return (refused as { details: { issues: readonly unknown[] } }).details.issues
}

const age = { name: 'Age', type: 'number' }
const risk = { name: 'Risk Category', type: 'string' }
const points = { name: 'points', type: 'number' }
const grade = { name: 'grade', type: 'string', values: '"high", "medium", "low"' }

describe('a decision table of DMN', () => {
  const overlapping = (policy: string, over: Partial<TableText> = {}) =>
    decides(
      decision({
        policy,
        inputs: [age],
        outputs: [points],
        rules: [
          ['>= 18', '1'],
          ['>= 65', '3'],
          ['>= 75', '2'],
        ],
        ...over,
      }),
    )

  it.each([
    ['hitPolicy="FIRST"', 1, 1, null],
    ['hitPolicy="RULE ORDER"', [1, 3, 2], [1], []],
    ['hitPolicy="COLLECT"', [1, 3, 2], [1], []],
    ['hitPolicy="COLLECT" aggregation="SUM"', 6, 1, null],
    ['hitPolicy="COLLECT" aggregation="MIN"', 1, 1, null],
    ['hitPolicy="COLLECT" aggregation="MAX"', 3, 1, null],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 3, 1, 0],
  ])('is decided by %s', async (policy, three, one, none) => {
    const decide = await overlapping(policy)
    expect([80, 20, 5].map((Age) => decide({ Age }))).toEqual([three, one, none])
  })

  it.each([
    ['hitPolicy="PRIORITY"', 'high', 'low'],
    ['hitPolicy="OUTPUT ORDER"', ['high', 'medium', 'low'], ['low']],
  ])('is decided by %s, in the order of the output values', async (policy, three, one) => {
    const decide = await overlapping(policy, {
      outputs: [grade],
      rules: [
        ['>= 18', '"low"'],
        ['>= 65', '"high"'],
        ['>= 75', '"medium"'],
      ],
    })
    expect([80, 20].map((Age) => decide({ Age }))).toEqual([three, one])
  })

  it('of hit policy UNIQUE or ANY is refused where rows contradict each other', async () => {
    for (const policy of ['hitPolicy="UNIQUE"', '', 'hitPolicy="ANY"']) {
      await expect(overlapping(policy)).rejects.toMatchObject({ code: 'rules.faulty' })
    }
    const any = await overlapping('hitPolicy="ANY"', {
      rules: [
        ['>= 18', '1'],
        ['>= 65', '1'],
      ],
    })
    expect(any({ Age: 80 })).toBe(1)
    const unique = await overlapping('', {
      rules: [
        ['< 18', '1'],
        ['>= 18', '2'],
      ],
    })
    expect([17, 18].map((Age) => unique({ Age }))).toEqual([1, 2])
  })

  it('gives a record for several outputs, ranked by the first that names an order', async () => {
    const decide = await overlapping('hitPolicy="PRIORITY"', {
      outputs: [grade, { name: 'days', type: 'number' }],
      rules: [
        ['>= 18', '"low"', '30'],
        ['>= 65', '"high"', '7'],
      ],
    })
    expect(decide({ Age: 70 })).toEqual({ grade: 'high', days: 7 })
  })

  it('has a default output', async () => {
    const decide = await overlapping('', {
      outputs: [{ ...points, otherwise: '-1' }],
      rules: [['>= 18', '1']],
    })
    expect(decide({ Age: 5 })).toBe(-1)
  })

  it('asks another table of the model for what it has decided', async () => {
    const decide = await decides(
      decision({
        name: 'First Call',
        inputs: [{ name: 'Tier', type: 'string' }],
        outputs: [points],
        rules: [
          ['"intensive"', '1'],
          ['not("intensive")', '7'],
        ],
      }) +
        decision({
          name: 'Tier',
          inputs: [age],
          outputs: [{ name: 'tier', type: 'string' }],
          rules: [
            ['>= 75', '"intensive"'],
            ['< 75', '"standard"'],
          ],
        }),
    )
    expect([80, 20].map((Age) => decide({ Age }, 'First Call'))).toEqual([1, 7])
  })
})

describe('a cell', () => {
  const yes = (input: { name: string; type: string; values?: string }, cell: string) =>
    decides(
      decision({
        policy: 'hitPolicy="FIRST"',
        inputs: [input, { name: 'Other', type: input.type }],
        outputs: [{ name: 'yes', type: 'boolean' }],
        rules: [
          [cell, '-', 'true'],
          ['-', '-', 'false'],
        ],
      }),
    )

  it.each([
    ['5', [5], [4, null]],
    ['-5', [-5], [5]],
    ['.5', [0.5], [5]],
    ['< 5', [4.9], [5, 6, null]],
    ['<=5', [5], [5.1]],
    ['> 5', [5.1], [5]],
    ['>= -5', [-5, 0], [-5.1]],
    ['[1..5]', [1, 5], [0.9, 5.1]],
    ['(1..5)', [1.1], [1, 5]],
    [']1..5[', [1.1], [1, 5]],
    ['[1 .. 5)', [1], [5]],
    ['(1..5]', [5], [1]],
    ['1, 3, [7..9]', [1, 3, 8], [2, 6]],
    ['not(1, 3)', [2], [1, 3]],
    ['not(< 5)', [5], [4]],
    ['!= 5', [4], [5]],
    ['null', [null], [0]],
    ['!= null', [0], [null]],
    ['-', [0, null], []],
    ['', [0, null], []],
  ])('of numbers, %s', async (cell, good, bad) => {
    const decide = await yes(age, cell)
    for (const Age of good) expect([Age, decide({ Age })]).toEqual([Age, true])
    for (const Age of bad) expect([Age, decide({ Age })]).toEqual([Age, false])
  })

  it.each([
    [risk.type, '"High", "a \\"b\\" c"', ['High', 'a "b" c'], ['Low']],
    ['boolean', 'true', [true], [false, null]],
    ['date', 'date("2026-03-01")', ['2026-03-01'], ['2026-03-02']],
    ['date', '< @"2026-03-01"', ['2026-02-28'], ['2026-03-01']],
    [
      'date',
      '[date("2026-03-01")..date("2026-03-31")]',
      ['2026-03-01', '2026-03-31'],
      ['2026-04-01'],
    ],
    ['time', '>= time("08:00:00")', ['08:00', '23:59'], ['07:59']],
    [
      'dateTime',
      '< date and time("2026-03-01T00:00:00+08:00")',
      ['2026-02-28T15:59:59Z'],
      ['2026-02-28T16:00:00Z'],
    ],
    ['number', '>= Other', [5, 6], [4]],
    ['feel:number', '5', [5], [4]],
  ])('of type %s, %s', async (type, cell, good, bad) => {
    const decide = await yes({ name: risk.name, type }, cell)
    const other: Facts = type === 'number' ? { Other: 5 } : {}
    for (const value of good) expect(decide({ ...other, [risk.name]: value })).toBe(true)
    for (const value of bad) expect(decide({ ...other, [risk.name]: value })).toBe(false)
  })

  it('takes types and allowed values from item definitions', async () => {
    const content = `
      <itemDefinition name="tRisk"><typeRef>string</typeRef>
        <allowedValues><text>"High", "Low"</text></allowedValues></itemDefinition>
      <itemDefinition name="tAge"><typeRef>number</typeRef>
        <allowedValues><text>[0..130]</text></allowedValues></itemDefinition>
      ${decision({
        inputs: [
          { ...risk, type: 'tRisk' },
          { ...age, type: 'tAge' },
        ],
        outputs: [points],
        rules: [['"High"', '-', '1']],
      })}`
    const { book } = await readDmn(model(content), options)
    expect(book.facts).toEqual({
      'Risk Category': { type: 'string', values: ['High', 'Low'] },
      Age: { type: 'number', min: 0, max: 130 },
    })
    const wrong = model(
      content.replace('>"High"</text></inputEntry>', '>"Hihg"</text></inputEntry>'),
    )
    expect(() => openBook(wrong)).toThrow()
  })
})

describe('a model', () => {
  const small = decision({ inputs: [age], outputs: [points], rules: [['-', '1']] })

  it.each(['20180521', '20191111', '20211108', '20230324'])(
    'of DMN as of %s is read',
    async (version) => {
      expect((await decides(small, version))({ Age: 1 })).toBe(1)
    },
  )

  it('names the decisions that have no table', async () => {
    const expression =
      '<decision id="x" name="Sum"><literalExpression><text>1 + 1</text></literalExpression></decision>'
    const { withoutTable } = await readDmn(model(small + expression), options)
    expect(withoutTable).toEqual(['Sum'])
  })

  it.each([
    ['no XML', 'not xml'],
    ['no model of DMN', '<a xmlns="urn:a"/>'],
    ['one without tables', model('')],
    ['one with an id twice, of which half would be lost', model(small + small)],
  ])('is refused where it is %s', async (_, xml) => {
    await expect(readDmn(xml, options)).rejects.toMatchObject({ code: 'dmn.malformed' })
  })

  it('is refused as a whole with everything that is more than S-FEEL, and where it stands', async () => {
    const found = await issues(
      decision({
        name: 'Tier',
        inputs: [age, { name: 'Age * 2', type: 'number' }, { name: 'd', type: 'daysDuration' }],
        outputs: [points],
        rules: [
          ['? > 5', '-', '-', '1 + 1'],
          ['Age in [1..2]', '-', '-', '1'],
          ['[1..', '-', '-', '1'],
          ['duration("P1D")', '-', '-', '1'],
          ['1 2', '-', '-', '1'],
          ['Height', '-', '-', 'Age'],
        ],
      }),
    )
    expect(found).toEqual([
      { path: 'Tier/input 2', reason: 'Age * 2 is no name' },
      { path: 'Tier/input 3', reason: expect.stringContaining('the type daysDuration is none of') },
      { path: 'Tier/rule 1/output 1', reason: '+ 1 is no S-FEEL' },
      { path: 'Tier/rule 6/output 1', reason: 'Age is no value and no input' },
      { path: 'Tier/rule 1/input 1', reason: '? > 5 is no S-FEEL' },
      { path: 'Tier/rule 2/input 1', reason: 'Age in is no value and no input' },
      { path: 'Tier/rule 3/input 1', reason: 'more expected at its end' },
      { path: 'Tier/rule 4/input 1', reason: 'duration(…) is not known here' },
      { path: 'Tier/rule 5/input 1', reason: '2 stands where nothing is expected' },
      { path: 'Tier/rule 6/input 1', reason: 'Height is no value and no input' },
    ])
  })
})
