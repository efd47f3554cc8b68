/** How often each name is given. */
export const tally = <Name extends string>(
  names: Iterable<Name>,
): Partial<Record<Name, number>> => {
  const counts: Partial<Record<Name, number>> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
