import type { Logger } from '../ports/logger.ts'

/** Says nothing. */
export const silentLogger: Logger = { info: () => {}, warn: () => {} }
