import { describe, expect, it } from 'vitest'
import { Hl7Profile, readHl7, readHl7Stream } from './index.ts'
import { adt, eventOf, gb18030, personOf, said, shanghai, utf8 } from './samples.ts'

describe('a profile', () => {
  it.each([
    [{ zone: 'Asia/Xuzhou' }],
    [{ zone: 'Asia/Shanghai', charset: 'EBCDIC' }],
    [{ zone: 'Asia/Shanghai', dialect: 'us' }],
    [{ zone: 'Asia/Shanghai', maxMessageBytes: 0 }],
    [{ zone: 'Asia/Shanghai', timezone: 'UTC' }],
    [{}],
  ])('that is wrong is refused before anything is read: %j', (profile) => {
    expect(() => readHl7(utf8(''), profile as Hl7Profile)).toThrow()
    expect(() => readHl7Stream([], profile as Hl7Profile)).toThrow()
    expect(Hl7Profile.safeParse(profile).success).toBe(false)
  })

  it('gives times without offset their zone', () => {
    const times = ['Asia/Shanghai', 'Europe/Berlin', 'UTC'].map(
      (zone) => eventOf(adt('A03', { pv1: { 45: '20260701120000' } }), { zone }).occurredAt,
    )
    expect(times).toEqual(
      ['2026-07-01T04', '2026-07-01T10', '2026-07-01T12'].map((hour) => `${hour}:00:00.000Z`),
    )
  })

  it('settles a charset by its HL7 name, also UTF-16', () => {
    const text = adt('A31', { pid: { 5: '联通' } })
    const settled = (charset: string) => ({ ...shanghai, charset })
    expect(personOf(eventOf(gb18030(text), settled('GB 18030-2000'))).name).toBe('联通')
    const wide = Uint8Array.from(
      [...text].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]),
    )
    expect(eventOf(wide, settled('UNICODE UTF-16'))).toEqual(eventOf(text))
    expect(eventOf(wide)).toEqual(eventOf(text))
    expect(personOf(eventOf(text, settled('ASCII'))).name).toBe('联通')
    const notWide = Uint8Array.of(0xff, 0xfe, 0x0d, ...utf8(adt('A31')))
    expect(said(notWide, settled('8859/1'))).toEqual(['hl7.no-message', 'event person-updated'])
  })
})
