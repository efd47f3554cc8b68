import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { voice } from './index.ts'
import { zhCn } from './zh-cn.ts'

describe('the catalogue', () => {
  const say = voice()

  it('has the same codes and the same values in both languages', () => {
    const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    expect(Object.keys(zhCn).sort()).toEqual(Object.keys(en).sort())
    for (const [code, text] of Object.entries(en)) {
      expect([code, values(zhCn[code as keyof typeof en])]).toEqual([code, values(text)])
    }
  })

  it('says values that are codes in the same language', () => {
    const params = { role: 'attending', result: 'no-answer' }
    expect(say('zh-CN', 'timeline.contact', params)).toBe('主治医生随访:无人接听')
    expect(say('en', 'timeline.contact', params)).toBe('Contact by attending doctor: no answer')
  })

  it('falls back from a region to its language, then to English, then to the code', () => {
    expect(say('zh-HK', 'state.open')).toBe('待随访')
    expect(say('en-GB', 'state.open')).toBe('open')
    expect(say('fr', 'state.open')).toBe('open')
    expect(say('zh-CN', 'no.such-code')).toBe('no.such-code')
  })

  it('lets a host speak its own words first', () => {
    const own = voice({ 'zh-CN': { 'role.call-centre': '96120', 'vendor.hello': '您好 {name}' } })
    expect(own('zh-CN', 'role.call-centre')).toBe('96120')
    expect(own('zh-CN', 'vendor.hello', { name: 'X' })).toBe('您好 X')
    expect(own('zh-CN', 'state.open')).toBe('待随访')
  })
})
