import type { StatementEvent, StatementRecord } from './schema.ts'

export const evolve = (
  _: StatementRecord,
  { type: __, ...frozen }: StatementEvent,
): StatementRecord => ({ status: 'frozen', ...frozen })
