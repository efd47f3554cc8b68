/** What became of a message that the provider had accepted, or what somebody answered. */
export type Heard =
  | {
      readonly type: 'receipt'
      /** The same for the same receipt, however often it comes. */
      readonly key: string
      /** The provider's id of the message, as `send` gave it. */
      readonly providerId: string
      /** Whether it reached the telephone; absent while it is on its way. */
      readonly arrived?: boolean
      /** The network's own word, e.g. `DELIVERED`. */
      readonly code?: string
    }
  | {
      readonly type: 'reply'
      readonly key: string
      /** Who answered, as E.164: personal data. */
      readonly from: string
      readonly text: string
      /** Whether the answer says that nothing more is wanted. */
      readonly stop: boolean
    }

/** What a provider told in one request. Commit `heard` first, then give back `response`: else it is told again. */
export interface Received {
  readonly heard: readonly Heard[]
  readonly response: Response
}

/**
 * Whole answers that mean “send me nothing more”: what Chinese carriers and Twilio take for it. `N` is
 * none of them, as it also answers questions.
 */
const stopWords = new Set(
  'T TD R QX STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE 取消订阅 不再接收'.split(' '),
)

/** Whether an answer withdraws consent; one that speaks of 退订 or 拒收 at all does. */
export const saysStop = (text: string, more: readonly string[] = []): boolean => {
  const word = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return (
    /退订|退訂|拒收/.test(word) ||
    stopWords.has(word) ||
    more.some((each) => each.normalize('NFKC').toUpperCase() === word)
  )
}
