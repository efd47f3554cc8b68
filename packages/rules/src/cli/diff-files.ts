import { diffBooks } from '../engine/diff-books.ts'
import { isPack, openPack } from '../pack/check-pack.ts'
import { diffPacks } from '../pack/diff-packs.ts'
import type { ExitCode, Outside } from './outside.ts'
import { rulesOf, setsOn } from './rule-sets.ts'
import { readSource, within } from './source.ts'

/** Prints in plain words what differs between two versions of a file. 1 where anything does. */
export const diffFiles = (
  [before, after]: readonly [string, string],
  { json = false }: { readonly json?: boolean },
  outside: Outside,
): ExitCode => {
  const [old, now] = [readSource(before, outside), readSource(after, outside)]
  const changes = isPack(old.data)
    ? diffPacks(
        within(old, ({ data }) => openPack(data)),
        within(now, ({ data }) => openPack(data)),
      )
    : diffBooks(newest(within(old, rulesOf)), newest(within(now, rulesOf)))
  if (json) outside.print(JSON.stringify(changes))
  else for (const { about, sentence } of changes) outside.print(`${about} ${sentence}`)
  return changes.length > 0 ? 1 : 0
}

const newest = ({ book }: ReturnType<typeof rulesOf>) => ({
  words: book.words,
  sets: setsOn(book, undefined),
})
