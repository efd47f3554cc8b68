/** An entry's place in a scan. */
export interface Placed {
  readonly order: string
  readonly id: string
}

/** By code point, as databases compare bytes of UTF-8; JavaScript's own order differs above U+FFFF. */
export const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x === y) continue
    const surrogates = (x & 0xf800) === 0xd800 || (y & 0xf800) === 0xd800
    return surrogates ? (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0) : x - y
  }
  return a.length - b.length
}

export const comparePlaced = (a: Placed, b: Placed) =>
  compareText(a.order, b.order) || compareText(a.id, b.id)

/** How many entries of an ascending scan come before `sought`, or before and with it. */
export const rank = (scan: readonly Placed[], sought: Placed, inclusive = false): number => {
  let low = 0
  let high = scan.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const compared = comparePlaced(scan[middle] as Placed, sought)
    if (compared < 0 || (inclusive && compared === 0)) low = middle + 1
    else high = middle
  }
  return low
}
