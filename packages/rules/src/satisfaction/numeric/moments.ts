/** Compensated (Neumaier 1974), so that the order of the answers does not show. */
export const sum = (values: readonly number[]): number => {
  let [total, lost] = [0, 0]
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/** `null` where there is nothing to divide by. */
export const ratio = (over: number, under: number): number | null =>
  under === 0 ? null : over / under

export const percent = (over: number, under: number): number | null => ratio(100 * over, under)

/** `null` without values. Of equal values exactly that value, so that they have no spread at all. */
export const mean = (values: readonly number[]): number | null =>
  values.length > 0 && values.every((value) => value === values[0])
    ? (values[0] ?? null)
    : ratio(sum(values), values.length)

/** Sum of the products of both deviations from their means; of equally many values. */
export const crossDeviation = (x: readonly number[], y: readonly number[]): number => {
  const [middleX, middleY] = [mean(x) ?? 0, mean(y) ?? 0]
  return sum(x.map((value, at) => (value - middleX) * ((y[at] ?? 0) - middleY)))
}

/** Sample covariance, with n − 1; `null` below two values. */
export const covariance = (x: readonly number[], y: readonly number[]): number | null =>
  x.length < 2 ? null : crossDeviation(x, y) / (x.length - 1)

/** Sample variance, with n − 1; `null` below two values. */
export const variance = (values: readonly number[]): number | null => covariance(values, values)
