export { ColumnMapping } from './mapping.ts'
export { type RowRefusal, type RowRefusalCode, refusals } from './refusal.ts'
export { type ReadRow, type RowOutcome, type RowReader, rowReader } from './row.ts'
export type { RowProblem } from './table.ts'
