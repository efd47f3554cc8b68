import { describe, expect, it } from 'vitest'
import { mobileNumber } from './number.ts'

describe('a number for text messages', () => {
  it.each([
    '15400000001',
    '154-0000-0001',
    ' 154 0000 0001 ',
    '１５４００００００００１'.slice(0, 11),
    '015400000001',
    '8615400000001',
    '+86 154 0000 0001',
    '008615400000001',
  ])('of a Chinese mobile is E.164, written as %s', (written) => {
    expect(mobileNumber(written, '86')).toMatch(/^\+861540000000\d$/)
  })

  it.each([
    '0516-83950000',
    '+8651683950000',
    '95566',
    '400-810-8888',
    '12345678901',
    '1540000000',
    '154000000012',
    '无',
    '',
    '15400000001\r\nBcc: x',
    '15400000001;15400000002',
  ])('is not %j', (written) => {
    expect(mobileNumber(written, '86')).toBeUndefined()
  })

  it('of another country is read there', () => {
    expect(mobileNumber('+1 (202) 555-0123', '86')).toBe('+12025550123')
    expect(mobileNumber('07700 900123', '44')).toBe('+447700900123')
    expect(mobileNumber('15400000001', '44')).toBe('+4415400000001')
    expect(mobileNumber('+8615400000001', '44')).toBe('+8615400000001')
  })
})
