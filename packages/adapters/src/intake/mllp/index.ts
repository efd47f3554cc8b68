export { type MllpAnswer, type MllpClient, type MllpClientOptions, mllpClient } from './client.ts'
export { createFramer, type Framer, frameOf, type MllpPiece } from './framer.ts'
export type { Take } from './group-commit.ts'
export type { MllpSender, ProfileOf } from './receive.ts'
export {
  clientRefusals,
  type MllpNotice,
  type MllpNoticeCode,
  notices,
  refusals,
} from './refusal.ts'
export { type MllpServer, type MllpServerOptions, serveMllp } from './server.ts'
