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
