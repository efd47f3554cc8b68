import { setTimeout as pause } from 'node:timers/promises'
import { isPassing } from './failure.ts'

const attempts = 6

/** Tries again, ever more slowly, what failed by a lost race or a lost connection; about half a second in all. */
export const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let nth = 1; ; nth += 1) {
    try {
      return await ask()
    } catch (error) {
      if (nth === attempts || !isPassing(error)) throw error
      await pause(2 ** nth * 5 * (1 + Math.random()))
    }
  }
}
