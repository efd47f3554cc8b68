import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Decision, emitRules, type Facts, type RuleSet } from './ours.ts'

/** What a build step makes of a rule set, written to a file and imported. */
export const emitted = async <Context>(
  set: RuleSet,
  facts: Facts<Context>,
): Promise<(context: Context) => Decision<number>> => {
  const path = join(mkdtempSync(join(tmpdir(), 'emitted-')), `${set.id}.mjs`)
  writeFileSync(path, emitRules(set, { facts }))
  const { create } = await import(pathToFileURL(path).href)
  return create(facts)
}
