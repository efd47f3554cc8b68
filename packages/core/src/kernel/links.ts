import type { Key } from '../ports/store.ts'

/** What a record says it has become. */
export const linkOf = (state: unknown): string | undefined =>
  typeof state === 'object' && state !== null && 'into' in state && typeof state.into === 'string'
    ? state.into
    : undefined

/**
 * A record may say that it has become another (`into`, as a merged person does). Answers the ids from
 * the one given to the one it stands for today, as far as they are loaded; chains are short and never circle.
 */
export const linked = (id: string, look: (id: string) => unknown): [string, ...string[]] => {
  const ids: [string, ...string[]] = [id]
  for (let into = linkOf(look(id)); into !== undefined && !ids.includes(into); ) {
    ids.push(into)
    into = linkOf(look(into))
  }
  return ids
}

/** The same for records of another slice, as keys to be named among a command's needs. */
export const linkedKeys = (key: Key, look: (key: Key) => unknown): Key[] =>
  linked(key.id, (id) => look({ kind: key.kind, id })).map((id) => ({ kind: key.kind, id }))
