import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInstant, writeInstant } from './instant.ts'

describe('an instant', () => {
  it('is read with any offset as the Date it names', () => {
    const offsets = fc.constantFrom('Z', '+08:00', '-05:30', '+14:00', '-00:00', '+05:45')
    const dates = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, offsets, fc.nat(3), (date, offset, digits) => {
        const whole = date.toISOString().slice(0, 19)
        const fraction = digits === 0 ? '' : `.${'123'.slice(0, digits)}`
        const text = `${whole}${fraction}${offset}`
        expect(readInstant(text)).toBe(Date.parse(text))
        expect(readInstant(writeInstant(readInstant(text)))).toBe(readInstant(text))
      }),
    )
  })

  it('may leave out the seconds, and finer than milliseconds is cut off', () => {
    expect(readInstant('2026-03-02T10:15+08:00')).toBe(Date.parse('2026-03-02T02:15:00Z'))
    expect(readInstant('2026-03-02T10:15:00.1239Z')).toBe(Date.parse('2026-03-02T10:15:00.123Z'))
  })

  it.each(['2026-03-02T10:15:00', '2026-03-02', '2026-03-02T10:15:00+08', 'soon', ''])(
    'refuses %j, which names no instant',
    (text) => {
      expect(() => readInstant(text)).toThrow(
        expect.objectContaining({ code: 'instant.malformed', details: { instant: text } }),
      )
    },
  )
})
