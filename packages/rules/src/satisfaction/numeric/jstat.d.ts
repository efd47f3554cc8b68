declare module 'jstat' {
  interface Continuous {
    inv(probability: number, ...shape: number[]): number
    cdf(x: number, ...shape: number[]): number
  }
  const jstat: {
    gammaln(x: number): number
    ibeta(x: number, a: number, b: number): number
    normal: Continuous
    beta: Continuous
    centralF: Continuous
    studentt: Continuous
    chisquare: Continuous
  }
  export = jstat
}
