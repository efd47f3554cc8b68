import { type BookType, utils, type WorkSheet, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import type { ColumnMapping, RowOutcome } from '../columns/index.ts'
import { gb18030, utf8 } from '../hl7v2/samples.ts'
import { readWorkbook, refusals, type WorkbookOptions } from './index.ts'

const mapping: ColumnMapping = {
  source: 'xls:discharges',
  zone: 'Asia/Shanghai',
  event: 'discharged',
  person: { identifiers: [{ column: '患者ID' }], name: '姓名', birthDate: '出生日期' },
  visit: { number: '住院号', dischargedAt: '出院日期', bed: '床号' },
}

const header = ['患者ID', '姓名', '出生日期', '住院号', '出院日期', '床号']
/** 1 March 2026, 10:10 as spreadsheets count days. */
const serial = 46082 + (10 * 60 + 10) / 1440

/** A sheet as a clerk's program makes it: a number shown with zeros, a long number, a date as a number of days. */
const sheet = (above: unknown[][] = []) => {
  const made = utils.aoa_to_sheet([
    ...above,
    header,
    [42, '王秀英', 'x', 123456789012345, 'x', '03'],
    [43, '李明', 'x', 20260301, 'x', 7],
  ])
  for (const line of [above.length + 2, above.length + 3]) {
    made[`A${line}`].z = '00000000'
    made[`C${line}`] = { t: 'n', v: 18263, z: 'yyyy/m/d' }
    made[`E${line}`] = { t: 'n', v: serial, z: 'yyyy/m/d h:mm' }
  }
  return made
}

const bookOf = (
  bookType: BookType,
  sheets: Readonly<Record<string, WorkSheet>> = { Sheet1: sheet() },
  options = {},
) => {
  const book = utils.book_new()
  for (const [name, each] of Object.entries(sheets)) utils.book_append_sheet(book, each, name)
  return new Uint8Array(write(book, { type: 'array', bookType, ...options }))
}

const outcomesOf = (bytes: Uint8Array, options?: WorkbookOptions, by = mapping): RowOutcome[] => [
  ...readWorkbook(bytes, by, options),
]

const eventsOf = (...args: Parameters<typeof outcomesOf>) =>
  outcomesOf(...args).map((outcome) => (outcome.kind === 'event' ? outcome.event : outcome))

const first = {
  key: '123456789012345',
  occurredAt: '2026-03-01T02:10:00.000Z',
  person: { identifiers: [{ value: '00000042' }], name: '王秀英', birthDate: '1949-12-31' },
  visit: { number: '123456789012345', bed: '03' },
}
const second = { person: { identifiers: [{ value: '00000043' }] }, visit: { number: '20260301' } }

describe('a workbook', () => {
  it.each<BookType>(['xlsx', 'xlsb', 'biff8', 'xlml'])(
    'of the kind %s is read with its numbers and dates whole',
    (bookType) => {
      expect(eventsOf(bookOf(bookType))).toMatchObject([first, second])
    },
  )

  it('from before 1997 is read in the code page it names', () => {
    const words = [...header, '王秀英', '李明'].filter((word) => !/ID/.test(word))
    const held = (word: string) => 'QXZW'.charAt(words.indexOf(word) % 4).repeat(2 * word.length)
    const made = sheet()
    for (const key of Object.keys(made)) {
      const { t, v } = made[key]
      if (t === 's') made[key].v = words.includes(v) ? held(v) : v.replace('患者', 'YYYY')
    }
    // The writer knows no such code pages, so the texts are put in where their places were held.
    const text = Buffer.from(bookOf('biff5', { Sheet1: made })).toString('latin1')
    const inGb = (word: string) => Buffer.from(gb18030(word)).toString('latin1')
    const written = [...words, '患者'].reduce(
      (all, word) => all.replace(words.includes(word) ? held(word) : 'YYYY', inGb(word)),
      text.replace('\x42\x00\x02\x00\xe4\x04', '\x42\x00\x02\x00\xa8\x03'),
    )
    expect(eventsOf(new Uint8Array(Buffer.from(written, 'latin1')))).toMatchObject([first, second])
  })

  it('that is a table of HTML under the name of one keeps its zeros and its charset', () => {
    const row = (cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    const told = ['00000042', '王秀英', '1949-12-31', '123456789012345', '2026-03-01 10:10', '03']
    const html = `<html><table>${row(header)}${row(told)}</table></html>`
    for (const bytes of [utf8(html), utf8(`\ufeff${html}`), gb18030(html)]) {
      expect(eventsOf(bytes)).toMatchObject([first])
    }
  })

  it('may count its days from 1904', () => {
    const book = utils.book_new()
    const moved = sheet()
    for (const line of [2, 3]) {
      moved[`C${line}`].v -= 1462
      moved[`E${line}`].v -= 1462
    }
    utils.book_append_sheet(book, moved, 'Sheet1')
    book.Workbook = { WBProps: { date1904: true } }
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }))
    expect(eventsOf(bytes)).toMatchObject([first, second])
  })

  it('may have titles above its header and other sheets before it', () => {
    const cover = utils.aoa_to_sheet([['封面']])
    const bytes = bookOf('xlsx', { 封面: cover, 出院: sheet([['出院患者一览表'], []]) })
    expect(outcomesOf(bytes).map(({ line }) => line)).toEqual([4, 5])
    expect(outcomesOf(bytes, { sheet: '出院' })).toHaveLength(2)
  })

  it('tells of a row that cannot be taken where it stands, why, and none of its values', () => {
    const wrong = sheet()
    wrong.E3 = { t: 's', v: '2026-02-30' }
    const told: unknown[] = []
    const options = { onProblem: (problem: unknown) => told.push(problem) }
    expect(outcomesOf(bookOf('xlsx', { Sheet1: wrong }), options)).toMatchObject([
      { kind: 'event', line: 2 },
      { kind: 'unreadable', line: 3 },
    ])
    expect(told).toEqual([{ line: 3, code: 'columns.bad-time', field: 'visit.dischargedAt' }])
  })

  it('has the same content as the same rows anywhere else', () => {
    const [xlsx, xls] = [bookOf('xlsx'), bookOf('biff8')].map((bytes) => eventsOf(bytes))
    expect(xls).toEqual(xlsx)
  })

  it('may have no header', () => {
    const places: ColumnMapping = {
      ...mapping,
      person: { identifiers: [{ column: 1 }] },
      visit: { number: 4, dischargedAt: 5 },
    }
    const bytes = bookOf('xlsx', {
      Sheet1: utils.aoa_to_sheet([['P1', '', '', 'V1', '2026-03-01']]),
    })
    expect(outcomesOf(bytes, { header: false }, places)).toMatchObject([{ kind: 'event', line: 1 }])
  })
})

describe('what is no workbook of the mapping', () => {
  const codeOf = (bytes: Uint8Array, options?: WorkbookOptions) => {
    try {
      return outcomesOf(bytes, options)
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error
    }
  }
  const good = bookOf('xlsx')

  it.each<[string, Uint8Array, WorkbookOptions?]>([
    ['workbook.none', utf8(`${header.join(',')}\n`)],
    ['workbook.none', new Uint8Array(0)],
    ['workbook.damaged', good.subarray(0, good.length / 2)],
    ['workbook.too-large', good, { maxBytes: good.length - 1 }],
    ['workbook.no-sheet', good, { sheet: 'Sheet2' }],
    ['columns.no-column', bookOf('xlsx', { Sheet1: utils.aoa_to_sheet([['a'], ['b']]) })],
    ['workbook.damaged', utf8('<html></html>')],
  ])('is refused with %s', (code, bytes, options) => {
    expect(codeOf(bytes, options)).toBe(code)
  })

  it('is refused when far more is packed in it than the limit', () => {
    const rows = Array.from({ length: 20_000 }, () => ['0'.repeat(200)])
    const bytes = bookOf('xlsx', { Sheet1: utils.aoa_to_sheet(rows) }, { compression: true })
    expect(codeOf(bytes, { maxBytes: bytes.length })).toBe('workbook.too-large')
  })

  it('is refused by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^workbook\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})
