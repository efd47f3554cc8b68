import { createHash } from 'node:crypto'

/** The name under which a session keeps a statement, the same for the same text. */
export const statementName = (text: string): string =>
  `hospital_crm_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
