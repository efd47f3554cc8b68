import { logGamma } from './log-gamma.ts'

const tiny = 1e-300
const mostSteps = 100_000

const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)

/** Lentz's way through the continued fraction of DLMF 8.17.22; converges for x < (a+1)/(a+b+2). */
const fraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < Number.EPSILON) break
  }
  return value
}

const logDensityScale = (a: number, b: number) => logGamma(a + b) - logGamma(a) - logGamma(b)

/** The regularised incomplete beta function I_x(a, b): a, b > 0, x from 0 to 1. */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logDensityScale(a, b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b
}

/** The x at which I_x(a, b) is the probability: Newton's steps, halved where they would leave the bracket. */
export const betaQuantile = (probability: number, a: number, b: number): number => {
  let [low, high] = [0, 1]
  let x = a / (a + b)
  const scale = logDensityScale(a, b)
  for (let step = 0; step < 200; step += 1) {
    const excess = incompleteBeta(x, a, b) - probability
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const density = Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x))
    const newton = x - excess / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= Number.EPSILON * x) return next
    x = next
  }
  return x
}
