export { startAt, ViewCursor } from './cursor.ts'
export {
  type Pulled,
  type PullOptions,
  pullView,
  type SqlView,
  type ViewQuery,
  type ViewRow,
} from './pull.ts'
export { refusals, type SqlViewRefusalCode } from './refusal.ts'
