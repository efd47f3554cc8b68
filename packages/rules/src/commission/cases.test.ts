import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCaseFile } from '../cases/run-case-file.ts'

const folder = join(import.meta.dirname, 'cases')
const outside = join(import.meta.dirname, '../../../../../shared/samples/commission.json')
const files = [
  ...readdirSync(folder).map((name) => join(folder, name)),
  ...(existsSync(outside) ? [outside] : []),
]
const results = files.map((file) => ({
  name: file.split('/').at(-1),
  cases: runCaseFile(JSON.parse(readFileSync(file, 'utf8'))),
}))

describe.each(results)('the cases of $name', ({ cases }) => {
  it.each(cases)('$id', ({ differences }) => {
    expect(differences).toEqual([])
  })

  it('have an id each', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })
})

it('has at least eighty cases of its own', () => {
  expect(results.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(80)
})
