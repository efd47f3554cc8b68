import { createCrm, type Refusal } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ColumnMapping, rowReader } from '../columns/index.ts'
import { gb18030, utf8 } from '../hl7v2/samples.ts'
import { type CsvOptions, type CsvOutcome, readCsv, refusals } from './index.ts'

const mapping: ColumnMapping = {
  source: 'csv:discharges',
  zone: 'Asia/Shanghai',
  event: 'discharged',
  person: { identifiers: [{ column: '患者ID' }], name: '姓名', phones: ['电话'], address: '住址' },
  visit: { number: '住院号', dischargedAt: '出院日期' },
}

const header = '患者ID,姓名,电话,住址,住院号,出院日期'
const row = (n: number, address = '云龙区1号') =>
  `P${n},王秀英,1540000${String(n).padStart(4, '0')},${address},V${n},2026-03-01 10:10`
const file = (...rows: string[]) => [header, ...rows, ''].join('\r\n')

const outcomesOf = async (
  input: string | Uint8Array | Iterable<Uint8Array>,
  options?: CsvOptions,
  by = mapping,
) => {
  const found: CsvOutcome[] = []
  const bytes = typeof input === 'string' ? utf8(input) : input
  for await (const outcome of readCsv(bytes, by, options)) found.push(outcome)
  return found
}

const saidBy = (outcome: CsvOutcome): string => {
  if (outcome.kind !== 'event') {
    const field = 'field' in outcome ? outcome.field : undefined
    const code = outcome.kind === 'unreadable' ? outcome.code : outcome.type
    return [outcome.line, code, field].filter(Boolean).join(' ')
  }
  const { event, line } = outcome
  return [line, event.key].join(' ')
}

const said = async (...args: Parameters<typeof outcomesOf>) =>
  (await outcomesOf(...args)).map(saidBy)

const addressesOf = async (...args: Parameters<typeof outcomesOf>) =>
  (await outcomesOf(...args)).map((outcome) =>
    outcome.kind === 'event' && 'person' in outcome.event ? outcome.event.person.address : outcome,
  )

const refusalOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'read',
    (error: Refusal) => error.code,
  )

describe('a file', () => {
  it('is read row by row, each with its line', async () => {
    expect(await said(file(row(1), row(2)))).toEqual(['2 V1', '3 V2'])
  })

  it.each(['\r\n', '\n', '\r'])('may end its lines with %j', async (end) => {
    expect(await said(file(row(1), '', row(2)).replaceAll('\r\n', end))).toEqual(['2 V1', '4 V2'])
  })

  it('may lack its last line end', async () => {
    expect(await said(file(row(1)).trimEnd())).toEqual(['2 V1'])
  })

  it('may have titles above its header, and empty rows below', async () => {
    const text = `出院患者一览表,,,\r\n制表日期: 2026-03-02\r\n${file(row(1), ',,,,,', row(2), ',,,,,')}`
    expect(await said(text)).toEqual(['4 V1', '6 V2'])
  })

  it.each(['\t', ';', '|'])('may part its cells with %j', async (delimiter) => {
    const text = file(row(1), row(2)).replaceAll(',', delimiter)
    expect(await said(text)).toEqual(['2 V1', '3 V2'])
    expect(await said(text, { delimiter })).toEqual(['2 V1', '3 V2'])
  })

  it('may have no header, when the mapping tells columns by their places', async () => {
    const places: ColumnMapping = {
      ...mapping,
      person: { identifiers: [{ column: 1 }] },
      visit: { number: 5, dischargedAt: 6 },
    }
    const text = `${row(1)}\n${row(2)}\n`
    expect(await said(text, { header: false }, places)).toEqual(['1 V1', '2 V2'])
    const tabbed = text.replaceAll(',', '\t')
    expect(await said(tabbed, { header: false }, places)).toEqual(['1 V1', '2 V2'])
  })

  it('that is empty, or no such file, is refused before its first row', async () => {
    for (const text of ['', '\r\n', 'a,b,c\r\n1,2,3\r\n', '<html></html>']) {
      expect(await refusalOf(outcomesOf(text))).toBe('columns.no-column')
    }
    await expect(outcomesOf(file(row(1)).replace('姓名', '名字'))).rejects.toMatchObject({
      details: { columns: ['姓名'] },
    })
    expect(await said(file())).toEqual([])
  })
})

describe('a charset', () => {
  const text = file(...Array.from({ length: 40 }, (_, n) => row(n, '江苏省徐州市云龙区')))
  const expected = Array.from({ length: 40 }, () => '江苏省徐州市云龙区')
  const utf16 = (littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * (text.length + 1)))
    view.setUint16(0, 0xfeff, littleEndian)
    for (let at = 0; at < text.length; at += 1) {
      view.setUint16(2 * at + 2, text.charCodeAt(at), littleEndian)
    }
    return new Uint8Array(view.buffer)
  }

  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`)],
    ['GB18030', gb18030(text)],
    ['UTF-16 as spreadsheets write it', utf16(true)],
    ['UTF-16, the other way round', utf16(false)],
  ])('is found out: %s', async (_, bytes) => {
    expect(await addressesOf(bytes)).toEqual(expected)
  })

  it('may be settled', async () => {
    expect(await addressesOf(gb18030(text), { charset: 'GBK' })).toEqual(expected)
    expect(await addressesOf(utf8(text), { charset: 'UTF-8' })).toEqual(expected)
    expect(() => readCsv(utf8(text), mapping, { charset: 'EBCDIC' })).toThrow('csv.unknown-charset')
  })

  it('is found out where nothing but ASCII comes for long', async () => {
    const english: ColumnMapping = {
      ...mapping,
      person: { identifiers: [{ column: 'id' }], address: 'address' },
      visit: { number: 'visit', dischargedAt: 'out' },
    }
    const rows = Array.from({ length: 4000 }, (_, n) => `P${n},V${n},2026-03-01,1 Long Lane`)
    const long = ['id,visit,out,address', ...rows, 'P,V,2026-03-01,江苏省徐州市', ''].join('\n')
    for (const bytes of [utf8(long), gb18030(long)]) {
      expect((await addressesOf(bytes, {}, english)).at(-1)).toBe('江苏省徐州市')
    }
  })

  it('is not told by one damaged line, which alone is refused', async () => {
    const bytes = gb18030(text)
    const at = bytes.indexOf(0x0a, 2000) - 30
    bytes[at] = 0xff
    const outcomes = await said(bytes)
    expect(outcomes.filter((each) => each.endsWith('columns.unreadable-text'))).toHaveLength(1)
    expect(outcomes).toHaveLength(40)
  })

  it('that is none is refused', async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, at) => 0x80 + (at % 32))
    expect(await refusalOf(outcomesOf(bytes))).toBe('csv.charset')
  })
})

describe('a quotation', () => {
  it('may hold delimiters, line ends and quotation marks', async () => {
    const text = file(row(1, '"1号,""东""区\r\n2号"'), row(2))
    expect(await said(text)).toEqual(['2 V1', '4 V2'])
    expect((await addressesOf(text))[0]).toBe('1号,"东"区 2号')
  })

  it('that is none does not harm its row, nor others', async () => {
    const rows = [row(1, '5" 室'), row(2), row(3, '6" 室'), row(4, '="00123"'), row(5, '"a" b')]
    expect(await said(file(...rows))).toEqual(['2 V1', '3 V2', '4 V3', '5 V4', '6 V5'])
    expect((await addressesOf(file(...rows)))[3]).toBe('00123')
  })

  it('that nobody closes costs its own line alone', async () => {
    const rows = [row(1), row(2, '"云龙区'), ...Array.from({ length: 80 }, (_, n) => row(n + 3))]
    const outcomes = await said(file(...rows))
    expect(outcomes[1]).toBe('3 csv.bad-quote')
    expect(outcomes.filter((each) => !each.includes(' V'))).toEqual(['3 csv.bad-quote'])
    expect(outcomes).toHaveLength(82)
    expect(await said(file(row(1), row(2, '"云龙区'), row(3)))).toEqual([
      '2 V1',
      '3 csv.bad-quote',
      '4 V3',
    ])
  })

  it('may be a thing the source does not know', async () => {
    const text = file(row(1, '"云龙区'), row(2, '"'))
    expect(await addressesOf(text, { quotes: false })).toEqual(['"云龙区', '"'])
  })
})

describe('a row that cannot be taken', () => {
  it('is told with its line, the reason and no value, and the rest is read', async () => {
    const told: unknown[] = []
    const rows = [
      row(1),
      row(2).replace('2026-03-01', '2026-02-30'),
      row(3, '云龙区,1号'),
      'P4',
      'x'.repeat(300_000),
      row(6),
    ]
    const outcomes = await said(file(...rows), { onProblem: (problem) => told.push(problem) })
    const problems = [
      { line: 3, code: 'columns.bad-time', field: 'visit.dischargedAt' },
      { line: 4, code: 'columns.uneven-row' },
      { line: 5, code: 'columns.uneven-row' },
      { line: 6, code: 'csv.too-long' },
    ]
    expect(told).toEqual(problems)
    expect(outcomes).toEqual([
      '2 V1',
      ...problems.map(({ line, code, field }) => [line, code, field].filter(Boolean).join(' ')),
      '7 V6',
    ])
  })

  it('keeps its text', async () => {
    const [outcome] = await outcomesOf(file(row(1, '"云龙区')))
    expect(new TextDecoder().decode(outcome?.raw)).toBe(row(1, '"云龙区'))
  })

  it('is named by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^csv\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('a file that comes in chunks', () => {
  const text = `${file(row(1), row(2, '"1号\r\n""2""号"'), '', row(3, '5" 室'), row(4))}`

  it('is the same wherever it is cut', async () => {
    for (const bytes of [gb18030(text), utf8(`\ufeff${text}`)]) {
      const whole = await outcomesOf(bytes)
      expect(whole.map(saidBy)).toEqual(['2 V1', '3 V2', '6 V3', '7 V4'])
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(await outcomesOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole)
      }
    }
  })

  it('is the same in chunks of any sizes', async () => {
    const bytes = gb18030(text)
    const whole = await outcomesOf(bytes)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9)), async (sizes) => {
        const chunks: Uint8Array[] = []
        let at = 0
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size))
          at += size
        }
        expect(await outcomesOf([...chunks, bytes.subarray(at)])).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })

  it('tells how far it is', async () => {
    const bytes = utf8(file(...Array.from({ length: 5000 }, (_, n) => row(n))))
    const told: number[] = []
    await outcomesOf(bytes, { onProgress: (read) => told.push(read) })
    expect(told.length).toBeGreaterThan(3)
    expect(told).toEqual([...told].sort((one, other) => one - other))
    expect(told.at(-1)).toBe(bytes.length)
  })
})

describe('any text below a header', () => {
  it('comes to a documented outcome for each of its rows', async () => {
    const piece = fc.constantFrom(
      ',',
      '"',
      '\r\n',
      '\n',
      '\r',
      'P1',
      '2026-03-01',
      row(1),
      ' ',
      '王',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const lines = pieces.join('').split(/\r\n|\n|\r/).length
        for (const outcome of await outcomesOf(`${header}\n${pieces.join('')}`)) {
          expect(outcome.line).toBeGreaterThan(1)
          expect(outcome.line).toBeLessThanOrEqual(lines + 1)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the desk', () => {
  it('takes a file, and the same file again at no change', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const bytes = gb18030(file(row(1), row(2), row(3).replace('10:10', '?')))
    const sums = { read: 3, ignored: {}, quarantined: { 'columns.bad-time': 1 } }
    const first = await crm.intakes.take(readCsv(bytes, mapping))
    expect(first).toEqual({ ...sums, taken: 2, known: 0 })
    expect((await crm.encounters.get('V1'))?.state).toMatchObject({ status: 'discharged' })
    const again = await crm.intakes.take(readCsv(bytes, mapping))
    expect(again).toEqual({ ...sums, taken: 0, known: 2 })
  })
})

describe('a file of charges', () => {
  const bills: ColumnMapping = {
    source: 'csv:bills',
    zone: 'Asia/Shanghai',
    event: 'charges-posted',
    visit: { number: '住院号' },
    charge: {
      ...{ id: '流水号', occurredOn: '收费日期', amount: '金额', category: '费用类别' },
      payer: { column: '费别', codes: { 自费: 'self-pay', 医保: 'public-insurance' } },
      refundOf: '冲销流水号',
    },
  }
  const columns = '住院号,流水号,收费日期,金额,费用类别,费别,冲销流水号'
  const bill = (...rows: string[]) => [columns, ...rows, ''].join('\n')

  it('posts each row once, keeps those it cannot, and takes them when their visit is known', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    await crm.intakes.take(readCsv(utf8(file(row(1))), mapping))
    const text = bill(
      'V1,F-1,2026-03-01,"1,234.50",检查费,自费,',
      'V1,F-2,2026-03-01,0.005,检查费,自费,',
      'V1,F-3,2026-03-02,-1234.50,检查费,自费,F-1',
      'V2,F-1,2026-03-02,8,药费,医保,',
      'V1,F-1,2026-03-01,1234.50,治疗费,自费,',
    )
    const outcomes = await outcomesOf(text, {}, bills)
    expect(outcomes.flatMap((one) => (one.kind === 'event' ? [] : saidBy(one)))).toEqual([
      '3 columns.bad-amount charge.amount',
    ])
    expect(await crm.intakes.take(outcomes)).toMatchObject({
      taken: 2,
      quarantined: { 'columns.bad-amount': 1, 'charge.unknown-visit': 1, 'charge.changed': 1 },
    })
    expect(await crm.intakes.take(outcomes)).toMatchObject({ taken: 0, known: 2 })
    await crm.intakes.take(readCsv(utf8(file(row(2))), mapping))
    await crm.intakes.replay((raw) => rowReader(bills).replay(raw))
    const linesOf = async (visit: string) => {
      const { state } = (await crm.charges.of(visit)) ?? {}
      return state?.status === 'charged' ? state.lines.map(({ id, amount }) => [id, amount]) : []
    }
    expect([await linesOf('V1'), await linesOf('V2')]).toEqual([
      [
        ['F-1', 123_450],
        ['F-3', -123_450],
      ],
      [['F-1', 800]],
    ])
  })
})
