import { createHash } from 'node:crypto'

/** A name by which the same is known again, and which tells nothing of it: 32 hexadecimal digits. */
export const digest = (of: string | Uint8Array): string =>
  createHash('sha256').update(of).digest('hex').slice(0, 32)
