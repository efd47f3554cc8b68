/** Where an expectation and an answer part: the place, and both sides as they were written. */
export interface Difference {
  readonly where: string
  readonly expected: unknown
  readonly actual: unknown
}

/** One case as it was run: passed when there is no difference. */
export interface CaseResult {
  readonly id: string
  /** The chapter of the file it stands in, where the format has chapters. */
  readonly scenario?: string | undefined
  readonly differences: readonly Difference[]
}

/** Compares only what is expected: keys that are absent are not looked at. */
export const differences = (
  where: string,
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): Difference[] =>
  Object.entries(expected).flatMap(([key, wanted]) =>
    wanted === undefined || isSame(key, wanted, actual[key])
      ? []
      : [{ where: `${where} ${key}`, expected: wanted, actual: actual[key] ?? null }],
  )

const isSame = (key: string, expected: unknown, actual: unknown): boolean => {
  if (key === 'deadlineInstant' && typeof expected === 'string' && typeof actual === 'string') {
    return Date.parse(expected) === Date.parse(actual)
  }
  // Hours are quotients; half a second of rounding is no difference.
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) < 1e-4
  }
  return JSON.stringify(expected) === JSON.stringify(actual ?? null)
}
