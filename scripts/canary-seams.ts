// A Vite plugin for the tests: leads what every crm commits, logs and throws past the watch of
// packages/core/src/canary-watch.fixture.ts, which the sources know nothing of.
import type { Plugin } from 'vitest/config'

const seams: readonly (readonly [file: string, from: string, to: string])[] = [
  [
    '/packages/core/src/create-crm.ts',
    'export const createCrm = (options: CrmOptions = {}): Crm => {',
    `export const createCrm = (options: CrmOptions = {}): Crm =>
  globalThis.canaryWatch.crm(unwatched(globalThis.canaryWatch.options(options, memoryStore)))
const unwatched = (options: CrmOptions): Crm => {`,
  ],
  [
    '/packages/rules/src/refusal.ts',
    'this.details = details\n',
    `this.details = details
    globalThis.canaryWatch.see('refusal', this.message)\n`,
  ],
]

/** Fails where a seam is not found: a source that was rewritten must not slip by. */
export const canarySeams = (): Plugin => ({
  name: 'canary-seams',
  enforce: 'pre',
  transform: (code, id) => {
    const [, from, to] = seams.find(([file]) => id.split('?')[0]?.endsWith(file)) ?? []
    if (from === undefined || to === undefined) return undefined
    if (!code.includes(from)) throw new Error(`no seam for the canaries in ${id}`)
    return { code: code.replace(from, () => to), map: null }
  },
})
