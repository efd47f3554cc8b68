import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const isCases = ({ moduleId }: TestSpecification) => moduleId.endsWith('scenarios.test.ts')

/** A mutant is done with as soon as one test fails, and most fall to the cases. */
class CasesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.sort((a, b) => Number(isCases(b)) - Number(isCases(a)))
  }
}

// What `pnpm mutate` runs for every mutant. Random histories are left out: they take seconds, and what
// they find by chance shall not count.
export default defineConfig({
  test: {
    include: ['packages/rules/src/{follow-up,calendar}/*.test.ts'],
    exclude: ['**/laws.test.ts'],
    testTimeout: 60_000,
    sequence: { sequencer: CasesFirst },
  },
})
