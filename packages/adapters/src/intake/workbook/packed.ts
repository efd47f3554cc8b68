const [entry, end] = [0x02014b50, 0x06054b50]
const endBytes = 22
const longestComment = 65_535

/** How many bytes the entries of a ZIP archive say they will be; undefined when it has no usable directory. */
export const unpackedSize = (bytes: Uint8Array): number | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = bytes.length - endBytes
  const last = Math.max(0, at - longestComment)
  while (at >= last && view.getUint32(at, true) !== end) at -= 1
  if (at < last) return undefined
  const count = view.getUint16(at + 10, true)
  let place = view.getUint32(at + 16, true)
  let size = 0
  for (let read = 0; read < count; read += 1) {
    if (place + 46 > bytes.length || view.getUint32(place, true) !== entry) return undefined
    size += view.getUint32(place + 24, true)
    const lengths = [28, 30, 32].map((field) => view.getUint16(place + field, true))
    place += 46 + lengths.reduce((sum, length) => sum + length, 0)
  }
  return size
}
