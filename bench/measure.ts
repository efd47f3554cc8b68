/** Two ways to do the same work, timed in turns in one process. */
export interface Pair {
  /** What ours does. */
  readonly name: string
  /** What it is held against. */
  readonly yardstick: string
  /** `speed`: how many times as fast as the yardstick; `cost`: how many times as long it takes. */
  readonly tells: 'speed' | 'cost'
  /** At least so fast, or at most so long. Absent: a ratio to be known, not to be reached. */
  readonly goal?: number
  /** What one call of either side does; for the figures a second. */
  readonly count: number
  readonly unit: string
  /** Units a second to hold ours against, on a machine that is not named: for information. */
  readonly aim?: number
  /** How often each side takes its turn, where one turn is long. */
  readonly rounds?: number
  /** Throws unless both sides give the same answer. Called once, before anything is timed. */
  readonly check: () => unknown
  readonly ours: () => unknown
  readonly theirs: () => unknown
  /** What goes over from ours to theirs between their turns, untimed. */
  readonly handOver?: () => unknown
  /**
   * What is timed: the processor time of this thread, for work that is all done in it, in turns of
   * as many calls as it takes; or the time on the wall, in turns of one call.
   */
  readonly time: 'processor' | 'wall'
}

export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export interface Measured
  extends Pick<Pair, 'name' | 'yardstick' | 'tells' | 'goal' | 'unit' | 'aim'> {
  readonly ratio: Spread
  readonly rounds: number
  /** Units a second, the median of the rounds: about this machine in this minute. */
  readonly ours: number
  readonly theirs: number
}

export interface BenchTools {
  /** Less work and fewer rounds: a look, not a figure. */
  readonly quick: boolean
  /** Measures a pair; its row stands in the table in the order of the calls. */
  readonly measure: (pair: Pair) => Promise<void>
  /** Says what is under way besides. */
  readonly progress: (text: string) => void
}

export type Bench = (tools: BenchTools) => Promise<void>

// Node 22 tells it of the whole process only, compiling and collecting garbage included.
const processorUse = process.threadCpuUsage ?? process.cpuUsage

const clocks = {
  processor: () => {
    const { user, system } = processorUse()
    return (user + system) / 1000
  },
  wall: () => performance.now(),
}

const turnMs = { processor: 30, wall: 0 }
const roundsOf = { processor: 45, wall: 25 }

/** Milliseconds of one call, by as many calls as a turn has room for. */
const callMs = async (side: () => unknown, time: Pair['time']): Promise<number> => {
  const now = clocks[time]
  const began = now()
  for (let calls = 1; ; calls += 1) {
    await side()
    const tookMs = now() - began
    if (tookMs >= turnMs[time]) return tookMs / calls
  }
}

const spreadOf = (values: readonly number[]): Spread => {
  const ordered = values.toSorted((a, b) => a - b)
  const at = (place: number) => ordered[place] ?? Number.NaN
  const middle = (ordered.length - 1) / 2
  return {
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(ordered.length - 1),
  }
}

/** Checks a pair, lets both sides warm up, then times them in turns: ours, theirs, ours, theirs. */
export const measure = async (
  { check, ours, theirs, handOver, time, count, rounds: most = roundsOf[time], ...pair }: Pair,
  quick: boolean,
  onRound: (round: number, rounds: number) => void,
): Promise<Measured> => {
  await check()
  const rounds = quick ? Math.ceil(most / 4) : most
  const warmUp = Math.ceil(rounds / 5)
  const times: { readonly ours: number; readonly theirs: number }[] = []
  for (let round = 1 - warmUp; round <= rounds; round += 1) {
    onRound(Math.max(0, round), rounds)
    const oursMs = await callMs(ours, time)
    await handOver?.()
    const theirsMs = await callMs(theirs, time)
    if (round > 0) times.push({ ours: oursMs, theirs: theirsMs })
  }
  const ratios = times.map((took) =>
    pair.tells === 'speed' ? took.theirs / took.ours : took.ours / took.theirs,
  )
  const perSecond = (side: 'ours' | 'theirs') =>
    (count * 1000) / spreadOf(times.map((took) => took[side])).median
  return {
    ...pair,
    ratio: spreadOf(ratios),
    rounds,
    ours: perSecond('ours'),
    theirs: perSecond('theirs'),
  }
}

/** Whether a goal is reached by the median; `undefined` where there is none. */
export const isReached = ({ goal, tells, ratio }: Measured): boolean | undefined => {
  if (goal === undefined) return undefined
  return tells === 'speed' ? ratio.median >= goal : ratio.median <= goal
}
