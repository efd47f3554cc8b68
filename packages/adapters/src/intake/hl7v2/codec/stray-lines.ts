/** The lines of a message's bytes that are no segments, for the rare message with such lines. */
export function* strayLines(message: Uint8Array): Generator<Uint8Array, void> {
  const separator = message[3]
  let start = 0
  for (let at = 0; at <= message.length; at += 1) {
    const byte = message[at]
    if (byte !== undefined && byte !== 0x0d && byte !== 0x0a && byte !== 0x0b) continue
    const line = message.subarray(start, at)
    start = at + 1
    if (!isBlank(line) && !isSegment(line, separator)) yield line
  }
}

const isBlank = (line: Uint8Array) => line.every((byte) => byte === 0x20 || byte === 0x09)

const isSegment = (line: Uint8Array, separator: number | undefined): boolean =>
  line.length >= 3 &&
  (line.length === 3 || line[3] === separator) &&
  /^[A-Z][A-Z0-9]{2}$/.test(String.fromCharCode(...line.subarray(0, 3)))
