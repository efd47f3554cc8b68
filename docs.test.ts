import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages, synced } from './scripts/docs-sync.ts'

describe('the documentation', () => {
  it.each(pages())('%s shows code as the examples have it', (page) => {
    expect(readFileSync(page, 'utf8')).toBe(synced(page))
  })

  it.each(pages())('%s links to what is there', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    const lost = links.flatMap(([, link = '']) =>
      existsSync(join(dirname(page), link)) ? [] : [link],
    )
    expect(lost).toEqual([])
  })

  it('has a README of at most 90 lines', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length - 1).toBeLessThanOrEqual(90)
  })
})
