export { toFhirAuditEvent } from './export/audit-event.ts'
export { toFhirCommunication } from './export/communication.ts'
export { type FollowUpsOf, toFhirCarePlans, toFhirTask } from './export/follow-ups.ts'
export { type MeasuredOf, toFhirMeasureReport } from './export/measure-report.ts'
export type { FhirExportOptions } from './export/names.ts'
export {
  type AnsweredSurvey,
  toFhirQuestionnaireResponse,
} from './export/questionnaire-response.ts'
export { FhirProfile } from './profile.ts'
export { type FhirOptions, readFhir } from './read.ts'
export { type FhirRefusal, type FhirRefusalCode, refusals } from './refusal.ts'
export type { FhirOutcome } from './resource.ts'
