import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '@hospital-crm/core'
import { endsTransaction, isPassing } from './failure.ts'

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

/** Asks once: what fails in passing within a transaction that is somebody else's has to be tried again with all of it. */
export const once = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask()
  } catch (error) {
    if (!endsTransaction(error)) throw error
    const { code } = error as { code?: unknown }
    const reason = typeof code === 'string' ? code : 'unknown'
    const remedy =
      'Roll back, begin anew, and do all that belongs to it again with the same causes.'
    throw new Refusal('store.transaction-lost', { reason, remedy })
  }
}
