import { betaQuantile } from './beta.ts'

/** Fisher's F: the quantile of the ratio of two mean squares with these degrees of freedom. */
export const fQuantile = (probability: number, over: number, under: number): number => {
  const x = betaQuantile(probability, over / 2, under / 2)
  return (under * x) / (over * (1 - x))
}

/** Student's t with these degrees of freedom, from the F of its square. */
export const tQuantile = (probability: number, freedom: number): number => {
  const size = Math.sqrt(fQuantile(Math.abs(2 * probability - 1), 1, freedom))
  return Math.sign(probability - 0.5) * size
}
