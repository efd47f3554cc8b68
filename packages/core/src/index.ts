export { type Crm, type CrmOptions, createCrm, type Services, type Worked } from './create-crm.ts'
export type { TouchShare, VisitExplanation } from './flows/attribution/desk.ts'
export type { Hearing } from './flows/hearing/desk.ts'
export type {
  IntakeDesk,
  Taken,
  TakeOptions,
} from './flows/intake/desk.ts'
export type { ListedDischarge, Reconciliation } from './flows/intake/reconcile.ts'
export type { StatementSeen } from './flows/settlement/desk.ts'
export type { PayoutFile } from './flows/settlement/payout-file.ts'
export type { Payroll, Payslip } from './flows/settlement/payroll.ts'
export type {
  ReconciledVisit,
  Reconciliation as PartnerReconciliation,
} from './flows/settlement/reconciliation.ts'
export type { Attributes } from './kernel/access.ts'
export { type Actor, host } from './kernel/actor.ts'
export type { Changes, ChangesQuery, CloudEvent } from './kernel/changes.ts'
export type { CommandOptions, Door } from './kernel/door.ts'
export type { Claimed, Effect } from './kernel/effect.ts'
export type { Feed, Wish } from './kernel/feed.ts'
export { Day, Id, Instant, Text } from './kernel/fields.ts'
export { type Flow, flow, type Happened, type LookUp, type Raised, raise } from './kernel/flow.ts'
export { linked, linkedKeys } from './kernel/links.ts'
export { wellFormed } from './kernel/malformed.ts'
export type { Opened } from './kernel/opening.ts'
export type { Parked } from './kernel/parked.ts'
export type { Extension } from './kernel/parts.ts'
export { type Level, type PersonalMeta, personal, Sealed } from './kernel/personal.ts'
export type { Pumped } from './kernel/pump.ts'
export { type Read, viewed } from './kernel/read.ts'
export type { History, Listing, ReadOptions, Seen, SeenPage } from './kernel/reader.ts'
export { Refusal, refuse } from './kernel/refusal.ts'
export type { Answer, Ask, Done, Outcome, Request } from './kernel/request.ts'
export type { Portrait } from './kernel/roll-up.ts'
export {
  type AnySlice,
  type Context,
  type Input,
  type On,
  on,
  type Slice,
  subjectOf,
  type Typed,
} from './kernel/slice.ts'
export type { Tick } from './kernel/tick.ts'
export type { InHand, View, ViewContext, Viewed } from './kernel/view.ts'
export { memoryChannel } from './memory/channel.ts'
export { memoryCipher } from './memory/cipher.ts'
export { systemClock, timedIds } from './memory/clock.ts'
export { readCursor, writeCursor } from './memory/cursor.ts'
export { memoryStore } from './memory/store.ts'
export { plainWords } from './memory/words.ts'
export { ownSlices } from './own-slices.ts'
export type { Channel, Delivery, Heard, OutgoingMessage, Received } from './ports/channel.ts'
export type { Cipher, Eventually, ToOpen, ToSeal } from './ports/cipher.ts'
export type { Clock, Ids } from './ports/clock.ts'
export {
  IntakeAppointment,
  IntakeCharge,
  IntakeEvent,
  IntakeIdentifier,
  type IntakeOutcome,
  IntakePerson,
  IntakeReferral,
  IntakeResponse,
  IntakeVisit,
} from './ports/intake-event.ts'
export type { Logger } from './ports/logger.ts'
export { meets } from './ports/meets.ts'
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
  Where,
} from './ports/store.ts'
export type { PersonalKind, Words } from './ports/words.ts'
export { account } from './slices/accounts/index.ts'
export type { AccountHead, Finding, Whose } from './slices/accounts/schema.ts'
export { attribution } from './slices/attributions/index.ts'
export type { Attribution, AttributionEvent } from './slices/attributions/schema.ts'
export { charge } from './slices/charges/index.ts'
export type { Charged, ChargeEvent } from './slices/charges/schema.ts'
export { claim } from './slices/claims/index.ts'
export type { ClaimRecord } from './slices/claims/schema.ts'
export { drawRecord } from './slices/draws/index.ts'
export type { DrawRecord } from './slices/draws/schema.ts'
export { encounter } from './slices/encounters/index.ts'
export type { Encounter } from './slices/encounters/schema.ts'
export { feedback } from './slices/feedback/index.ts'
export type { Feedback, FeedbackEvent } from './slices/feedback/schema.ts'
export { followUp } from './slices/follow-ups/index.ts'
export type { FollowUp, FollowUpEvent, Task } from './slices/follow-ups/schema.ts'
export { hospital } from './slices/hospitals/index.ts'
export type { Hospital } from './slices/hospitals/schema.ts'
export { intake } from './slices/intakes/index.ts'
export type { Intake } from './slices/intakes/schema.ts'
export { message } from './slices/messages/index.ts'
export type { Message, Recipient } from './slices/messages/schema.ts'
export { partner, type TargetProgress } from './slices/partners/index.ts'
export type { Partner, PartnerEvent } from './slices/partners/schema.ts'
export { patient } from './slices/patients/index.ts'
export type { Patient } from './slices/patients/schema.ts'
export { payee } from './slices/payees/index.ts'
export type { Payee } from './slices/payees/schema.ts'
export { referral } from './slices/referrals/index.ts'
export type { Referral, ReferralEvent } from './slices/referrals/schema.ts'
export { release } from './slices/releases/index.ts'
export type { ReleaseRecord } from './slices/releases/schema.ts'
export { round } from './slices/rounds/index.ts'
export type { Round } from './slices/rounds/schema.ts'
export { settlement } from './slices/settlements/index.ts'
export type { Drafted, Header, Payout, Withheld } from './slices/settlements/schema.ts'
export { spotCheck } from './slices/spot-checks/index.ts'
export type { SpotCheck } from './slices/spot-checks/schema.ts'
export { staffMember } from './slices/staff/index.ts'
export type { Staff } from './slices/staff/schema.ts'
export { statement } from './slices/statements/index.ts'
export type { Frozen, StatementRecord } from './slices/statements/schema.ts'
export { subscription } from './slices/subscriptions/index.ts'
export type { Subscription } from './slices/subscriptions/schema.ts'
export { survey } from './slices/surveys/index.ts'
export type { Survey, SurveyEvent } from './slices/surveys/schema.ts'
export { duty } from './slices/tasks/index.ts'
export type { Duty, DutyEvent } from './slices/tasks/schema.ts'
export { type Catalogue, type Say, voice } from './views/catalogue/index.ts'
export type { CoverageRow } from './views/coverage.ts'
export type { DayList, DayListItem, DayListQuery } from './views/day-list.ts'
export type { ReportName, ReportQuery } from './views/statistics.ts'
export type { Timeline, TimelineEntry, TimelineQuery } from './views/timeline.ts'
