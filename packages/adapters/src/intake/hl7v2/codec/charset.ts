/** Table 0211 and the spellings seen in its place, without blanks, dashes, dots and slashes. */
const known: Readonly<Record<string, string>> = {
  ASCII: 'us-ascii',
  USASCII: 'us-ascii',
  ISOIR6: 'us-ascii',
  '88591': 'windows-1252',
  '88592': 'iso-8859-2',
  '88593': 'iso-8859-3',
  '88594': 'iso-8859-4',
  '88595': 'iso-8859-5',
  '88596': 'iso-8859-6',
  '88597': 'iso-8859-7',
  '88598': 'iso-8859-8',
  '88599': 'windows-1254',
  '885915': 'iso-8859-15',
  ISOIR14: 'iso-2022-jp',
  ISOIR87: 'iso-2022-jp',
  ISOIR159: 'iso-2022-jp',
  GB180302000: 'gb18030',
  GB18030: 'gb18030',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  CP936: 'gb18030',
  KSX1001: 'euc-kr',
  BIG5: 'big5',
  UNICODE: 'utf-8',
  UNICODEUTF8: 'utf-8',
  UTF8: 'utf-8',
  UNICODEUTF16: 'utf-16le',
  UTF16: 'utf-16le',
}

/** The encoding, as TextDecoder calls it, behind a name from table 0211 or any name TextDecoder knows; undefined when it cannot be read. */
export const encodingOf = (name: string): string | undefined => {
  const trimmed = name.trim()
  const listed = known[trimmed.toUpperCase().replace(/[\s\-_/.]/g, '')]
  if (listed) return listed
  if (trimmed === '') return undefined
  try {
    return new TextDecoder(trimmed.replace(/^ISO IR ?/i, 'iso-ir-')).encoding
  } catch {
    return undefined
  }
}

const separatorsBefore18 = 17

/** The encodings a header names in MSH-18, read from bytes that are not decoded yet; plain ASCII counts as naming none. */
export const declaredEncoding = (message: Uint8Array): string | undefined => {
  const [separator, repetition] = [message[3], message[5]]
  let passed = 0
  let start = -1
  let end = message.length
  for (let i = 3; i < message.length; i += 1) {
    const byte = message[i]
    const ends = byte === 0x0d || byte === 0x0a || byte === 0x0b
    if (byte === separator) passed += 1
    if (byte === separator && passed === separatorsBefore18) start = i + 1
    else if (ends || (start >= 0 && byte === separator)) {
      end = i
      break
    }
  }
  if (start < 0) return undefined
  const names = String.fromCharCode(...message.subarray(start, Math.min(end, start + 200)))
  const encodings = names
    .split(String.fromCharCode(repetition ?? 0x7e))
    .map(encodingOf)
    .filter((encoding) => encoding !== undefined && encoding !== 'us-ascii')
  return encodings.includes('iso-2022-jp') ? 'iso-2022-jp' : encodings[0]
}
