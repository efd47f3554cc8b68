import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import puppeteer from 'puppeteer-core'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { bundled, judging, samples } from './evaluator.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'evaluator-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { text, outside } = await bundled(join(import.meta.dirname, 'evaluator.ts'))
const cases = JSON.stringify(samples())

const run = (source: string) => {
  const file = join(folder, 'run.mjs')
  writeFileSync(file, source)
  const flags = ['--disallow-code-generation-from-strings', '--no-warnings']
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' })
  return stderr === '' ? JSON.parse(stdout) : { stderr }
}

/** With esbuild's names: `export { x as evaluator }` becomes a constant of that name. */
const inlined = text.replace(
  /export\s*\{[^}]*?(\w+) as evaluator[^}]*\};?/,
  'const evaluator = $1;',
)

describe('the evaluator', () => {
  it('is at most 8 KiB gzipped, and depends on nothing', () => {
    expect(outside).toEqual([])
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(8 * 1024)
  })

  it('decides as the reference does where no code may be made of strings', () => {
    const said = `${inlined}\n${judging}\nconsole.log(JSON.stringify(differing(${cases})))`
    const { count, wrong } = run(said)
    expect(wrong).toBe(0)
    expect(count).toBeGreaterThan(500)
    expect(run(`try { new Function('1') } catch { console.log('"forbidden"') }`)).toBe('forbidden')
  })

  it('and so does all of the engine: checks, diagrams, traces, counting and emitting', () => {
    const door = join(import.meta.dirname, 'create-engine.ts')
    const said = `
      import { createEngine } from ${JSON.stringify(door)}
      const set = {
        kind: 'table', id: 'first-call', version: '1', validFrom: '2026-01-01', hit: 'unique', inputs: ['age'],
        rows: [
          { id: 'young', when: [{ op: 'lt', value: 65 }], outcome: 7 },
          { id: 'old', when: [{ op: 'ge', value: 65 }], outcome: 3 },
        ],
        tests: [{ name: 'old', facts: { age: 65 }, expect: 3 }],
      }
      const engine = createEngine({ facts: { age: { type: 'integer', min: 0, get: ({ age }) => age } } })
      const { decide, explain, counting } = engine.compile(set)
      console.log(JSON.stringify([
        engine.check(set).findings, decide({ age: 64 }).ruleId, explain({ age: 65 }).looked.length,
        counting().coverage().untested.length, engine.runFixtures(set)[0].ok, engine.emit(set).length > 0,
      ]))`
    expect(run(said)).toEqual([[], 'young', 2, 3, true, true])
  })

  it('decides in a page of a real Chromium, whose policy forbids eval', async () => {
    // The libraries that Chromium needs come with it where this is said; else the system must have them.
    vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs22.x')
    const { default: chromium } = await import('@sparticuz/chromium')
    const browser = await puppeteer.launch({
      args: chromium.args,
      executablePath: await chromium.executablePath(),
      headless: 'shell',
    })
    try {
      const page = await browser.newPage()
      await page.setContent(`<!doctype html>
        <meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'">
        <script type="module">
          ${inlined}
          ${judging}
          let evalIs = 'allowed'
          try { new Function('1') } catch { evalIs = 'forbidden' }
          const samples = JSON.parse(document.querySelector('template').innerHTML)
          document.title = JSON.stringify({ ...differing(samples), evalIs })
        </script>
        <template>${cases}</template>`)
      await page.waitForFunction(`document.title !== ''`)
      const { count, wrong, evalIs } = JSON.parse(await page.title())
      expect({ wrong, evalIs }).toEqual({ wrong: 0, evalIs: 'forbidden' })
      expect(count).toBeGreaterThan(500)
    } finally {
      await browser.close()
    }
  })
})
