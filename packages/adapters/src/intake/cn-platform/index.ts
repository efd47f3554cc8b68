export { type CnPlatformAnswer, encodeCnPlatformAnswer } from './answer.ts'
export {
  type CnPlatformOutcome,
  CnPlatformProfile,
  type CnPlatformRequest,
  readCnPlatform,
} from './read.ts'
export { type CnPlatformRefusal, type CnPlatformRefusalCode, refusals } from './refusal.ts'
