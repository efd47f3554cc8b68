export {
  type FhirExportOptions,
  type FollowUpsOf,
  toFhirCarePlans,
  toFhirCommunication,
  toFhirTask,
} from './export.ts'
export { type FhirOptions, FhirProfile, readFhir } from './read.ts'
export { type FhirRefusal, type FhirRefusalCode, refusals } from './refusal.ts'
export type { FhirOutcome } from './resource.ts'
