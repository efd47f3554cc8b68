export { Refusal, refuse } from './kernel/refusal.ts'
export type { Channel, Delivery, OutgoingMessage } from './ports/channel.ts'
export type { Cipher, Eventually, ToOpen, ToSeal } from './ports/cipher.ts'
export type { Clock, Ids } from './ports/clock.ts'
export {
  IntakeEvent,
  IntakeIdentifier,
  IntakePerson,
  IntakeVisit,
} from './ports/intake-event.ts'
export type { Logger } from './ports/logger.ts'
export type {
  Change,
  Entry,
  EventsQuery,
  Expectation,
  Found,
  Happening,
  Json,
  KeptAnswer,
  Key,
  ListQuery,
  LoggedEvent,
  Page,
  Store,
  StoredRecord,
  Unit,
  UnitOutcome,
} from './ports/store.ts'
export type { PersonalKind, Words } from './ports/words.ts'
