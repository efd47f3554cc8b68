export { AppointmentProfile } from './appointment-profile.ts'
export { ChargeProfile } from './charge-profile.ts'
export { type AckCode, type AckOptions, encodeAck } from './codec/ack.ts'
export { type Delimiters, standardDelimiters } from './codec/delimiters.ts'
export {
  encodeMessage,
  type Hl7Component,
  type Hl7Field,
  type Hl7Repetition,
  type Hl7Row,
} from './codec/encode.ts'
export type { DecodeHex } from './codec/escape.ts'
export { type Hl7Message, type Hl7Segment, type Hl7Value, parseMessage } from './codec/message.ts'
export type { Hl7Outcome } from './outcome.ts'
export { Hl7Profile } from './profile.ts'
export { parseHl7, readHl7, readHl7Stream } from './read.ts'
export { type Hl7Refusal, type Hl7RefusalCode, refusals } from './refusal.ts'
