export type { CallbackOptions } from './callback.ts'
export { type OfficialAccountOptions, wechatChannel } from './official-account.ts'
export { type WecomOptions, wecomChannel } from './wecom.ts'
