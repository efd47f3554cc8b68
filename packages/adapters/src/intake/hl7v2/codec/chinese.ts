/**
 * Whether the bytes outside ASCII are Chinese text in GB18030: pairs of the common characters (GB 2312) prevail.
 * Latin text in a single-byte table fails, since its accents stand alone between letters.
 */
export const looksLikeChinese = (bytes: Uint8Array, expected: boolean): boolean => {
  let common = 0
  let rare = 0
  let i = 0
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0
    if (lead < 0x80) {
      i += 1
      continue
    }
    const trail = bytes[i + 1] ?? 0
    if (lead === 0x80 || lead === 0xff) return false
    if (trail >= 0x30 && trail <= 0x39) {
      rare += 1
      i += 4
      continue
    }
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) return false
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) common += 1
    else rare += 1
    i += 2
  }
  return expected ? common > 0 && common >= rare : common > 1 && common > 2 * rare
}
