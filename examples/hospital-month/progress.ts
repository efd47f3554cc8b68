import { Presets, SingleBar } from 'cli-progress'

/** A bar on a terminal; elsewhere a line now and then. */
export const progressBar = (total: number, what: string) => {
  const format = `{bar} {percentage} % | {value} of {total} ${what} | {instant} | {duration_formatted}`
  const bar = new SingleBar(
    { format, noTTYOutput: true, notTTYSchedule: 5000, hideCursor: true },
    Presets.shades_classic,
  )
  bar.start(total, 0, { instant: '' })
  return {
    update: (done: number, instant: string) => bar.update(done, { instant: instant.slice(0, 10) }),
    stop: () => bar.stop(),
  }
}
