import { describe, expect, it } from 'vitest'
import { saysStop } from './stop-words.ts'

describe('an answer', () => {
  it.each([
    '退订',
    '“退订”',
    ' TD ',
    'td。',
    'ＴＤ',
    'T',
    't',
    'Stop',
    'STOP.',
    '回复TD退订',
    '拒收!',
  ])('%j withdraws consent', (text) => {
    expect(saysStop(text)).toBe(true)
  })

  it.each(['', '好的', '1', 'N', 'Y', 'TDD', 'don’t stop now', '谢谢医生', 'tomorrow', 'T1'])(
    '%j does not',
    (text) => {
      expect(saysStop(text)).toBe(false)
    },
  )

  it('may withdraw it by a word of the host’s own', () => {
    expect(saysStop('n', ['N'])).toBe(true)
  })
})
