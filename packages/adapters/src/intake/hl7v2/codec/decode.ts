import { isAscii } from 'node:buffer'
import { declaredEncoding } from './charset.ts'
import { looksLikeChinese } from './chinese.ts'

/** What is known about the bytes before they are read. */
export interface CharsetHints {
  /** An encoding the hospital has settled for this source. It is not doubted: other bytes are refused. */
  readonly charset?: string | undefined
  /** The bytes came after a UTF-8 byte order mark. */
  readonly bom: boolean
  /** The source is a Chinese system. */
  readonly chinese: boolean
}

/** Text with the encoding it was read in. */
export interface DecodedText {
  readonly text: string
  readonly charset: string
}

/**
 * Decodes one message, before anything is split. A declared charset (byte order mark, then MSH-18) is checked
 * against the bytes, and the bytes decide when it cannot be true. Undefined when no reading is clean.
 */
export const decodeMessage = (bytes: Uint8Array, hints: CharsetHints): DecodedText | undefined => {
  const shifts = bytes.includes(escapeByte)
  if (isAscii(bytes) && !shifts) {
    return { text: utf8.decode(bytes), charset: hints.charset ?? 'us-ascii' }
  }
  if (hints.charset !== undefined) return clean(bytes, hints.charset)
  return decodeBy(bytes, hints.bom ? 'utf-8' : declaredEncoding(bytes), hints.chinese)
}

/** Decodes bytes under a declared encoding that may be false, or under none. */
export const decodeBy = (
  bytes: Uint8Array,
  declared: string | undefined,
  chinese: boolean,
): DecodedText | undefined => {
  const unicode = strictly(bytes, 'utf-8')
  const han = () => (looksLikeChinese(bytes, chinese) ? clean(bytes, 'gb18030') : undefined)
  // Some Chinese names in GB18030, such as 钱英, are well-formed UTF-8 for letters of other scripts.
  const surelyUnicode = unicode && farCharacter.test(unicode.text) ? unicode : undefined
  const likelyUnicode = () => surelyUnicode ?? (chinese ? han() : undefined) ?? unicode

  switch (familyOf(declared)) {
    case 'utf-8':
      return shiftedJapanese(bytes) ?? likelyUnicode() ?? han()
    case 'shifting':
      return clean(bytes, 'iso-2022-jp') ?? surelyUnicode
    case 'wide':
      return surelyUnicode ?? clean(bytes, declared ?? '') ?? unicode ?? han()
    case 'latin':
      return likelyUnicode() ?? clean(bytes, declared ?? '')
    case 'other':
      return clean(bytes, declared ?? '') ?? unicode
    case 'none':
      return shiftedJapanese(bytes) ?? likelyUnicode() ?? han() ?? clean(bytes, 'windows-1252')
  }
}

const escapeByte = 0x1b
const utf8 = new TextDecoder('utf-8')
const farCharacter = /[\u0800-\uffff]/
const control = /[\u0080-\u009f]/

const families: Readonly<Record<string, 'utf-8' | 'shifting' | 'wide' | 'latin'>> = {
  'utf-8': 'utf-8',
  'iso-2022-jp': 'shifting',
  gb18030: 'wide',
  gbk: 'wide',
  big5: 'wide',
  'euc-kr': 'wide',
  'euc-jp': 'wide',
  shift_jis: 'wide',
  'windows-1252': 'latin',
  'windows-1254': 'latin',
  'iso-8859-2': 'latin',
  'iso-8859-3': 'latin',
  'iso-8859-4': 'latin',
  'iso-8859-15': 'latin',
}

const familyOf = (encoding: string | undefined) =>
  // A message whose header could be read byte by byte is no UTF-16, whatever it says.
  encoding === undefined || encoding.startsWith('utf-16') ? 'none' : (families[encoding] ?? 'other')

const shiftedJapanese = (bytes: Uint8Array) =>
  isAscii(bytes) ? strictly(bytes, 'iso-2022-jp') : undefined

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

const strictly = (bytes: Uint8Array, charset: string): DecodedText | undefined => {
  let decoder = decoders.get(charset)
  if (!decoder) {
    decoder = new TextDecoder(charset, { fatal: true })
    decoders.set(charset, decoder)
  }
  try {
    return { text: decoder.decode(bytes), charset }
  } catch {
    return undefined
  }
}

/** Single-byte tables give every byte a meaning; a C1 control is the sign that it was the wrong table. */
const clean = (bytes: Uint8Array, charset: string): DecodedText | undefined => {
  const read = strictly(bytes, charset)
  return read && !control.test(read.text) ? read : undefined
}
