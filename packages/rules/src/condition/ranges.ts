/**
 * A set of regions of a variable, as the borders at which one enters and leaves it: `[1, 3, 5, 6]` is
 * the regions 1, 2 and 5. Ascending, no border twice.
 */
export type Ranges = readonly number[]

export const nowhere: Ranges = []

export const complement = (ranges: Ranges, regions: number): Ranges => {
  const opened = ranges[0] === 0 ? ranges.slice(1) : [0, ...ranges]
  return opened.at(-1) === regions ? opened.slice(0, -1) : [...opened, regions]
}

export const isIn = (ranges: Ranges, region: number): boolean => {
  let isInside = false
  for (const border of ranges) {
    if (border > region) return isInside
    isInside = !isInside
  }
  return isInside
}

/** The regions for which `keep` says yes, given whether they are in the one and in the other. */
const merge = (a: Ranges, b: Ranges, keep: (inA: boolean, inB: boolean) => boolean): Ranges => {
  const merged: number[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const border = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY)
    if (a[i] === border) i += 1
    if (b[j] === border) j += 1
    const isInside = keep(i % 2 === 1, j % 2 === 1)
    if (isInside === (merged.length % 2 === 0)) merged.push(border)
  }
  return merged
}

export const intersect = (a: Ranges, b: Ranges): Ranges => merge(a, b, (inA, inB) => inA && inB)

export const unite = (a: Ranges, b: Ranges): Ranges => merge(a, b, (inA, inB) => inA || inB)
