import type { Logger } from '../ports/logger.ts'
import { Refusal, refuse } from './refusal.ts'

/** Where an error came from, without its message, which may quote what was being worked on. */
const framesOf = (error: unknown) =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 4)
        .map((line) => line.trim())
        .join(' < ')
    : ''

/**
 * Runs a slice's own code. Anything it throws that is no refusal is a defect of the slice: it refuses
 * this one command, so that it holds up nothing else, and the log says where it was.
 */
export const guarded = <T>(logger: Logger, command: string, piece: () => T): T => {
  try {
    return piece()
  } catch (error) {
    if (error instanceof Refusal) throw error
    const name = error instanceof Error ? error.name : typeof error
    logger.warn({ command, error: name, at: framesOf(error) }, "a slice's own code failed")
    return refuse('command.failed', { command })
  }
}
