export { type DmnImport, type DmnOptions, readDmn } from './read.ts'
