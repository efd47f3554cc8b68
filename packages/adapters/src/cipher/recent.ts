/**
 * The answers to the questions asked last: at least `most` / 2 of them, at most `most`. Two generations
 * instead of an order: what the older one still holds moves to the younger when it is asked for again.
 */
export const recent = <Answer>(most: number, answer: (question: string) => Answer) => {
  let young = new Map<string, Answer>()
  let old = new Map<string, Answer>()
  return (question: string): Answer => {
    if (young.has(question)) return young.get(question) as Answer
    const found = old.has(question) ? (old.get(question) as Answer) : answer(question)
    if (young.size >= most / 2) {
      old = young
      young = new Map()
    }
    young.set(question, found)
    return found
  }
}
