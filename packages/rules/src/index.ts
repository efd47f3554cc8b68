export {
  type Place as SlotPlace,
  placesFor,
  Schedule,
  type Slot,
  SlotRule,
  slotsOf,
} from './appointment/schedule.ts'
export { attribute } from './attribution/attribute.ts'
export { AttributedLine, attributedLines, Charge } from './attribution/charge.ts'
export {
  AttributedVisit,
  type AttributionFacts,
  Dispute,
  PayeeTerm,
  type PersonLink,
  Ruling,
  Touch,
} from './attribution/facts.ts'
export type {
  Credit,
  CreditHold,
  LostBecause,
  LostTouch,
  VisitAttribution,
} from './attribution/outcome.ts'
export { type ReportedShare, type ReportModel, reportShares } from './attribution/reports.ts'
export { AttributionRole, AttributionRules, EvidenceRule } from './attribution/rules.ts'
export { addMonths, Day, isoWeek, nextMonday, readDay, weekday, writeDay } from './calendar/day.ts'
export { Instant, readInstant, writeInstant } from './calendar/instant.ts'
export { Recurrence, recurringDays } from './calendar/recurrence.ts'
export { WorkCalendar } from './calendar/work-calendar.ts'
export { type Zone, zoneOf } from './calendar/zone.ts'
export { CommissionCases } from './cases/commission-cases.ts'
export { DecisionCases } from './cases/decision-cases.ts'
export type { CaseResult, Difference } from './cases/difference.ts'
export { FollowUpScenarios } from './cases/follow-up-scenarios.ts'
export { MetricCases } from './cases/metric-cases.ts'
export { runCaseFile } from './cases/run-case-file.ts'
export { runCommissionCases } from './cases/run-commission-cases.ts'
export { runDecisionCases } from './cases/run-decision-cases.ts'
export { runFollowUpScenarios } from './cases/run-follow-up-scenarios.ts'
export { runMetricCases } from './cases/run-metric-cases.ts'
export type { AccountSection, StatementLine } from './commission/account.ts'
export {
  advanceAccount,
  commissionChange,
  commissionSeries,
  openAccount,
} from './commission/contributions.ts'
export { Assignment, type Pay, PayScheme, payOf } from './commission/pay.ts'
export { CommissionPlan } from './commission/plan.ts'
export { type Rating, rateCommission } from './commission/rate-commission.ts'
export {
  Adjustment,
  Month,
  SettledPosition,
  type SettlementFacts,
} from './commission/settlement-facts.ts'
export { type Statement, type StatementReason, statementOf } from './commission/statement.ts'
export { CommissionTerms, Exclusion, Meter, termsRef } from './commission/terms.ts'
export { workedTable } from './commission/worked-table.ts'
export { type FraudFinding, FraudRule, fraudClaims } from './compliance/fraud.ts'
export { type GateRecords, judge, type Verdict } from './compliance/judge.ts'
export { ComplianceProfile, GateRule, Judgement, LegalGround } from './compliance/profile.ts'
export { cnStrict } from './compliance/profiles/cn-strict.ts'
export { reportOnly } from './compliance/profiles/report-only.ts'
export { usFederal } from './compliance/profiles/us-federal.ts'
export { Release } from './compliance/release.ts'
export {
  Benefit,
  FeePayer,
  GatePoint,
  GateSubject,
  PayeeClass,
  Payout,
  Service,
} from './compliance/subject.ts'
export {
  Claim,
  cnWageDeduction,
  deductFromWage,
  type WageDeduction,
  WageDeductionRule,
} from './compliance/wage-deduction.ts'
export { Condition } from './condition/condition.ts'
export { type Fact, type Facts, type RuleFunction, ruleFunction } from './condition/fact.ts'
export type { Vocabulary } from './condition/scope.ts'
export type { Counting, Coverage } from './engine/counting.ts'
export {
  type CheckReport,
  createEngine,
  type EngineOptions,
  type RuleEngine,
} from './engine/create-engine.ts'
export { diffBooks } from './engine/diff-books.ts'
export { type Change as RuleChange, diffSets } from './engine/diff-sets.ts'
export type { CompiledRules } from './engine/evaluate.ts'
export type { Explanation } from './engine/explain.ts'
export type { Finding, FindingCode, Issue } from './engine/finding.ts'
export { type FixtureResult, type NamedCase, namedCases, runFixtures } from './engine/fixtures.ts'
export { checkBook, type OpenBook, openBook, RuleBook } from './engine/rule-book.ts'
export { type Shift, simulateChange } from './engine/simulate.ts'
export { answerDue, FeedbackRules } from './feedback/feedback-rules.ts'
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
export { allocate } from './money/allocate.ts'
export { Minor, readAmount, writeAmount } from './money/amount.ts'
export { Currency, decimalsOf } from './money/currency.ts'
export { Rate, readRate } from './money/rate.ts'
export { RoundingMode } from './money/rounding.ts'
export { AccessRule } from './pack/access.ts'
export { diffPacks } from './pack/diff-packs.ts'
export { type PublishedPack, policyOf } from './pack/policy.ts'
export {
  Announcement,
  ApprovalStep,
  CommissionRules,
  ComplianceRules,
  FollowUpRules,
  type Policy,
  QuietHours,
  RulePack,
  SpotCheckRule,
} from './pack/rule-pack.ts'
export { PastFile, simulatePacks } from './pack/simulate-packs.ts'
export { chinaWorkCalendar } from './packs/china/work-calendar.ts'
export { dischargeSatisfaction } from './packs/surveys/discharge-satisfaction.ts'
export { inpatientExperience } from './packs/surveys/inpatient-experience.ts'
export { outpatientSatisfaction } from './packs/surveys/outpatient-satisfaction.ts'
export { friendsAndFamily, netPromoter } from './packs/surveys/recommendation.ts'
export { valueTiers } from './packs/value/value-tiers.ts'
export { xuzhouFollowUp } from './packs/xuzhou/follow-up.ts'
export { xuzhouPack } from './packs/xuzhou/pack.ts'
export { yangzhouAmbiguities } from './packs/yangzhou/ambiguities.ts'
export { yangzhouAttribution } from './packs/yangzhou/attribution.ts'
export { yangzhouCommission } from './packs/yangzhou/commission.ts'
export { disciplineOf, yangzhouDiscipline } from './packs/yangzhou/discipline.ts'
export { yangzhouFraud, yangzhouPay } from './packs/yangzhou/pay.ts'
export { yangzhouMarketerTerms, yangzhouPartnerTerms } from './packs/yangzhou/terms.ts'
export { Refusal, refuse } from './refusal.ts'
export {
  type Proposal,
  proposeRounds,
  type Round,
  type Team,
  type Visit,
} from './rounds/propose-rounds.ts'
export { AreaCode, type Place, placeOf, Region, Territory } from './rounds/territory.ts'
export {
  type MetricAnswer,
  type MetricInput,
  type MetricName,
  measure,
  metricNames,
  metrics,
} from './satisfaction/metrics.ts'
export { type PublishedRow, suppressRow } from './satisfaction/suppression/row.ts'
export { type PublishedTable, suppressTable } from './satisfaction/suppression/table.ts'
export {
  type PublishedShare,
  selectFrom,
  suppressShares,
} from './satisfaction/suppression/views.ts'
export { type SegmentGroup, segmentsBy } from './segment/segments-by.ts'
export { referralStages, standardFolds, standardIndicators } from './statistics/catalogue.ts'
export { Cell, cellName, type Group, merged, type Selection, tally } from './statistics/cell.ts'
export type { Chart, Labels, Report } from './statistics/chart.ts'
export { csvOf, type Sheet } from './statistics/csv.ts'
export { Change, contributions, Fold, type Picture } from './statistics/fold.ts'
export { funnelReport } from './statistics/funnel-report.ts'
export { type Figure, figureOf, Indicator } from './statistics/indicator.ts'
export { indicatorReport, publishedReport } from './statistics/indicator-report.ts'
export { smartServiceItems, smartServiceReport } from './statistics/smart-service-report.ts'
export { type Target, targetReport } from './statistics/target-report.ts'
export { SurveyAnswer, SurveyAnswers } from './survey/answer.ts'
export { type AnswerFault, checkAnswers } from './survey/check-answers.ts'
export { Question, RedFlag, Section, Wording } from './survey/question.ts'
export { Questionnaire, questionnaireRef } from './survey/questionnaire.ts'
export { SurveyScore, scoreSurvey } from './survey/score-survey.ts'
export { questionnaireOf, SurveyRules } from './survey/survey-rules.ts'
export { nextQuestion, visibleQuestions } from './survey/visible.ts'
export type { Decision } from './table/decision.ts'
export { DeadlineSet, HitPolicy, ListSet, RuleSet, TableSet, TierSet } from './table/rule-set.ts'
