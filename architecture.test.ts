import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which room may look into which; `slice` is one folder of core's slices, `own` the room itself. */
const mayLookInto: Record<string, string[]> = {
  rules: ['rules'],
  ports: ['ports', 'rules'],
  kernel: ['kernel', 'ports', 'rules'],
  slice: ['own', 'kernel', 'ports', 'rules'],
  flows: ['flows', 'kernel', 'slice', 'ports', 'rules'],
  views: ['views', 'kernel', 'slice', 'ports', 'rules'],
  memory: ['memory', 'ports', 'rules'],
  testing: ['testing', 'kernel', 'ports', 'memory', 'front', 'rules'],
  front: ['front', 'kernel', 'ports', 'slice', 'flows', 'views', 'memory', 'rules'],
  adapters: ['adapters', 'core', 'rules'],
}

/** Packages from outside that a room may use; adapters take what their optional peers allow. */
const mayUse: Record<string, string[]> = {
  rules: ['zod', 'ts-pattern', 'date-fns', '@date-fns/tz', 'rrule', '@noble/hashes'],
  'rules/cli': ['commander', 'yaml', 'node'],
  core: ['zod', 'ts-pattern', 'immer', '@noble/hashes', 'intl-messageformat', 'uuid'],
  'core/testing': ['vitest'],
}

const longest = 300
const reach: Record<string, number> = {}

const sources = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.(test|test-d|fixture|soak)\.ts$/.test(name))
    .map((name) => join(folder, name))

const roomOf = (path: string): string => {
  if (path.startsWith('@hospital-crm/rules') || path.startsWith('packages/rules/')) return 'rules'
  if (path.startsWith('@hospital-crm/core')) return 'core'
  if (path.startsWith('packages/adapters/')) return 'adapters'
  const [first = '', second] = path.replace('packages/core/src/', '').split('/')
  if (!second) return 'front'
  return first === 'slices' ? 'slice' : first
}

const ownRoom = (path: string) => path.split('/').slice(0, 5).join('/')

const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, spec = '']) => spec)

/** What a source file of the packages looks into that it may not; also run on planted files below. */
const strangersOf = (file: string, text: string): string[] =>
  importsOf(text).filter((spec) => {
    const inside = spec.startsWith('.') || spec.startsWith('@hospital-crm/')
    const room = roomOf(file)
    if (inside) {
      const path = spec.startsWith('.') ? normalize(join(file, '..', spec)) : spec
      const target = roomOf(path)
      if (room === 'slice' && target === 'slice') return ownRoom(path) !== ownRoom(file)
      if (!mayLookInto[room]?.includes(target)) return true
      return target === 'core' && /^@hospital-crm\/core\/(?!testing$)/.test(spec)
    }
    if (room === 'adapters') return false
    const bare = spec.startsWith('node:') ? 'node' : spec.replace(/^(@[^/]+\/[^/]+|[^/]+).*$/, '$1')
    const pack = room === 'rules' ? 'rules' : 'core'
    const inner = file.split('/')[3] ?? ''
    return ![...(mayUse[pack] ?? []), ...(mayUse[`${pack}/${inner}`] ?? [])].includes(bare)
  })

const files = ['rules', 'core', 'adapters'].flatMap((name) => sources(`packages/${name}/src`))

describe('the house', () => {
  it.each(files)('%s looks only into the rooms it may', (file) => {
    expect(strangersOf(file, readFileSync(file, 'utf8'))).toEqual([])
  })

  it.each(files)(`%s is at most ${longest} lines long`, (file) => {
    expect(readFileSync(file, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(
      reach[file] ?? longest,
    )
  })

  it.each(files)('%s exports by name and keeps no drawer', (file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/^export (\*|default)/m)
    expect(file).not.toMatch(/\/(utils|types|helpers|common)(\.ts|\/)/)
  })

  it('sees a planted fault in every room', () => {
    const planted: [file: string, spec: string][] = [
      ['packages/rules/src/calendar/day.ts', '@hospital-crm/core'],
      ['packages/rules/src/calendar/day.ts', 'node:fs'],
      ['packages/rules/src/calendar/day.ts', 'lodash'],
      ['packages/core/src/ports/store.ts', '../kernel/run.ts'],
      ['packages/core/src/kernel/run.ts', '../slices/patients/index.ts'],
      ['packages/core/src/kernel/run.ts', 'node:crypto'],
      ['packages/core/src/slices/patients/decide.ts', '../encounters/schema.ts'],
      ['packages/core/src/slices/patients/decide.ts', '../../memory/store.ts'],
      ['packages/core/src/flows/death.ts', '../memory/store.ts'],
      ['packages/core/src/memory/store.ts', '../kernel/run.ts'],
      ['packages/core/src/views/day-list.ts', '../memory/store.ts'],
      ['packages/adapters/src/store/pglite/index.ts', '@hospital-crm/core/kernel'],
    ]
    for (const [file, spec] of planted) {
      expect([file, strangersOf(file, `import { x } from '${spec}'`)]).toEqual([file, [spec]])
    }
  })
})
