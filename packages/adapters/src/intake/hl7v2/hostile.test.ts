import { describe, expect, it } from 'vitest'
import { readHl7 } from './index.ts'
import { adt, shanghai, utf8 } from './samples.ts'

const charges = {
  currency: 'CNY',
  category: { always: 'any' },
  payer: { always: 'self-pay' },
} as const

describe('a message', () => {
  it.each([
    ['repetitions', { pid: { 5: '~'.repeat(500_000) } }],
    ['telephone numbers', { pid: { 13: '~1391234'.repeat(300_000) } }],
    ['addresses', { pid: { 11: '~^^x&y^'.repeat(300_000) } }],
    ['escapes', { pid: { 5: '\\X81\\'.repeat(400_000) } }],
    ['unfinished escapes', { pid: { 5: '\\a'.repeat(600_000) } }],
    ['doctors', { pv1: { 7: '~^'.repeat(300_000) } }],
    ['diagnoses', { more: Array.from({ length: 100_000 }, () => 'DG1|||^a') }],
    ['charges', { msh: { 9: 'DFT^P03' }, more: Array.from({ length: 100_000 }, () => 'FT1||1') }],
    [
      'digits in an amount',
      { msh: { 9: 'DFT^P03' }, more: [`FT1||1||1||CG|${'|'.repeat(4)}${'1'.repeat(2_000_000)}`] },
    ],
    ['lines that are none', { more: Array.from({ length: 30_000 }, () => 'x') }],
    ['digits in a time', { pv1: { 44: '1'.repeat(2_000_000) } }],
  ])('does not take long for a hostile number of %s', (_, sample) => {
    const bytes = utf8(adt('A03', sample))
    const began = performance.now()
    for (const _outcome of readHl7(bytes, { ...shanghai, charges }));
    // Reading is linear, some hundred milliseconds here; anything quadratic takes minutes.
    expect(performance.now() - began).toBeLessThan(4000)
  })
})
