export { answerTo, type CnPlatformAnswer, encodeCnPlatformAnswer } from './answer.ts'
export { CnPlatformProfile } from './profile.ts'
export { type CnPlatformOutcome, type CnPlatformRequest, readCnPlatform } from './read.ts'
export { type CnPlatformRefusal, type CnPlatformRefusalCode, refusals } from './refusal.ts'
