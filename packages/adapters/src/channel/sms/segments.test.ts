import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from './segments.ts'

const count = (text: string) => {
  const { encoding, units, segments } = segmentsOf(text)
  return [encoding, units, segments]
}

describe('a text message', () => {
  it.each([
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    ['Grüße à l’été'.replace('’', "'"), 'gsm-7', 13, 1],
    ['随'.repeat(70), 'ucs-2', 70, 1],
    ['随'.repeat(71), 'ucs-2', 71, 2],
    ['随'.repeat(134), 'ucs-2', 134, 2],
    ['随'.repeat(135), 'ucs-2', 135, 3],
    [`${'a'.repeat(70)}’`, 'ucs-2', 71, 2],
    ['', 'gsm-7', 0, 1],
  ])('%s… is counted as the networks count it', (text, ...expected) => {
    expect(count(text)).toEqual(expected)
  })

  it('divides neither an escaped character nor one of two code units', () => {
    // 152 + 2 septets do not fit into 153, and 66 + 2 code units not into 67: a septet and a unit stay empty.
    expect(count(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual(['gsm-7', 305, 2])
    expect(count(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual(['gsm-7', 306, 3])
    expect(count(`${'随'.repeat(66)}🙂${'随'.repeat(65)}`)).toEqual(['ucs-2', 133, 2])
    expect(count(`${'随'.repeat(66)}🙂${'随'.repeat(66)}`)).toEqual(['ucs-2', 134, 3])
  })

  it('takes between the rounded-up share and what one lost unit a segment makes of it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '€', '随', '🙂', '\n'), maxLength: 600 })
    fc.assert(
      fc.property(text, (any) => {
        const { encoding, units, segments } = segmentsOf(any)
        const [alone, each] = encoding === 'gsm-7' ? [160, 153] : [70, 67]
        if (units <= alone) return segments === 1
        return segments >= Math.ceil(units / each) && segments <= Math.ceil(units / (each - 1))
      }),
    )
  })
})
