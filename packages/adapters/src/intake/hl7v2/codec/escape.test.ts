import { describe, expect, it } from 'vitest'
import { standardDelimiters } from './delimiters.ts'
import { escapeValue, unescapeValue } from './escape.ts'

const meant = (text: string, decode = (bytes: Uint8Array) => String.fromCharCode(...bytes)) =>
  unescapeValue(text, standardDelimiters, decode as (bytes: Uint8Array) => string | undefined)

describe('an escaped value', () => {
  it('gives the delimiters back', () => {
    expect(meant('a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f')).toBe('a|b^c&d~e\\f')
  })

  it('drops highlighting and keeps what is highlighted', () => {
    expect(meant('see \\H\\Dr. Li\\N\\ today')).toBe('see Dr. Li today')
  })

  it('breaks lines and leaves room where formatted text says so', () => {
    expect(meant('a\\.br\\b\\.sp2\\c\\.sk3\\d\\.ce\\e\\.in+4\\f\\.fi\\g')).toBe(
      'a\nb\n\nc   d\nefg',
    )
  })

  it('does not let a format command fill the memory', () => {
    expect(meant('\\.sp9999\\').length).toBe(100)
    expect(meant('\\.sp99999999\\')).toBe('\\.sp99999999\\')
  })

  it('reads hexadecimal bytes, neighbouring escapes as one text', () => {
    const gb = (bytes: Uint8Array) => new TextDecoder('gb18030').decode(bytes)
    expect(meant('\\X0D\\')).toBe('\r')
    expect(meant('\\XC0EE\\', gb)).toBe('李')
    expect(meant('\\XC0\\\\XEE\\ming', gb)).toBe('李ming')
  })

  it('keeps hexadecimal bytes as written when no charset reads them', () => {
    expect(meant('\\XFF\\x', () => undefined as never)).toBe('\\XFF\\x')
  })

  it.each([
    'C:\\ward\\bed',
    '50\\',
    '\\',
    '\\\\',
    '\\Z01\\',
    '\\XG1\\',
    '\\X1\\',
    '\\.xx\\',
    'a\\b',
  ])('keeps %j as it is written', (text) => {
    expect(meant(text)).toBe(text)
  })

  it('is read where a stray backslash stands before it', () => {
    expect(meant('C:\\ward\\F\\1')).toBe('C:\\ward|1')
  })

  it('is written so that it reads the same', () => {
    for (const value of ['a|b^c~d\\e&f', '""', 'line\r\nline', '李明', '\\F\\', '\t']) {
      expect(meant(escapeValue(value, standardDelimiters))).toBe(value)
    }
  })

  it('cannot be written with a delimiter when the message has no escape character', () => {
    expect(() => escapeValue('a|b', { ...standardDelimiters, escape: '' })).toThrow(RangeError)
  })
})
