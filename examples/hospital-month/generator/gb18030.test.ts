import { describe, expect, it } from 'vitest'
import { departments } from './departments.ts'
import { encodeGb18030 } from './gb18030.ts'

const decode = (bytes: Uint8Array) => new TextDecoder('gb18030', { fatal: true }).decode(bytes)

describe('a text in GB18030', () => {
  it('is read back by the platform, also where a second byte is a delimiter', () => {
    const text = `PID|1||王珅~玕^琟\\瑋\r${departments.map(({ name }) => name).join()}`
    expect(decode(encodeGb18030(text))).toBe(text)
    expect([...encodeGb18030('珅玕琟瑋')].filter((byte) => byte < 0x80)).toHaveLength(4)
  })

  it('holds no character that needs four bytes', () => {
    expect(() => encodeGb18030('𠮷')).toThrow(RangeError)
  })
})
