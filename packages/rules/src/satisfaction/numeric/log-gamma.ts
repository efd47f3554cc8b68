/** Stirling's series in 1/x², from its first term on. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

const halfLogTwoPi = Math.log(2 * Math.PI) / 2

/** Where the series is exact to the last digits. */
const farEnough = 15

/** The logarithm of the gamma function of a positive number: Stirling's series, shifted upwards. */
export const logGamma = (x: number): number => {
  let [product, y] = [1, x]
  for (; y < farEnough; y += 1) product *= y
  const square = y * y
  const series = stirling.reduceRight((sum, term) => sum / square + term, 0) / y
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + series - Math.log(product)
}
