export { type Bytes, type CsvOptions, type CsvOutcome, readCsv } from './read.ts'
export { type CsvRefusalCode, refusals } from './refusal.ts'
