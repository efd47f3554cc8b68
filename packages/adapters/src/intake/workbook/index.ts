export { readWorkbook, type WorkbookOptions } from './read.ts'
export { refusals, type WorkbookRefusalCode } from './refusal.ts'
