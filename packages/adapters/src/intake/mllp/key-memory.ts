import type { IntakeOutcome } from '@hospital-crm/core'

const most = 10_000

/** Remembers the latest keys of this process, to notice a source that gives one key to two messages. */
export const keyMemory = () => {
  const contents = new Map<string, string>()
  /** Whether this key was last seen with another content. */
  return (outcome: IntakeOutcome): boolean => {
    if (outcome.kind !== 'event') return false
    const { source, key, hash } = outcome.event
    const name = JSON.stringify([source, key])
    const before = contents.get(name)
    contents.delete(name)
    contents.set(name, hash)
    const [oldest] = contents.size > most ? contents.keys() : []
    if (oldest !== undefined) contents.delete(oldest)
    return before !== undefined && before !== hash
  }
}
