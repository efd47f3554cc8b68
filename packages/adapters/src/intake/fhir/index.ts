export {
  type FhirExportOptions,
  type FollowUpsOf,
  toFhirCarePlans,
  toFhirCommunication,
  toFhirTask,
} from './export.ts'
export { FhirProfile } from './profile.ts'
export { type FhirOptions, readFhir } from './read.ts'
export { type FhirRefusal, type FhirRefusalCode, refusals } from './refusal.ts'
export type { FhirOutcome } from './resource.ts'
