import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardDelimiters } from './delimiters.ts'
import { encodeMessage, type Hl7Row } from './encode.ts'
import { parseMessage } from './message.ts'

describe('a message', () => {
  it('is written with its delimiters declared and its values escaped', () => {
    const rows: Hl7Row[] = [
      ['MSH', 'HIS', '', ['APP', '1.2']],
      ['PID', '', { repeat: [['P-1', '', '', ['HIS', '1.2'], 'MR'], 'P-2'] }, 'A&B|C', null],
    ]
    expect(encodeMessage(rows)).toBe(
      'MSH|^~\\&|HIS||APP^1.2\rPID||P-1^^^HIS&1.2^MR~P-2|A\\T\\B\\F\\C|""\r',
    )
  })

  it('is not written when it needs a delimiter it does not declare', () => {
    const bare = { ...standardDelimiters, repetition: '', escape: '', subcomponent: '' }
    expect(encodeMessage([['MSH'], ['PID', ['a', 'b']]], bare)).toBe('MSH|^\rPID|a^b\r')
    expect(() => encodeMessage([['MSH'], ['PID', { repeat: ['a', 'b'] }]], bare)).toThrow(
      RangeError,
    )
    expect(() => encodeMessage([['MSH'], ['PID', 'a^b']], bare)).toThrow(RangeError)
  })
})

const punctuation = [...'!#$%&()*+,-./:;<=>?@[\\]^_`{|}~§¶']
const delimiters = fc
  .shuffledSubarray(punctuation, { minLength: 5, maxLength: 5 })
  .map(([field = '', component = '', repetition = '', mark = '', subcomponent = '']) => ({
    field,
    component,
    repetition,
    escape: mark,
    subcomponent,
  }))

const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'|^~\\&$%XFSTREN.0ab"\r\n李'), maxLength: 12 }),
)
const component = fc.array(value, { minLength: 1, maxLength: 3 })
const repetition = fc.array(component, { minLength: 1, maxLength: 4 })
const field = fc.array(repetition, { minLength: 1, maxLength: 3 })
const segments = fc.array(fc.array(field, { maxLength: 5 }), { minLength: 1, maxLength: 4 })

describe('every message that can be written', () => {
  it('reads as what was written, whatever its delimiters and values', () => {
    fc.assert(
      fc.property(delimiters, segments, (by, all) => {
        const rows: Hl7Row[] = all.map((fields) => ['ZZ9', ...fields.map((repeat) => ({ repeat }))])
        const message = parseMessage(encodeMessage([['MSH', 'HIS'], ...rows], by))
        expect(message?.delimiters).toEqual(by)
        expect(message?.strays).toBe(0)
        const read = message
          ?.segments('ZZ9')
          .map((segment, place) =>
            (all[place] ?? []).map((repetitions, index) =>
              repetitions.map((components, which) =>
                components.map((parts, position) =>
                  parts.map(
                    (_, part) => segment.value(index + 1, position + 1, part + 1, which + 1) ?? '',
                  ),
                ),
              ),
            ),
          )
        expect(read).toEqual(all)
      }),
      { numRuns: 2000 },
    )
  }, 60_000)
})
