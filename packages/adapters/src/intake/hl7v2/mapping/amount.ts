const written = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?$/

/** Longer texts are no money, and multiplying them must not take a hostile message's time. */
const longest = 40

/**
 * The product of decimal texts as a whole number of units of so many decimals, digit by digit; undefined when one
 * is no number, or the product is finer than the unit or no safe integer.
 */
export const wholeOf = (decimals: number, ...factors: readonly string[]): number | undefined => {
  let product = 1n
  let places = 0
  for (const factor of factors) {
    const [text, sign = '', whole = '', fraction = ''] = written.exec(factor) ?? []
    if (text === undefined || text.length > longest) return undefined
    product *= BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
    places += fraction.length
  }
  const shift = 10n ** BigInt(Math.abs(decimals - places))
  if (places > decimals && product % shift !== 0n) return undefined
  const units = Number(places > decimals ? product / shift : product * shift)
  return Number.isSafeInteger(units) ? units : undefined
}
