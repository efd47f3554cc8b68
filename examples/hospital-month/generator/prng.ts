/** A stream of pseudo-random values: the same seed gives the same values on every machine. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  int(least: number, most: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of a list, the likelier the heavier. */
  weighted<T>(list: readonly T[], weight: (item: T) => number): T
  /** A positive number around a median, with a long tail to the right. */
  logNormal(median: number, spread: number): number
  /** Some of a list, each at most once, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[]
  /** A stream of its own for one concept, so that drawing more for one changes nothing in another. */
  fork(name: string): Random
}

/** Tommy Ettinger's mulberry32. */
const mulberry32 = (seed: number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a over UTF-16 units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

const only = <T>(item: T | undefined): T => {
  if (item === undefined) throw new RangeError('nothing to draw from')
  return item
}

/** Begins a stream with a seed, a whole number. */
export const createRandom = (seed: number): Random => {
  const next = mulberry32(seed)
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (list) => only(list[int(0, list.length - 1)]),
    weighted: (list, weight) => {
      let left = next() * list.reduce((sum, item) => sum + weight(item), 0)
      for (const item of list) {
        left -= weight(item)
        if (left < 0) return item
      }
      return only(list.at(-1))
    },
    logNormal: (median, spread) => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * next()))
    },
    some: (list, count) => {
      let wanted = Math.min(count, list.length)
      return list.filter((_, at) => {
        const taken = next() * (list.length - at) < wanted
        if (taken) wanted -= 1
        return taken
      })
    },
    fork: (name) => createRandom(hashOf(`${seed}/${name}`)),
  }
}
