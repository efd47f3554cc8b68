import { IntakeEvent } from '@hospital-crm/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnMapping, type RowOutcome, refusals, rowReader } from './index.ts'

/** A list of discharges as a Chinese system exports it. */
const discharges = {
  source: 'csv:discharges',
  zone: 'Asia/Shanghai',
  event: 'discharged',
  recordedAt: '更新时间',
  person: {
    identifiers: [
      { column: '患者ID', type: 'PI' },
      { column: '身份证号', type: 'NI' },
    ],
    name: '姓名',
    birthDate: '出生日期',
    sex: '性别',
    phones: ['手机', '家庭电话'],
    address: '住址',
    area: '区划',
  },
  visit: {
    number: '住院号',
    class: { always: 'inpatient' },
    department: { code: '科室代码', name: '科室' },
    attending: { code: '医生工号', name: '主治医生' },
    admittedAt: '入院日期',
    dischargedAt: '出院日期',
    disposition: {
      column: '离院方式',
      codes: { 医嘱离院: '1', 转院: '2', 死亡: '5' },
    },
    diagnoses: [{ code: '诊断编码', name: '出院诊断', separator: ';' }],
  },
} satisfies ColumnMapping
const { person } = discharges

const plain: Readonly<Record<string, string>> = {
  患者ID: '0000312799',
  身份证号: '11010519491231002X',
  姓名: '王秀英',
  出生日期: '1949-12-31',
  性别: '女',
  手机: '15400000001',
  家庭电话: '无',
  住址: '江苏省徐州市云龙区1号',
  区划: '320303001',
  住院号: 'ZY001',
  科室代码: '4506',
  科室: '心内科',
  医生工号: '3109',
  主治医生: '李明',
  入院日期: '2026/2/20 17:01',
  出院日期: '2026-03-01 10:10:00',
  离院方式: '医嘱离院',
  诊断编码: 'I63.9;I10',
  出院诊断: '脑梗死;高血压',
  更新时间: '20260301101500',
}

const read = (
  said: Readonly<Record<string, unknown>> = {},
  mapping: ColumnMapping = discharges,
): RowOutcome => {
  const row = { ...plain, ...said }
  return rowReader(mapping).bind(Object.keys(row))(Object.values(row))
}

const eventOf = (outcome: RowOutcome) => {
  if (outcome.kind !== 'event') throw new Error(outcome.kind)
  return outcome.event
}

const visitOf = (outcome: RowOutcome) => {
  const event = eventOf(outcome)
  return 'person' in event && 'visit' in event ? event.visit : undefined
}

const personOf = (outcome: RowOutcome) => {
  const event = eventOf(outcome)
  return 'person' in event ? event.person : undefined
}

const refusalOf = (outcome: RowOutcome) =>
  outcome.kind === 'unreadable' ? [outcome.code, outcome.field].filter(Boolean).join(' ') : outcome

describe('a row of a list of discharges', () => {
  it('is read whole', () => {
    expect(eventOf(read())).toEqual({
      source: 'csv:discharges',
      key: 'ZY001',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      type: 'discharged',
      occurredAt: '2026-03-01T02:10:00.000Z',
      recordedAt: '2026-03-01T02:15:00.000Z',
      person: {
        identifiers: [
          { value: '0000312799', type: 'PI' },
          { value: '11010519491231002X', type: 'NI' },
        ],
        name: '王秀英',
        birthDate: '1949-12-31',
        sex: 'female',
        phones: ['15400000001'],
        address: '江苏省徐州市云龙区1号',
        area: '320303',
      },
      visit: {
        number: 'ZY001',
        class: 'inpatient',
        department: { code: '4506', name: '心内科' },
        attending: { code: '3109', name: '李明' },
        admittedAt: '2026-02-20T09:01:00.000Z',
        dischargedAt: '2026-03-01T02:10:00.000Z',
        disposition: '1',
        diagnoses: [
          { code: 'I63.9', name: '脑梗死' },
          { code: 'I10', name: '高血压' },
        ],
      },
    })
    expect(IntakeEvent.parse(eventOf(read()))).toEqual(eventOf(read()))
  })

  it('is the same row whatever the order of the columns, and columns nobody asked for', () => {
    const turned = Object.fromEntries(Object.entries({ ...plain, 备注: 'x' }).reverse())
    const outcome = rowReader(discharges).bind(Object.keys(turned))(Object.values(turned))
    expect(eventOf(outcome)).toEqual(eventOf(read()))
  })

  it('is another row under the same key when anything in it is said otherwise', () => {
    const [one, other] = [eventOf(read()), eventOf(read({ 手机: '15400000002' }))]
    expect(other.key).toBe(one.key)
    expect(other.hash).not.toBe(one.hash)
  })

  it('finds columns whatever their capitals, width and blanks', () => {
    const mapping = { ...discharges, recordedAt: 'Updated_At' }
    expect(eventOf(read({ ' ＵＰＤＡＴＥＤ_at ': '20260301' }, mapping)).recordedAt).toBe(
      '2026-02-28T16:00:00.000Z',
    )
  })

  it('takes the first of several columns that holds something', () => {
    const mapping: ColumnMapping = {
      ...discharges,
      person: { ...person, phones: [['手机', '家庭电话']] },
    }
    expect(personOf(read({ 手机: '不详', 家庭电话: '0516-83950000' }, mapping))?.phones).toEqual([
      '0516-83950000',
    ])
  })
})

describe('a cell', () => {
  it.each(['', '无', '同上', '不详', '未知', 'NULL', ' - '])(
    'that says “%s” says nothing',
    (word) => {
      const outcome = read({ 姓名: word, 手机: word, 科室: word, 科室代码: word, 住址: word })
      expect(personOf(outcome)).toMatchObject({ sex: 'female' })
      for (const key of ['name', 'phones', 'address']) {
        expect(personOf(outcome)).not.toHaveProperty(key)
      }
      expect(visitOf(outcome)).not.toHaveProperty('department')
    },
  )

  it('of zeros is no number, no day and no time', () => {
    const outcome = read({ 手机: '0', 医生工号: '0000', 主治医生: '', 入院日期: '0' })
    expect(personOf(outcome)).not.toHaveProperty('phones')
    expect(visitOf(outcome)).not.toHaveProperty('attending')
    expect(visitOf(outcome)).not.toHaveProperty('admittedAt')
  })

  it.each(['1900-01-01', '1900/1/1 0:00', '0001-01-01', '9999-12-31'])(
    'that says %s knows no day',
    (day) => {
      const outcome = read({ 出生日期: day, 入院日期: day })
      expect(personOf(outcome)).not.toHaveProperty('birthDate')
      expect(visitOf(outcome)).not.toHaveProperty('admittedAt')
    },
  )

  it('with a filler of the hospital’s own says nothing', () => {
    const mapping = { ...discharges, fillers: ['保密'] }
    expect(personOf(read({ 姓名: '保密' }, mapping))).not.toHaveProperty('name')
  })

  it('of one digit over and over is no national number', () => {
    expect(personOf(read({ 身份证号: '111111111111111111' }))?.identifiers).toEqual([
      { value: '0000312799', type: 'PI' },
    ])
  })

  it('keeps leading zeros, however a spreadsheet was made to keep them', () => {
    expect(visitOf(read({ 住院号: '="000123"' }))?.number).toBe('000123')
    expect(visitOf(read({ 住院号: '\t000123' }))?.number).toBe('000123')
  })

  it('from a database driver is read by what it is', () => {
    const outcome = read({
      患者ID: 312799n,
      住院号: 20260301000123,
      出院日期: new Date('2026-03-01T02:10:00Z'),
      出生日期: new Date('1949-12-30T16:00:00Z'),
      科室代码: null,
      手机: undefined,
    })
    expect(personOf(outcome)).toMatchObject({
      identifiers: [{ value: '312799' }, {}],
      birthDate: '1949-12-31',
    })
    expect(visitOf(outcome)).toMatchObject({
      number: '20260301000123',
      dischargedAt: '2026-03-01T02:10:00.000Z',
      department: { code: '心内科', name: '心内科' },
    })
  })

  it('holds a date in any format that the mapping tells', () => {
    const mapping = { ...discharges, dates: ['d/M/yyyy H:mm', 'yyyy年M月d日'] }
    const outcome = read({ 出院日期: '1/3/2026 9:05', 入院日期: '2026年2月20日' }, mapping)
    expect(visitOf(outcome)).toMatchObject({
      dischargedAt: '2026-03-01T01:05:00.000Z',
      admittedAt: '2026-02-19T16:00:00.000Z',
    })
    expect(refusalOf(read({ 出院日期: '31/2/2026 9:05' }, mapping))).toBe(
      'columns.bad-time visit.dischargedAt',
    )
  })

  it('holds a wrong birth date or an unlisted sex at no cost', () => {
    const outcome = read({ 出生日期: '49年', 性别: '?' })
    expect(personOf(outcome)).not.toHaveProperty('birthDate')
    expect(personOf(outcome)).not.toHaveProperty('sex')
  })
})

describe('what a row tells', () => {
  const { visit, ...rest } = discharges
  const stays: ColumnMapping = { ...discharges, event: 'stay' }
  const said: ColumnMapping = {
    ...discharges,
    event: {
      column: '离院方式',
      codes: { 医嘱离院: 'discharged', 取消出院: 'discharge-cancelled', 作废: 'ignored' },
    },
    visit: { number: '住院号', admittedAt: '入院日期', dischargedAt: '出院日期' },
  }

  it('is an admission until its stay has a discharge time', () => {
    expect(eventOf(read({}, stays)).type).toBe('discharged')
    expect(eventOf(read({ 出院日期: '' }, stays))).toMatchObject({
      type: 'admitted',
      occurredAt: '2026-02-20T09:01:00.000Z',
    })
  })

  it('may stand in a column', () => {
    expect(eventOf(read({}, said)).type).toBe('discharged')
    expect(eventOf(read({ 离院方式: '取消出院' }, said))).toMatchObject({
      type: 'discharge-cancelled',
      occurredAt: '2026-03-01T02:15:00.000Z',
    })
    expect(read({ 离院方式: '作废' }, said)).toMatchObject({ kind: 'ignored', type: 'row' })
    for (const unlisted of ['新方式', '']) {
      expect(refusalOf(read({ 离院方式: unlisted }, said))).toBe('columns.unknown-code event')
    }
  })

  it('may be a person alone, who has no key in clear', () => {
    const event = eventOf(read({}, { ...rest, event: 'person-updated' }))
    expect(event).toMatchObject({ type: 'person-updated', occurredAt: '2026-03-01T02:15:00.000Z' })
    expect(event.key).toBe(event.hash)
  })

  it('may be a merge', () => {
    const mapping: ColumnMapping = {
      ...rest,
      event: 'merged',
      retired: [{ column: '住院号', type: 'PI' }],
    }
    expect(eventOf(read({}, mapping))).toMatchObject({
      type: 'merged',
      survivor: { name: '王秀英' },
      retired: [{ value: 'ZY001', type: 'PI' }],
    })
    expect(refusalOf(read({ 住院号: '无' }, mapping))).toBe('columns.no-retired-number retired')
    expect(refusalOf(read({ 住院号: '0000312799' }, mapping))).toBe(
      'columns.merged-into-itself retired',
    )
  })

  it('says whether somebody died by its own codes or by a time', () => {
    const died = (column: NonNullable<ColumnMapping['person']>['died']): ColumnMapping => ({
      ...discharges,
      person: { ...person, died: column },
    })
    const coded = died({ column: '离院方式', codes: { 死亡: true }, otherwise: false })
    expect(personOf(read({ 离院方式: '死亡' }, coded))?.died).toBe(true)
    expect(personOf(read({}, coded))?.died).toBe(false)
    expect(personOf(read({}, died('出院日期')))?.died).toBe('2026-03-01T02:10:00.000Z')
  })

  it('must be told by a mapping that is whole', () => {
    const issues = (mapping: unknown) =>
      ColumnMapping.safeParse(mapping).error?.issues.map(({ path }) => path.join('.'))
    expect(issues(discharges)).toBeUndefined()
    expect(issues({ ...rest, event: 'discharged' })).toEqual(['visit'])
    expect(issues({ ...discharges, event: 'charges-posted' })).toEqual(['charge'])
    expect(issues({ ...discharges, person: undefined })).toEqual(['person'])
    expect(issues({ ...discharges, event: 'merged' })).toEqual(['retired'])
    expect(issues({ ...discharges, zone: 'Asia/Nowhere' })).toEqual(['zone'])
    expect(issues({ ...discharges, dates: ['MM/yyyy'] })).toEqual(['dates.0'])
    expect(issues({ ...stays, visit: { number: '住院号' } })).toEqual(['visit.dischargedAt'])
    expect(visit).toBeDefined()
  })
})

describe('a line of a bill', () => {
  const bills: ColumnMapping = {
    source: 'csv:bills',
    zone: 'Asia/Shanghai',
    event: 'charges-posted',
    visit: { number: '住院号' },
    charge: {
      id: '流水号',
      occurredOn: '收费日期',
      postedOn: '记账日期',
      amount: '金额',
      pieces: '数量',
      category: '费用类别',
      payer: { column: '费别', codes: { 自费: 'self-pay', 医保: 'public-insurance' } },
      refundOf: '冲销流水号',
    },
  }
  const line = {
    住院号: 'ZY001',
    流水号: 'F-9',
    收费日期: '2026-03-01 23:30',
    记账日期: '2026-03-02',
    金额: '1,234.5',
    数量: '2',
    费用类别: '检查费',
    费别: '自费',
    冲销流水号: '',
  }
  const billed = (said: Readonly<Record<string, unknown>> = {}, mapping = bills) => {
    const row = { ...line, ...said }
    return rowReader(mapping).bind(Object.keys(row))(Object.values(row))
  }

  it('is read in minor units, under its visit and its own number', () => {
    expect(eventOf(billed())).toMatchObject({
      type: 'charges-posted',
      key: 'ZY001/F-9',
      occurredAt: '2026-03-01T15:30:00.000Z',
      visitNumber: 'ZY001',
      charges: [
        {
          id: 'F-9',
          occurredOn: '2026-03-01',
          postedOn: '2026-03-02',
          amount: 123_450,
          pieces: 2,
          category: '检查费',
          payer: 'self-pay',
        },
      ],
    })
    expect(IntakeEvent.parse(eventOf(billed()))).toEqual(eventOf(billed()))
  })

  const amountOf = (said: unknown, decimals = 2) => {
    const mapping = { ...bills, charge: { ...bills.charge, decimals } } as ColumnMapping
    const outcome = billed({ 金额: said, 冲销流水号: 'F-1' }, mapping)
    if (outcome.kind !== 'event') return refusalOf(outcome)
    return outcome.event.type === 'charges-posted' ? outcome.event.charges[0]?.amount : outcome
  }

  it.each<[unknown, number]>([
    ['0', 0],
    ['-0.00', 0],
    ['12', 1200],
    ['12.3', 1230],
    ['12.30', 1230],
    ['12.3400', 1234],
    ['-12.34', -1234],
    ['￥1,234,567.89', 123_456_789],
    ['-¥0.01', -1],
    [12.3, 1230],
    [1999n, 199_900],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('of %s is %d of the smallest coin', (text, minor) => {
    expect(amountOf(text)).toBe(minor)
  })

  it.each(['12.345', '1e3', '12元', '0.1.2', 'x', '90071992547409.92', 0.1 + 0.2])(
    'of %s is no amount',
    (text) => {
      expect(amountOf(text)).toBe('columns.bad-amount charge.amount')
    },
  )

  it('may be of a currency without decimals, or with three', () => {
    expect([amountOf('12', 0), amountOf('12.3', 3)]).toEqual([12, 12_300])
    expect(amountOf('12.3', 0)).toBe('columns.bad-amount charge.amount')
  })

  it('that lacks anything is refused', () => {
    expect(refusalOf(billed({ 住院号: '' }))).toBe('columns.no-visit-number visit.number')
    expect(refusalOf(billed({ 收费日期: '?' }))).toBe('columns.bad-time charge.occurredOn')
    expect(refusalOf(billed({ 费别: '公费' }))).toBe('columns.unknown-code charge.payer')
    expect(refusalOf(billed({ 数量: '1.5' }))).toBe('columns.bad-amount charge.pieces')
    for (const name of ['流水号', '收费日期', '金额', '费用类别', '费别']) {
      expect([name, refusalOf(billed({ [name]: '' }))]).toEqual([name, 'columns.no-charge charge'])
    }
  })
})

describe('a row that cannot be taken', () => {
  const wrong: readonly [string, Readonly<Record<string, string>>][] = [
    ['columns.no-number person.identifiers', { 患者ID: '', 身份证号: '0' }],
    ['columns.no-visit-number visit.number', { 住院号: '无' }],
    ['columns.no-time occurredAt', { 出院日期: '', 更新时间: '' }],
    ['columns.bad-time visit.dischargedAt', { 出院日期: '2026-02-30' }],
    ['columns.bad-time visit.admittedAt', { 入院日期: '2026-02' }],
    ['columns.unknown-code visit.disposition', { 离院方式: '未治愈' }],
    ['columns.unreadable-text', { 住址: '江苏\ufffd' }],
  ]

  it.each(wrong)('says %s', (refusal, said) => {
    const outcome = read(said)
    expect(refusalOf(outcome)).toBe(refusal)
    expect(outcome).toMatchObject({ source: 'csv:discharges', hash: expect.any(String) })
  })

  it('has more or fewer cells than the header, unless those are empty', () => {
    const bound = rowReader(discharges).bind(Object.keys(plain))
    const cells = Object.values(plain)
    expect(refusalOf(bound([...cells, 'x']))).toBe('columns.uneven-row')
    expect(refusalOf(bound(cells.slice(1)))).toBe('columns.uneven-row')
    expect(bound([...cells, '', ' ']).kind).toBe('event')
  })

  it('is read anew from its raw form, by its own source alone', () => {
    const reader = rowReader(discharges)
    const [taken, refused] = [read(), read({ 出院日期: '?' })]
    expect(reader.replay(taken.raw)).toEqual([taken])
    expect(reader.replay(refused.raw)).toEqual([refused])
    const lenient = { ...discharges, dates: ['yyyy.M.d'] }
    const written = read({ 出院日期: '2026.3.1' })
    expect(written.kind).toBe('unreadable')
    expect(rowReader(lenient).replay(written.raw)).toMatchObject([{ kind: 'event' }])
    expect(rowReader({ ...discharges, source: 'other' }).replay(taken.raw)).toEqual([])
    expect(reader.replay(new TextEncoder().encode('MSH|^~\\&|'))).toEqual([])
  })

  it('is named by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^columns\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('a header', () => {
  const refusal = (header: string[]) => {
    try {
      return rowReader(discharges).bind(header)
    } catch (error) {
      return error
    }
  }
  const names = Object.keys(plain)

  it('that lacks a column is refused by the mapping’s own name for it', () => {
    expect(refusal(names.filter((name) => !['姓名', '科室'].includes(name)))).toMatchObject({
      code: 'columns.no-column',
      details: { columns: ['姓名', '科室'] },
    })
  })

  it('that has a column of the mapping twice is refused', () => {
    expect(refusal([...names, '住院号'])).toMatchObject({
      code: 'columns.repeated-column',
      details: { columns: ['住院号'] },
    })
    expect(refusal([...names, '备注', '备注'])).toBeTypeOf('function')
  })

  it('is not needed where columns are told by their places', () => {
    const mapping: ColumnMapping = {
      source: 's',
      zone: 'Asia/Shanghai',
      event: 'discharged',
      person: { identifiers: [{ column: 2 }] },
      visit: { number: 1, dischargedAt: 3 },
    }
    const outcome = rowReader(mapping).bind(['', '', ''])(['V1', 'P1', '2026-03-01'])
    expect(visitOf(outcome)).toMatchObject({ number: 'V1' })
    expect(() => rowReader(mapping).bind(['', ''])).toThrow('columns.no-column')
  })
})

describe('any row', () => {
  const cell = fc.oneof(
    fc.constantFrom(...Object.values(plain), '', '0', '无', '2026-02-30', '="0"', '\ufffd'),
    fc.string({ unit: 'binary' }),
    fc.constantFrom<unknown>(null, undefined, 1e300, Number.NaN, 0, -1.5, true, 7n, new Date(NaN)),
    fc.date({ noInvalidDate: true }),
  )

  it('comes to an event that the core can take or to a documented refusal', () => {
    const bound = rowReader(discharges).bind(Object.keys(plain))
    const seen = new Set<string>()
    const changes = fc.array(fc.tuple(fc.nat(Object.keys(plain).length), cell), { maxLength: 4 })
    fc.assert(
      fc.property(
        fc.constantFrom(plain, { ...plain, 更新时间: '' }, { ...plain, 身份证号: '' }),
        changes,
        (base, changed) => {
          const row: unknown[] = Object.values(base)
          for (const [place, changedTo] of changed) row[place] = changedTo
          const outcome = bound(row)
          seen.add(outcome.kind === 'unreadable' ? outcome.code : outcome.kind)
          if (outcome.kind === 'event') IntakeEvent.parse(outcome.event)
          else if (outcome.kind === 'unreadable') expect(refusals).toHaveProperty([outcome.code])
          expect(rowReader(discharges).replay(outcome.raw)).toEqual([outcome])
        },
      ),
      { numRuns: 1000 },
    )
    // A generator that no longer reaches a way of failing would make this test say less than it seems.
    expect([...seen].sort()).toEqual([
      'columns.bad-time',
      'columns.no-number',
      'columns.no-time',
      'columns.no-visit-number',
      'columns.uneven-row',
      'columns.unknown-code',
      'columns.unreadable-text',
      'event',
    ])
  })
})
