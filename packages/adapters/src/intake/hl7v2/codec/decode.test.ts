import { describe, expect, it } from 'vitest'
import { gb18030, utf8 } from '../samples.ts'
import { declaredEncoding, encodingOf } from './charset.ts'
import { decodeMessage } from './decode.ts'

const header = (declared: string) =>
  `MSH|^~\\&|HIS|XZ|||20260301||ADT^A01|M-1|P|2.4|||||CHN|${declared}`
const message = (declared: string, name: string) => `${header(declared)}\rPID|1||P-1||${name}\r`
const unsettled = { bom: false, chinese: false }
const fromChina = { bom: false, chinese: true }

const joined = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? utf8(part) : part)]))

/** 山田 in ISO-2022-JP: a shift to JIS X 0208, two characters, the shift back. */
const yamada = [0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42]

describe('the charset of a message', () => {
  it.each([
    ['UNICODE UTF-8', 'utf-8'],
    ['UNICODE', 'utf-8'],
    ['GB 18030-2000', 'gb18030'],
    ['gbk', 'gb18030'],
    ['ISO IR87', 'iso-2022-jp'],
    ['ISO IR14', 'iso-2022-jp'],
    ['8859/1', 'windows-1252'],
    ['8859/15', 'iso-8859-15'],
    ['ISO-8859-5', 'iso-8859-5'],
    ['BIG-5', 'big5'],
    ['KS X 1001', 'euc-kr'],
    ['ASCII', 'us-ascii'],
    ['Shift_JIS', 'shift_jis'],
    ['ISO IR101', 'iso-8859-2'],
    ['UNICODE UTF-32', undefined],
    ['CNS 11643-1992', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('is known by the name %j', (name, encoding) => {
    expect(encodingOf(name)).toBe(encoding)
  })

  it('is read from MSH-18 before anything is decoded, also from a list', () => {
    expect(declaredEncoding(utf8(header('GB 18030-2000')))).toBe('gb18030')
    expect(declaredEncoding(utf8(`${header('')}~ISO IR87\rPID|1`))).toBe('iso-2022-jp')
    expect(declaredEncoding(utf8(`${header('ASCII~8859/1')}||`))).toBe('windows-1252')
    expect(declaredEncoding(utf8(header('ASCII')))).toBeUndefined()
    expect(declaredEncoding(utf8('MSH|^~\\&|HIS\rPID||||||||||||||||||UTF-8'))).toBeUndefined()
  })
})

describe('a message is decoded', () => {
  it('as plain ASCII whatever it declares', () => {
    const read = decodeMessage(utf8(message('GB 18030-2000', 'LI^MING')), unsettled)
    expect(read).toEqual({ text: message('GB 18030-2000', 'LI^MING'), charset: 'us-ascii' })
  })

  it.each(['UNICODE UTF-8', 'UNICODE', '', 'ASCII', '8859/1', 'GB 18030-2000', 'nonsense'])(
    'as the UTF-8 it is when MSH-18 says %j',
    (declared) => {
      const text = message(declared, '王秀英')
      expect(decodeMessage(utf8(text), unsettled)).toEqual({ text, charset: 'utf-8' })
    },
  )

  it.each(['UNICODE UTF-8', 'UNICODE', '', 'GB 18030-2000', 'nonsense'])(
    'as the GB18030 it is when MSH-18 says %j',
    (declared) => {
      const text = message(declared, '王秀英')
      expect(decodeMessage(gb18030(text), unsettled)).toEqual({ text, charset: 'gb18030' })
    },
  )

  it('as GB18030 from a Chinese system also where MSH-18 names a Latin table', () => {
    const text = message('8859/1', '王秀英')
    expect(decodeMessage(gb18030(text), fromChina)?.text).toBe(text)
  })

  it('as GB18030 whose second bytes are delimiters and backslashes', () => {
    // Their second bytes are \, |, ^ and ~.
    const names = '誠億^觀魚'
    const bytes = gb18030(message('GB 18030-2000', names))
    expect(decodeMessage(bytes, unsettled)?.text).toBe(message('GB 18030-2000', names))
  })

  it('as GB18030 where the bytes of a Chinese system happen to be well-formed UTF-8', () => {
    for (const declared of ['', 'UNICODE', '8859/1']) {
      const text = message(declared, '钱英')
      expect(new TextDecoder('utf-8', { fatal: true }).decode(gb18030('钱英'))).toBe('ǮӢ')
      expect(decodeMessage(gb18030(text), fromChina)?.text).toBe(text)
    }
    const text = message('GB 18030-2000', '钱英')
    expect(decodeMessage(gb18030(text), unsettled)?.text).toBe(text)
  })

  it('as Latin text also from a Chinese system where accents stand alone between letters', () => {
    const bytes = joined(
      `${header('')}\rPID|1||P-1||Gr`,
      [0xf6, 0xdf],
      'e^M',
      [0xfc],
      'ller J',
      [0xf6],
      'rg\r',
    )
    expect(decodeMessage(bytes, fromChina)?.text).toBe(message('', 'Größe^Müller Jörg'))
  })

  it('as GB18030 with a character of four bytes', () => {
    const bytes = joined(
      `${header('')}\rPID|1||P-1||`,
      [...gb18030('王秀英')],
      [0x95, 0x34, 0xb2, 0x35],
      '\r',
    )
    expect(decodeMessage(bytes, unsettled)?.text).toBe(message('', '王秀英𠮷'))
  })

  it('as UTF-8 where accents alone could also be Chinese', () => {
    const text = message('', 'Müller^José')
    expect(decodeMessage(utf8(text), unsettled)?.text).toBe(text)
  })

  it('as ISO-2022-JP, declared or seen by its shifts', () => {
    for (const declared of ['~ISO IR87', 'ISO IR14~ISO IR87', '']) {
      const bytes = joined(`${header(declared)}\rPID|1||P-1||`, yamada, '^TARO\r')
      expect(decodeMessage(bytes, unsettled)).toEqual({
        text: message(declared, '山田^TARO'),
        charset: 'iso-2022-jp',
      })
    }
  })

  it('as the Latin table it declares, or as windows-1252 when it declares none', () => {
    const bytes = (declared: string) =>
      joined(`${header(declared)}\rPID|1||P-1||M`, [0xfc], 'ller^Jos', [0xe9], '\r')
    expect(decodeMessage(bytes('8859/1'), unsettled)?.text).toBe(message('8859/1', 'Müller^José'))
    expect(decodeMessage(bytes(''), unsettled)?.text).toBe(message('', 'Müller^José'))
    const pair = joined(`${header('')}\rPID|1||P-1||Gr`, [0xf6, 0xdf], 'e^Ren', [0xe9], 'e\r')
    expect(decodeMessage(pair, unsettled)?.text).toBe(message('', 'Größe^Renée'))
  })

  it('as the Cyrillic, Korean or Traditional Chinese it declares', () => {
    const bytes = (declared: string, name: readonly number[]) =>
      joined(`${header(declared)}\rPID|1||P-1||`, name, '\r')
    expect(decodeMessage(bytes('8859/5', [0xb8, 0xd2, 0xd0, 0xdd]), unsettled)?.text).toContain(
      'Иван',
    )
    expect(decodeMessage(bytes('KS X 1001', [0xb1, 0xe8]), unsettled)?.text).toContain('김')
    expect(decodeMessage(bytes('BIG-5', [0xa4, 0xfd]), unsettled)?.text).toContain('王')
  })

  it('as the settled charset of its source, whatever it declares', () => {
    const text = message('UNICODE UTF-8', '王秀英')
    expect(decodeMessage(gb18030(text), { ...unsettled, charset: 'gb18030' })?.text).toBe(text)
  })

  it('as UTF-8 after a byte order mark', () => {
    const text = message('8859/5', 'Müller')
    expect(decodeMessage(utf8(text), { bom: true, chinese: false })?.text).toBe(text)
  })

  it('not at all when the bytes are no text in the settled charset', () => {
    const bytes = gb18030(message('', '王秀英'))
    expect(decodeMessage(bytes, { ...unsettled, charset: 'utf-8' })).toBeUndefined()
  })

  it('not at all when neither the declared charset nor any likely one gives clean text', () => {
    const broken = (declared: string) =>
      joined(`${header(declared)}\rPID|1||P-1||a`, [0x81, 0x20, 0xff], '\r')
    for (const declared of ['UNICODE UTF-8', 'GB 18030-2000', '8859/1', '8859/5', 'ISO IR87', '']) {
      expect(decodeMessage(broken(declared), unsettled)).toBeUndefined()
    }
  })
})
