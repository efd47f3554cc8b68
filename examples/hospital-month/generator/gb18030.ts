/** Pairs of bytes by character, from the platform's own decoder; made once, when first needed. */
let pairs: Map<string, number> | undefined

const pairsOf = () => {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character !== '\ufffd') found.set(character, (lead << 8) | trail)
    }
  }
  return found
}

/** Encodes text in the one- and two-byte codes of GB18030. Throws a RangeError for a character that needs four bytes. */
export const encodeGb18030 = (text: string): Uint8Array => {
  pairs ??= pairsOf()
  const bytes = new Uint8Array(text.length * 2)
  let length = 0
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 0x80) {
      bytes[length++] = code
      continue
    }
    const pair = pairs.get(character)
    if (pair === undefined) throw new RangeError(`no two-byte code: ${character}`)
    bytes[length++] = pair >> 8
    bytes[length++] = pair & 0xff
  }
  return bytes.slice(0, length)
}
