import { describe, expect, it } from 'vitest'
import { checkCharacter, identityNumber } from './identity-number.ts'

describe('an identity number', () => {
  it('ends in the check character of GB 11643', () => {
    for (const example of ['11010519491231002X', '440524188001010014']) {
      expect(checkCharacter(example.slice(0, 17))).toBe(example.at(-1))
    }
  })

  it('tells birthday and sex, and is of no place', () => {
    expect(identityNumber('1949-03-21', 'F', 7)).toMatch(/^99999919490321014[\dX]$/)
    expect(identityNumber('1949-03-21', 'M', 7)).toMatch(/^99999919490321015[\dX]$/)
  })
})
