export { addMonths, Day, isoWeek, nextMonday, readDay, weekday, writeDay } from './calendar/day.ts'
export { Instant, readInstant, writeInstant } from './calendar/instant.ts'
export { WorkCalendar } from './calendar/work-calendar.ts'
export { type Zone, zoneOf } from './calendar/zone.ts'
export type { CaseResult, Difference } from './cases/difference.ts'
export { FollowUpScenarios } from './cases/follow-up-scenarios.ts'
export { type CaseFileIssue, runCaseFile } from './cases/run-case-file.ts'
export { runFollowUpScenarios } from './cases/run-follow-up-scenarios.ts'
export { type DrawCandidate, drawCandidates } from './follow-up/candidates.ts'
export { Draw, DrawMember, type DrawRequest, DrawRound, draw } from './follow-up/draw.ts'
export { EscalationLevel } from './follow-up/escalation-level.ts'
export { explainTask, type TaskExplanation } from './follow-up/explain.ts'
export { ContactResult, FollowUpFact, VisitClass } from './follow-up/fact.ts'
export type { StaffFigures, TierFigures } from './follow-up/figures.ts'
export { nextChange } from './follow-up/next-change.ts'
export { FollowUpPlan, Offset, planRef, Sampling, Tier } from './follow-up/plan.ts'
export type { FollowUpProgramme } from './follow-up/programme.ts'
export { type FollowUpProjection, projectFollowUps } from './follow-up/project.ts'
export type { Viewpoint } from './follow-up/records.ts'
export { simulateFollowUps, type Transition } from './follow-up/simulate.ts'
export { CancelReason, FollowUpTask, Rejection, TaskState, Timeliness } from './follow-up/task.ts'
export { AccessRule } from './pack/access.ts'
export { type PublishedPack, policyOf } from './pack/policy.ts'
export {
  Announcement,
  FollowUpRules,
  type Policy,
  QuietHours,
  RulePack,
  SpotCheckRule,
} from './pack/rule-pack.ts'
export { xuzhouFollowUp } from './packs/xuzhou/follow-up.ts'
export { xuzhouPack } from './packs/xuzhou/pack.ts'
export { Refusal, refuse } from './refusal.ts'
export {
  type Proposal,
  proposeRounds,
  type Round,
  type Team,
  type Visit,
} from './rounds/propose-rounds.ts'
export { AreaCode, type Place, placeOf, Region, Territory } from './rounds/territory.ts'
